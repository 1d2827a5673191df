"""Data sets by API."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action
from training.api import examples
from training.api.serializers import NewTrainingDatasetSerializer, TrainingDatasetSerializer
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.specification import Recipe
from training.models import TrainingDataset
from training.selectors.runs import dataset_or_404
from training.services.datasets import collect_dataset, upload_dataset


def refused(refusal: TrainingRefused) -> Problem:
    return Problem(status=400, **refusal.problem)


class DatasetsView(IdempotentPosts, ListAPIView[TrainingDataset]):
    """All data sets, newest first; POST makes one."""

    required_actions = {"GET": Action.READ_MODELS, "POST": Action.TRAIN_MODELS}
    serializer_class = TrainingDatasetSerializer
    queryset = TrainingDataset.objects.none()

    def get_queryset(self) -> Any:
        return TrainingDataset.objects.all()

    @extend_schema(operation_id="training_datasets_list", examples=[examples.DATASET])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="training_datasets_create",
        request=NewTrainingDatasetSerializer,
        responses={201: TrainingDatasetSerializer},
        examples=[examples.NEW_DATASET, examples.DATASET],
    )
    def post(self, request: Request) -> Response:
        """Check, split and keep rows; `findings` names what was left out. The same rows again are the same version."""
        asked = NewTrainingDatasetSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            dataset = _made(dict(asked.validated_data), by=tenant_request(request).user)
        except TrainingRefused as refusal:
            raise refused(refusal) from refusal
        location = reverse("training-api:dataset", args=[dataset.pk])
        return Response(TrainingDatasetSerializer(dataset).data, 201, headers={"Location": location})


class DatasetView(APIView):
    """One data set."""

    required_actions = {"GET": Action.READ_MODELS}

    @extend_schema(
        operation_id="training_datasets_read", responses={200: TrainingDatasetSerializer}, examples=[examples.DATASET]
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Its counts, fingerprint, and the rows that were left out."""
        return Response(TrainingDatasetSerializer(dataset_or_404(pk=pk)).data)


def _made(asked: dict[str, Any], *, by: Any) -> TrainingDataset:
    recipe = Recipe(asked["recipe"])
    if asked["origin"] != TrainingDataset.Origin.UPLOADED:
        return collect_dataset(name=asked["name"], recipe=recipe, origin=asked["origin"], by=by)
    held_out = asked["held_out_jsonl"].encode() if asked["held_out_jsonl"] else None
    return upload_dataset(
        name=asked["name"],
        recipe=recipe,
        content=asked["rows_jsonl"].encode(),
        held_out=held_out,
        is_simulated=asked["is_simulated"],
        by=by,
    )
