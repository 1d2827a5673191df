"""The audit log in the API, to read."""

from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView

from tenants.api.pagination import NewestFirstCursorPagination
from tenants.api.schema import REFUSALS
from tenants.api.serializers import AuditEventSerializer
from tenants.forms.audit import AuditEventFilter
from tenants.models import AuditEvent
from tenants.permissions import Action


class NewestEventsPagination(NewestFirstCursorPagination):
    """Events in the order of their chain."""

    ordering = "-sequence"


@extend_schema(tags=["audit"], responses={200: AuditEventSerializer, **REFUSALS})
class AuditEventListView(ListAPIView[AuditEvent]):
    """Events of this workspace, newest first."""

    required_actions = {"GET": Action.READ_AUDIT}
    serializer_class = AuditEventSerializer
    queryset = AuditEvent.objects.all()
    pagination_class = NewestEventsPagination
    filterset_class = AuditEventFilter
