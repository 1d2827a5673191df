"""Experiments in three states, made through the product's services: with designs, registered as a switchback, read."""

from django.utils import timezone

from campaigns.models import Experiment
from campaigns.services.experiment_designing import request_designs
from campaigns.services.experiment_reading import request_readout
from campaigns.services.experiments import draft_experiment, register_experiment
from campaigns.tests.experiments import (
    DAYS,
    GEO_WISH,
    START,
    SWITCHBACK_WISH,
    TEST,
    csv_file,
    new_experiment,
    sales_csv,
)
from tenants.models import User
from tenants.services.operation_runs import run_operation


def seed_experiments(*, by: User) -> dict[str, str]:
    """Ids by the names that addresses of pages use."""
    switchback = draft_experiment(new=new_experiment("switchback", name="On and off in weeks"), by=by)
    request_designs(experiment=switchback, wish=SWITCHBACK_WISH, by=by)
    _register(switchback, by=by)
    read = _register(_designed("Search in the north", by=by), by=by)
    content = sales_csv(days=DAYS + TEST, treated=tuple(read.frozen["treated"]), lift=0.12)
    operation = request_readout(experiment=read, results=csv_file(content, "results.csv"), cost="cost", by=by)
    run_operation(operation_id=str(operation.pk))
    return {
        "experiment_draft": str(_designed("Does search bring new sales?", by=by).pk),
        "experiment_registered": str(switchback.pk),
        "experiment_read": str(read.pk),
    }


def _designed(name: str, *, by: User) -> Experiment:
    draft = draft_experiment(new=new_experiment(name=name), by=by, history=csv_file(sales_csv()))
    operation = request_designs(experiment=draft, wish=GEO_WISH, by=by)
    assert operation is not None
    run_operation(operation_id=str(operation.pk))
    return draft


def _register(experiment: Experiment, *, by: User) -> Experiment:
    return register_experiment(experiment=experiment, candidate=0, start_on=START, by=by, now=timezone.now())
