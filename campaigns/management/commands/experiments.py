"""A tenant's experiments: ``manage.py experiments --tenant acme list|show|register|read --json``."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from campaigns.api.experiment_serializers import ExperimentSerializer, ExperimentSummarySerializer
from campaigns.measurement.panel import MeasurementRefused
from campaigns.models import Experiment
from campaigns.selectors.experiments import listed_experiments
from campaigns.services.experiment_reading import request_readout
from campaigns.services.experiments import ExperimentRefused, register_experiment
from tenants.command import ServiceCommand
from tenants.models import Tenant, User
from tenants.services.operation_runs import run_operation


class Command(ServiceCommand):
    help = "List and show experiments, register a design, read results with the registered method."
    refusals = (MeasurementRefused, ExperimentRefused, Tenant.DoesNotExist, User.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("act", choices=["list", "show", "register", "read"])
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--experiment", default="", help="id; for all but list")
        parser.add_argument("--candidate", type=int, default=0, help="register: which design, from 0")
        parser.add_argument("--start", type=date.fromisoformat, help="register: first day of the test, ISO")
        parser.add_argument("--results", type=Path, help="read: CSV file")
        parser.add_argument("--cost", default="", help="read: column of the cost")
        parser.add_argument("--user", default="", help="e-mail address of whoever does it; empty: the system")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.live().get(slug=options["tenant"])
        by = User.objects.get(email=options["user"].lower()) if options["user"] else None
        with tenant_context(tenant):
            if options["act"] == "list":
                return {"experiments": ExperimentSummarySerializer(listed_experiments(), many=True).data}
            experiment = _found(options["experiment"])
            if options["act"] == "register":
                _register(experiment, options, by=by)
            if options["act"] == "read":
                _read(experiment, options, by=by)
            return dict(ExperimentSerializer(_found(options["experiment"])).data)


def _found(identifier: str) -> Experiment:
    experiment = next((one for one in listed_experiments() if str(one.pk) == identifier), None)
    if experiment is None:
        raise ExperimentRefused("There is no such experiment", f"No experiment has the id “{identifier}”.", where="id")
    return experiment


def _register(experiment: Experiment, options: dict[str, Any], *, by: User | None) -> None:
    if options["start"] is None:
        raise ExperimentRefused("There is no start", "Give --start with the first day of the test.", where="--start")
    register_experiment(
        experiment=experiment, candidate=options["candidate"], start_on=options["start"], by=by, now=timezone.now()
    )


def _read(experiment: Experiment, options: dict[str, Any], *, by: User | None) -> None:
    """Through the same operation as the portal's, performed at once."""
    path: Path | None = options["results"]
    if path is None or not path.is_file():
        raise MeasurementRefused("There are no results", "Give --results with a CSV file.", str(path or "--results"))
    with path.open("rb") as file, transaction.atomic():
        results = File(file, name=path.name)
        operation = request_readout(experiment=experiment, results=results, cost=options["cost"], by=by)
    run_operation(operation_id=str(operation.pk))
    operation.refresh_from_db()
    if operation.problem:
        problem = operation.problem
        raise MeasurementRefused(problem["title"], f"{problem['detail']} {problem['fix']}", problem["where"])
