"""Draft, register, start and stop experiments; every act is audited, and what was registered never changes."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from campaigns.measurement.design.registration import register
from campaigns.measurement.panel import MeasurementRefused
from campaigns.models import Experiment
from campaigns.services.experiment_uploads import Chunked, keep_csv
from tenants.models import User
from tenants.services.audit import record_event


class ExperimentRefused(Exception):
    """The experiment is not in a state for this, or lacks what it needs."""

    def __init__(self, title: str, detail: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where, self.fix = title, detail, where, fix


NEEDS_HISTORY = {Experiment.Design.GEO, Experiment.Design.PACING}


@dataclass(frozen=True, kw_only=True)
class NewExperiment:
    """What is asked, where, and for how much; ``design`` is one of ``Experiment.Design``."""

    name: str
    hypothesis: str
    design: str
    retailers: tuple[str, ...] = ()
    brand: str = ""
    outcome_unit: str = Experiment.OutcomeUnit.REVENUE.value
    planned_spend: Decimal | None = None
    currency: str = ""
    wish: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def draft_experiment(*, new: NewExperiment, by: User | None, history: Chunked | None = None) -> Experiment:
    """Keep a new experiment as a draft, with its history file where one came.

    Raises MeasurementRefused where the history is no CSV table or a geo or pacing test comes without one,
    ExperimentRefused without a hypothesis.
    """
    if not new.hypothesis.strip():
        raise ExperimentRefused(
            "There is no hypothesis",
            "Say what you expect before you look.",
            where="hypothesis",
            fix="Write one sentence.",
        )
    if new.design in NEEDS_HISTORY and history is None:
        raise MeasurementRefused("There is no history", "Upload a CSV file with one row per geo and day.", "history")
    kept = keep_csv(file=history) if history is not None else None
    experiment = Experiment.objects.create(
        name=new.name.strip()[:160] or "Experiment",
        hypothesis=new.hypothesis.strip(),
        design=new.design,
        retailers=list(new.retailers),
        brand=new.brand,
        outcome_unit=new.outcome_unit,
        planned_spend=new.planned_spend,
        currency=new.currency,
        wish=new.wish | ({"header": list(kept.header)} if kept else {}),
        history_name=kept.name if kept else "",
        history_path=kept.path if kept else "",
        history_sha256=kept.sha256 if kept else "",
        created_by=by,
    )
    record_event(kind="experiment.drafted", about=experiment, by=by, after=standing(experiment=experiment))
    return experiment


@transaction.atomic
def register_experiment(
    *, experiment: Experiment, candidate: int, start_on: date, by: User | None, now: datetime
) -> Experiment:
    """Freeze one candidate with its start day; from now on the database refuses to change it.

    Raises ExperimentRefused where it is no draft, no design was made, or the start lies inside the history.
    """
    locked = lock_experiment(experiment=experiment)
    _check_state(locked, {Experiment.State.DRAFT}, verb="registered")
    if not 0 <= candidate < len(locked.candidates):
        raise ExperimentRefused(
            "There is no such design",
            f"This draft has {len(locked.candidates)} designs.",
            where="candidate",
            fix="Make designs first, then choose one of them.",
        )
    history_end = locked.wish.get("history_end")
    if history_end and start_on <= date.fromisoformat(history_end):
        raise ExperimentRefused(
            "The start lies inside the history",
            f"The history ends on {history_end}; a design must not have seen the days it will be tested on.",
            where="start_on",
            fix=f"Choose {date.fromisoformat(history_end) + timedelta(days=1)} or later.",
        )
    frozen = _frozen_design(locked, locked.candidates[candidate], start_on=start_on)
    registration = register(design=frozen)
    locked.registration_text, locked.registration_digest = registration.text, registration.digest
    locked.start_on, locked.end_on = start_on, date.fromisoformat(frozen["end_on"])
    locked.registered_by, locked.registered_at = by, now
    return _moved(locked, to=Experiment.State.REGISTERED, kind="experiment.registered", by=by)


@transaction.atomic
def start_experiment(*, experiment: Experiment, by: User | None, now: datetime) -> Experiment:
    """Say that the treatment runs as registered.

    Raises ExperimentRefused where it is not registered or its start day has not come.
    """
    locked = lock_experiment(experiment=experiment)
    _check_state(locked, {Experiment.State.REGISTERED}, verb="started")
    if locked.start_on and now.date() < locked.start_on:
        raise ExperimentRefused(
            "It is too early",
            f"It is registered to start on {locked.start_on}.",
            where="start_on",
            fix="Wait for that day.",
        )
    locked.started_at = now
    return _moved(locked, to=Experiment.State.RUNNING, kind="experiment.started", by=by)


@transaction.atomic
def stop_experiment(*, experiment: Experiment, reason: str, by: User | None, now: datetime) -> Experiment:
    """End it without a readout; the reason is kept.

    Raises ExperimentRefused where it has ended already or no reason is given.
    """
    locked = lock_experiment(experiment=experiment)
    _check_state(
        locked, {Experiment.State.DRAFT, Experiment.State.REGISTERED, Experiment.State.RUNNING}, verb="stopped"
    )
    if not reason.strip():
        raise ExperimentRefused("There is no reason", "Whoever reads this later must know why.", where="reason")
    locked.stop_reason, locked.stopped_at = reason.strip()[:300], now
    return _moved(locked, to=Experiment.State.STOPPED, kind="experiment.stopped", by=by)


def lock_experiment(*, experiment: Experiment) -> Experiment:
    """The row, locked for this transaction."""
    return Experiment.objects.select_for_update().get(pk=experiment.pk)


def standing(*, experiment: Experiment) -> dict[str, Any]:
    """What the audit log keeps of an experiment."""
    return {
        "state": experiment.state,
        "design": experiment.design,
        "digest": experiment.registration_digest,
        "start_on": experiment.start_on and experiment.start_on.isoformat(),
        "stop_reason": experiment.stop_reason,
    }


def _frozen_design(experiment: Experiment, candidate: dict[str, Any], *, start_on: date) -> dict[str, Any]:
    """Everything that must not change after the start, the expectation included."""
    wish = experiment.wish
    periods = int(candidate.get("periods") or wish["periods"])
    return candidate | {
        "periods": periods,
        "start_on": start_on.isoformat(),
        "end_on": (start_on + timedelta(days=periods - 1)).isoformat(),
        "hypothesis": experiment.hypothesis,
        "retailers": experiment.retailers,
        "brand": experiment.brand,
        "outcome_unit": experiment.outcome_unit,
        "planned_spend": str(experiment.planned_spend) if experiment.planned_spend is not None else None,
        "currency": experiment.currency,
        "history_sha256": experiment.history_sha256,
        "seed": wish.get("seed", 0),
    }


def _check_state(experiment: Experiment, allowed: set[Experiment.State], *, verb: str) -> None:
    if experiment.is_working:
        raise ExperimentRefused(
            "It is being worked on", "Wait until the operation has ended, or cancel it.", where="operation"
        )
    if experiment.state not in allowed:
        fitting = " or ".join(sorted(state.label.lower() for state in allowed))
        raise ExperimentRefused(
            f"It cannot be {verb} now",
            f"It is {experiment.get_state_display().lower()}; only one that is {fitting} can be {verb}.",
            where="state",
        )


def _moved(experiment: Experiment, *, to: Experiment.State, kind: str, by: User | None) -> Experiment:
    before = standing(experiment=Experiment.objects.get(pk=experiment.pk))
    experiment.state = to
    experiment.save()
    record_event(kind=kind, about=experiment, by=by, before=before, after=standing(experiment=experiment))
    return experiment
