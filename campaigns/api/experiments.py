"""Experiments: list, create, register, read, let a result update what plans assume."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.api import experiment_examples as examples
from campaigns.api.experiment_serializers import (
    ExperimentSerializer,
    ExperimentSummarySerializer,
    NewExperimentSerializer,
    RegisterSerializer,
    ResultsSerializer,
)
from campaigns.measurement.panel import MeasurementRefused
from campaigns.models import Experiment
from campaigns.selectors.experiments import experiment_or_404, listed_experiments
from campaigns.services.experiment_beliefs import apply_readout, undo_apply
from campaigns.services.experiment_designing import request_designs
from campaigns.services.experiment_reading import request_readout
from campaigns.services.experiments import ExperimentRefused, NewExperiment, draft_experiment, register_experiment
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action


def refused(refusal: MeasurementRefused | ExperimentRefused) -> Problem:
    """400 for figures and files, 409 for a state, each with where."""
    status = 409 if isinstance(refusal, ExperimentRefused) else 400
    fix = getattr(refusal, "fix", "")
    return Problem(status=status, title=refusal.title, detail=refusal.detail, where=refusal.where, fix=fix)


class ExperimentsView(IdempotentPosts, ListAPIView[Experiment]):
    """All experiments, newest first; POST drafts one and makes its designs."""

    required_actions = {"GET": Action.READ_PLANS, "POST": Action.WRITE_PLANS}
    serializer_class = ExperimentSummarySerializer
    queryset = Experiment.objects.none()

    def get_queryset(self) -> Any:
        return listed_experiments()

    @extend_schema(operation_id="experiments_list", examples=[examples.LIST])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="experiments_create",
        request=NewExperimentSerializer,
        responses={201: ExperimentSerializer},
        examples=[examples.NEW, examples.EXPERIMENT],
    )
    def post(self, request: Request) -> Response:
        """Draft and design. A geo test's designs come from the `operation`; others are in the answer."""
        asked = NewExperimentSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        fields = dict(asked.validated_data)
        wish, text = dict(fields.pop("wish")), fields.pop("history_csv")
        history = ContentFile(text.encode(), name="history.csv") if text else None
        by = tenant_request(request).user
        try:
            with transaction.atomic():
                new = NewExperiment(**fields | {"retailers": tuple(fields["retailers"])})
                experiment = draft_experiment(new=new, by=by, history=history)
                request_designs(experiment=experiment, wish=wish, by=by)
        except (MeasurementRefused, ExperimentRefused) as refusal:
            raise refused(refusal) from refusal
        found = ExperimentSerializer(experiment_or_404(pk=experiment.pk)).data
        return Response(found, 201, headers={"Location": reverse("campaigns-api:experiment", args=[experiment.pk])})


class ExperimentView(APIView):
    """One experiment."""

    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(
        operation_id="experiments_read_one", responses={200: ExperimentSerializer}, examples=[examples.EXPERIMENT]
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What was asked, its designs, what was frozen, what was found."""
        return Response(ExperimentSerializer(experiment_or_404(pk=pk)).data)


class ExperimentActView(IdempotentPosts, APIView):
    """Shape of what is done to an experiment: a refusal, or the experiment back."""

    required_actions = {"POST": Action.WRITE_PLANS}

    def act(self, pk: UUID, perform: Callable[[Experiment], object], *, status: int = 200) -> Response:
        try:
            perform(experiment_or_404(pk=pk))
        except (MeasurementRefused, ExperimentRefused) as refusal:
            raise refused(refusal) from refusal
        return Response(ExperimentSerializer(experiment_or_404(pk=pk)).data, status)


class RegisterView(ExperimentActView):
    @extend_schema(
        operation_id="experiments_register",
        request=RegisterSerializer,
        responses={200: ExperimentSerializer},
        examples=[examples.REGISTER, examples.EXPERIMENT],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Freeze one of the designs with its start day; nothing of it can change afterwards."""
        experiment_or_404(pk=pk)
        asked = RegisterSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        by, now = tenant_request(request).user, timezone.now()
        return self.act(pk, lambda one: register_experiment(experiment=one, by=by, now=now, **asked.validated_data))


class ReadView(ExperimentActView):
    @extend_schema(
        operation_id="experiments_read",
        request=ResultsSerializer,
        responses={202: ExperimentSerializer},
        examples=[examples.RESULTS, examples.EXPERIMENT],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Read results by the registered method; follow the `operation`, then read the experiment again."""
        experiment_or_404(pk=pk)
        asked = ResultsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        file = ContentFile(asked.validated_data["results_csv"].encode(), name="results.csv")
        cost, by = asked.validated_data["cost"], tenant_request(request).user
        return self.act(pk, lambda one: request_readout(experiment=one, results=file, cost=cost, by=by), status=202)


class ApplyView(ExperimentActView):
    @extend_schema(
        operation_id="experiments_apply",
        request=None,
        responses={200: ExperimentSerializer},
        examples=[examples.EXPERIMENT],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Weigh the result with the retailer's assumption by precision; plans from now on use it."""
        return self.act(pk, lambda one: apply_readout(experiment=one, by=tenant_request(request).user))


class UndoApplyView(ExperimentActView):
    @extend_schema(
        operation_id="experiments_undo_apply",
        request=None,
        responses={200: ExperimentSerializer},
        examples=[examples.EXPERIMENT],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Put the assumption back as it was before this result."""
        return self.act(pk, lambda one: undo_apply(experiment=one, by=tenant_request(request).user))
