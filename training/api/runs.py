"""Training runs by API; stop and retry a run by its operation."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.selectors.adapters import find_adapter
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action
from training.api import examples
from training.api.datasets import refused
from training.api.serializers import NewTrainingRunSerializer, TrainingRunSerializer
from training.fine_tuning.refusal import TrainingRefused
from training.models import TrainingRun
from training.selectors.runs import dataset_or_404, listed_runs, run_or_404
from training.services.runs import start_run


class RunsView(IdempotentPosts, ListAPIView[TrainingRun]):
    """All runs, newest first; POST starts one."""

    required_actions = {"GET": Action.READ_MODELS, "POST": Action.TRAIN_MODELS}
    serializer_class = TrainingRunSerializer
    queryset = TrainingRun.objects.none()

    def get_queryset(self) -> Any:
        return listed_runs()

    @extend_schema(operation_id="training_runs_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="training_runs_create",
        request=NewTrainingRunSerializer,
        responses={202: TrainingRunSerializer},
        examples=[examples.NEW_RUN],
    )
    def post(self, request: Request) -> Response:
        """Queue a run; follow its `operation`. Cancelling that stops it with a checkpoint, retrying resumes it."""
        asked = NewTrainingRunSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        dataset = dataset_or_404(pk=given.pop("dataset"))
        chosen = given.pop("start_from")
        start_from = find_adapter(adapter_id=chosen) if chosen else None
        if chosen and start_from is None:
            raise Problem(status=404, title="There is no such adapter", detail="start_from names none of yours.")
        try:
            run = start_run(**given, dataset=dataset, start_from=start_from, by=tenant_request(request).user)
        except TrainingRefused as refusal:
            raise refused(refusal) from refusal
        shown = TrainingRunSerializer(run).data
        location = shown["operation"] or reverse("training-api:run", args=[run.pk])
        return Response(shown, 202, headers={"Location": location, "Retry-After": "2"})


class RunView(APIView):
    """One run."""

    required_actions = {"GET": Action.READ_MODELS}

    @extend_schema(operation_id="training_runs_read", responses={200: TrainingRunSerializer})
    def get(self, request: Request, pk: UUID) -> Response:
        """Its settings, loss curve, scores before and after, and the adapter it made."""
        return Response(TrainingRunSerializer(run_or_404(pk=pk)).data)
