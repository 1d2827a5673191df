"""Make designs for a draft: geo tests as an operation with pseudo-tests, schedules and sizes at once."""

import math
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import transaction

from campaigns.measurement.design.candidates import Candidate, propose_candidates
from campaigns.measurement.design.markets import History, Wish
from campaigns.measurement.design.power import holdout_size
from campaigns.measurement.design.pseudo_tests import Rehearsal
from campaigns.measurement.design.switchback import design_switchback
from campaigns.measurement.panel import MeasurementRefused
from campaigns.models import Experiment
from campaigns.services.experiment_files import ExperimentColumns, daily_span, read_history
from campaigns.services.experiment_pacing import pacing_candidates
from campaigns.services.experiment_uploads import kept_path, without_our_name
from campaigns.services.experiments import ExperimentRefused, lock_experiment
from tenants.models import Operation, User
from tenants.services.audit import record_event
from tenants.services.operation_runs import Effect, OperationProblem, OperationRun, Outcome
from tenants.services.operations import start_operation

SETS, SHOWN, WINDOWS = 1000, 3, 20
SHARES = (0.05, 0.1, 0.2, 0.3, 0.5)
NEEDED = {
    Experiment.Design.GEO: ("unit", "time", "outcome", "sizes", "periods", "method", "alpha", "power"),
    Experiment.Design.SWITCHBACK: ("unit", "time", "outcome", "periods", "block", "washout", "alpha", "power"),
    Experiment.Design.PACING: ("unit", "time", "outcome", "periods", "daily_budget", "swing", "alpha", "power"),
    Experiment.Design.HOLDOUT: ("periods", "base_rate", "lift", "holdout_share", "alpha", "power"),
}


@transaction.atomic
def request_designs(*, experiment: Experiment, wish: dict[str, Any], by: User | None) -> Operation | None:
    """Make designs for this wish; a geo test's come from an operation, which is returned.

    Raises ExperimentRefused where it is no draft or the wish lacks something, MeasurementRefused where no schedule or
    size exists. The draft keeps its wish either way.
    """
    locked = lock_experiment(experiment=experiment)
    if locked.is_working and locked.operation is not None:
        return locked.operation
    if locked.state != Experiment.State.DRAFT:
        raise ExperimentRefused("The design is frozen", "A registered design cannot change.", where="state")
    missing = [name for name in NEEDED[Experiment.Design(locked.design)] if wish.get(name) in (None, "", [])]
    if missing:
        raise ExperimentRefused("The wish is incomplete", f"Missing: {', '.join(missing)}.", where=missing[0])
    locked.wish = {"header": locked.wish.get("header", []), "seed": 0} | wish
    locked.candidates = []
    if locked.design == Experiment.Design.GEO:
        locked.operation = start_operation(
            kind="design_experiment",
            title=f"Design “{locked.name}”",
            by=by,
            parameters={"experiment_id": str(locked.pk)},
        )
    else:
        _design_at_once(locked, wish=wish)
    locked.save()
    record_event(kind="experiment.designed", about=locked, by=by, after={"wish": locked.wish})
    return locked.operation


def _design_at_once(experiment: Experiment, *, wish: dict[str, Any]) -> None:
    """Schedules and sizes that need no worker, put into the draft."""
    if experiment.design == Experiment.Design.PACING:
        experiment.candidates, days = pacing_candidates(experiment=experiment, wish=wish)
        experiment.wish |= {"history_start": days[0], "history_end": days[1]}
    elif experiment.design == Experiment.Design.SWITCHBACK:
        experiment.candidates = switchback_candidates(wish=wish)
    else:
        experiment.candidates = holdout_candidates(wish=wish)


def perform_design(run: OperationRun) -> Effect:
    """The worker's half for a geo test: read the history, screen, try on past dates."""
    experiment = Experiment.objects.get(pk=run.operation.parameters["experiment_id"])
    try:
        found, days = _work_out(experiment, progress=run.progress)
    except MeasurementRefused as refusal:
        raise _as_problem(refusal, fix="Change the wish or the file, and design again.") from refusal

    def effect() -> Outcome:
        locked = lock_experiment(experiment=experiment)
        if locked.state != Experiment.State.DRAFT:
            raise OperationProblem(title="The design is frozen", detail="It was registered or stopped meanwhile.")
        locked.candidates, locked.wish = found, locked.wish | {"history_start": days[0], "history_end": days[1]}
        locked.save()
        record_event(
            kind="experiment.candidates_found", about=locked, by=run.operation.created_by, after={"count": len(found)}
        )
        return Outcome(result={"experiment_id": str(locked.pk), "candidates": len(found)}, result_url=address(locked))

    return effect


def design_now(*, experiment: Experiment) -> Experiment:
    """Make a geo test's designs at once, without a worker; what a script waits for. Raises MeasurementRefused."""
    found, days = _work_out(experiment, progress=_nobody_watches)
    with transaction.atomic():
        locked = lock_experiment(experiment=experiment)
        locked.candidates, locked.wish = found, locked.wish | {"history_start": days[0], "history_end": days[1]}
        locked.save()
    return locked


