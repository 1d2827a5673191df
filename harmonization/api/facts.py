"""Daily facts in the API: cursor pages, newest first."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from harmonization.api import examples
from harmonization.api.serializers import FactSerializer
from harmonization.forms.filters import FactFilter
from harmonization.models import DailyFact
from tenants.permissions import Action


class FactsView(ListAPIView):
    """Daily facts that count today; ``superseded=true`` adds those a later file restated."""

    required_actions = {"GET": Action.READ_DATA}
    serializer_class = FactSerializer
    filterset_class = FactFilter

    def get_queryset(self) -> QuerySet[DailyFact]:
        return DailyFact.objects.all()

    @extend_schema(operation_id="facts_list", examples=[examples.FACT_EXAMPLE])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)
