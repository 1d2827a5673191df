"""Operations in the API: list, one, cancel, retry."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.api.schema import IDEMPOTENCY_KEY, REFUSALS
from tenants.api.serializers import OperationSerializer
from tenants.models import Operation
from tenants.permissions import Action
from tenants.services.operations import OperationRefused, cancel_operation, retry_operation

RETRY_AFTER = OpenApiParameter("Retry-After", OpenApiTypes.INT, OpenApiParameter.HEADER, response=[200, 202])


@extend_schema(tags=["operations"], responses={200: OperationSerializer, **REFUSALS})
class OperationListView(ListAPIView[Operation]):
    """Long work, newest first."""

    required_actions = {"GET": Action.READ_OPERATIONS}
    serializer_class = OperationSerializer
    queryset = Operation.objects.all()
    filterset_fields = ("state", "kind")


@extend_schema(tags=["operations"], parameters=[RETRY_AFTER], responses={200: OperationSerializer, **REFUSALS})
class OperationDetailView(RetrieveAPIView[Operation]):
    """One operation; while unfinished, ``Retry-After`` says when to ask again."""

    required_actions = {"GET": Action.READ_OPERATIONS}
    serializer_class = OperationSerializer
    queryset = Operation.objects.all()
    lookup_url_kwarg = "operation_id"

    def retrieve(self, request: Request, operation_id: UUID) -> Response:
        return operation_response(operation=self.get_object(), status=200)


class OperationCancelView(IdempotentPosts):
    """Cancel what waits at once; ask what runs to stop at its next step."""

    required_actions = {"POST": Action.WRITE_OPERATIONS}

    @extend_schema(
        operation_id="operations_cancel",
        tags=["operations"],
        request=None,
        parameters=[IDEMPOTENCY_KEY],
        responses={200: OperationSerializer, **REFUSALS},
    )
    def post(self, request: Request, operation_id: UUID) -> Response:
        operation = get_object_or_404(Operation, pk=operation_id)
        try:
            cancelled = cancel_operation(operation=operation, by=tenant_request(request).user)
        except OperationRefused as refusal:
            raise Problem(status=409, title="It cannot be cancelled", detail=str(refusal)) from refusal
        return operation_response(operation=cancelled, status=200)


class OperationRetryView(IdempotentPosts):
    """Queue a failed or cancelled operation again under the same id."""

    required_actions = {"POST": Action.WRITE_OPERATIONS}

    @extend_schema(
        operation_id="operations_retry",
        tags=["operations"],
        request=None,
        parameters=[IDEMPOTENCY_KEY],
        responses={202: OperationSerializer, **REFUSALS},
    )
    def post(self, request: Request, operation_id: UUID) -> Response:
        operation = get_object_or_404(Operation, pk=operation_id)
        try:
            queued = retry_operation(operation=operation, by=tenant_request(request).user)
        except OperationRefused as refusal:
            raise Problem(status=409, title="It cannot be tried again", detail=str(refusal)) from refusal
        return operation_response(operation=queued, status=202)


def operation_response(*, operation: Operation, status: int) -> Response:
    """An operation with where to find it and, while it goes on, when to ask again (seconds)."""
    headers = {"Location": f"/api/v1/operations/{operation.pk}/"} if status == 202 else {}
    if not operation.is_finished:
        headers["Retry-After"] = "1"
    return Response(OperationSerializer(operation).data, status=status, headers=headers)