def address(experiment: Experiment) -> str:
    """Where the portal shows it."""
    return f"/experiments/{experiment.pk}/"


def switchback_candidates(*, wish: dict[str, Any]) -> list[dict[str, Any]]:
    """One schedule, whole pairs of blocks only."""
    schedule = design_switchback(
        periods=wish["periods"],
        block=wish["block"],
        washout=wish["washout"],
        rng=np.random.default_rng(wish.get("seed", 0)),
    )
    return [
        {
            "design": "switchback",
            "periods": len(schedule.is_on),
            "block": wish["block"],
            "washout": wish["washout"],
            "schedule": ["on" if on else "off" for on in schedule.is_on.tolist()],
            "columns": _columns(wish),
            "alpha": wish["alpha"],
            "power": wish["power"],
        }
    ]


def holdout_candidates(*, wish: dict[str, Any]) -> list[dict[str, Any]]:
    """Sizes at the share asked for, then at other shares."""
    asked = wish["holdout_share"]
    return [_holdout(wish, share=share) for share in (asked, *(share for share in SHARES if abs(share - asked) > 1e-9))]


def _holdout(wish: dict[str, Any], *, share: float) -> dict[str, Any]:
    exposed, held_out = holdout_size(
        base_rate=wish["base_rate"], lift=wish["lift"], holdout_share=share, power=wish["power"], alpha=wish["alpha"]
    )
    kept = {name: wish[name] for name in ("base_rate", "alpha", "power", "periods")}
    return kept | {
        "design": "holdout",
        "detectable_lift": wish["lift"],
        "holdout_share": share,
        "exposed": exposed,
        "held_out": held_out,
    }


def _work_out(
    experiment: Experiment, *, progress: Callable[[float, str], None]
) -> tuple[list[dict[str, Any]], tuple[str, str]]:
    wish, path = experiment.wish, kept_path(stored=experiment.history_path)
    columns = ExperimentColumns(unit=wish["unit"], time=wish["time"], outcome=wish["outcome"])
    progress(2, "Reading the history")
    try:
        first, last = daily_span(path=path, columns=columns)
        history = read_history(path=path, columns=columns)
        found = propose_candidates(
            history=history,
            wish=_asked(wish),
            rehearsal=_rehearsal(wish),
            sets=SETS,
            shown=SHOWN,
            rng=np.random.default_rng(wish.get("seed", 0)),
            progress=progress,
        )
    except MeasurementRefused as refusal:
        raise without_our_name(
            refusal=refusal, stored=experiment.history_path, name=experiment.history_name
        ) from refusal
    days = first.isoformat(), last.isoformat()
    return [_geo(one, history=history, wish=wish, days=days) for one in found], days


def _asked(wish: dict[str, Any]) -> Wish:
    return Wish(
        sizes=tuple(wish["sizes"]),
        periods=wish["periods"],
        alpha=wish["alpha"],
        power=wish["power"],
        expected_iroas=wish.get("expected_iroas"),
    )


def _rehearsal(wish: dict[str, Any]) -> Rehearsal:
    return Rehearsal(
        periods=wish["periods"],
        method=wish["method"],
        lifts=tuple(wish.get("lifts") or ()),
        alpha=wish["alpha"],
        power=wish["power"],
        windows=WINDOWS,
    )


def _geo(one: Candidate, *, history: History, wish: dict[str, Any], days: tuple[str, str]) -> dict[str, Any]:
    is_split = one.chosen_on < history.outcome.shape[1]
    read_from = (date.fromisoformat(days[0]) + timedelta(days=one.chosen_on)).isoformat() if is_split else None
    treated = [history.units[place] for place in one.screened.units]
    return {
        "design": "geo",
        "method": wish["method"],
        "treated": treated,
        "controls": [unit for unit in history.units if unit not in set(treated)],
        "periods": wish["periods"],
        "alpha": wish["alpha"],
        "power": wish["power"],
        "columns": _columns(wish),
        "read_from": read_from,
        "detectable_lift": one.screened.detectable,
        "fit": one.screened.fit,
        "treated_share": one.screened.share,
        "investment": one.screened.investment,
        "pseudo_tests": _tried(one),
    }


def _tried(one: Candidate) -> dict[str, Any]:
    """Pseudo-tests as JSON; a mean that does not exist is null."""
    found = asdict(one.tried)
    curve = [
        point | {"mean_estimate": point["mean_estimate"] if math.isfinite(point["mean_estimate"]) else None}
        for point in found["curve"]
    ]
    return found | {"curve": curve}


def _columns(wish: dict[str, Any]) -> dict[str, str]:
    return {name: wish[name] for name in ("unit", "time", "outcome", "cost") if wish.get(name)}


def _as_problem(refusal: MeasurementRefused, *, fix: str) -> OperationProblem:
    return OperationProblem(title=refusal.title, detail=refusal.detail, where=refusal.where, fix=fix)


def _nobody_watches(percent: float, step: str) -> None:
    """Progress of a run that nobody follows."""
