"""Read a registered experiment from its results: the registered method on the registered units and days, no other."""

from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from django.db import transaction
from django.utils import timezone

from campaigns.measurement.analysis import analyze
from campaigns.measurement.design.registration import DesignChanged, verify
from campaigns.measurement.design.switchback import Switchback
from campaigns.measurement.hindsight import look_back
from campaigns.measurement.holdout_readout import Arm, holdout_readout
from campaigns.measurement.panel import MeasurementRefused
from campaigns.measurement.readout import Readout
from campaigns.measurement.readout_json import readout_to_json
from campaigns.measurement.switchback_readout import switchback_readout
from campaigns.models import Experiment
from campaigns.services.experiment_designing import address
from campaigns.services.experiment_files import (
    ExperimentColumns,
    ExperimentWindow,
    daily_span,
    daily_totals,
    read_experiment,
)
from campaigns.services.experiment_pacing import read_pacing
from campaigns.services.experiment_sql import sql_of
from campaigns.services.experiment_uploads import Chunked, keep_csv, kept_path, without_our_name
from campaigns.services.experiments import ExperimentRefused, lock_experiment, standing
from tenants.models import Operation, User
from tenants.services.audit import record_event
from tenants.services.operation_runs import Effect, OperationProblem, OperationRun, Outcome
from tenants.services.operations import start_operation

READABLE = {Experiment.State.REGISTERED, Experiment.State.RUNNING}
ADDING_UP = ("tbr",)
ARMS = ("exposed", "held_out")


@transaction.atomic
def request_readout(*, experiment: Experiment, results: Chunked, cost: str, by: User | None) -> Operation:
    """Keep the results file and queue the readout; a second click returns the one under way.

    Args:
        cost: column of the advertising cost in the results; empty where they have none.

    Raises ExperimentRefused where it is not registered or already read, MeasurementRefused for what is no CSV table or
    lacks a registered column.
    """
    locked = lock_experiment(experiment=experiment)
    if locked.is_working and locked.operation is not None:
        return locked.operation
    if locked.state not in READABLE:
        raise ExperimentRefused(
            "It cannot be read now",
            f"It is {locked.get_state_display().lower()}; a readout needs a registered design and is made once.",
            where="state",
        )
    keep_results(experiment=locked, results=results, cost=cost)
    locked.operation = start_operation(
        kind="read_experiment",
        title=f"Read “{locked.name}”",
        by=by,
        parameters={"experiment_id": str(locked.pk), "cost": cost},
    )
    locked.save()
    record_event(
        kind="experiment.results_received", about=locked, by=by, after={"file": locked.results_name, "cost": cost}
    )
    return locked.operation


def keep_results(*, experiment: Experiment, results: Chunked, cost: str) -> None:
    """Store the file and check its columns; raises MeasurementRefused and keeps the earlier file then."""
    kept = keep_csv(file=results)
    named = tuple(experiment.frozen.get("columns", {}).values()) or ("arm", "people", "conversions")
    needed = (*named, cost) if cost else named
    absent = [name for name in needed if name not in kept.header]
    if absent:
        kept_path(stored=kept.path).unlink(missing_ok=True)
        detail = f"There is no column “{absent[0]}”; the file has {', '.join(kept.header[:20])}."
        raise MeasurementRefused("A column is missing", detail, absent[0])
    experiment.results_name, experiment.results_path = kept.name, kept.path
    experiment.results_sha256 = kept.sha256


def perform_readout(run: OperationRun) -> Effect:
    """The worker's half: verify the registration, read, store."""
    experiment = Experiment.objects.get(pk=run.operation.parameters["experiment_id"])
    try:
        run.progress(5, "Verifying the registration")
        found = read_now(experiment=experiment, cost=run.operation.parameters["cost"])
        run.progress(95, "Keeping the readout")
    except MeasurementRefused as refusal:
        raise OperationProblem(
            title=refusal.title,
            detail=refusal.detail,
            where=refusal.where,
            fix="Correct the file and upload it again; the registered design stays as it is.",
        ) from refusal

    def effect() -> Outcome:
        stored = store_readout(experiment=experiment, readout=found, by=run.operation.created_by)
        return Outcome(
            result={"experiment_id": str(stored.pk), "verdict": found["verdict"]}, result_url=address(stored)
        )

    return effect


def read_now(*, experiment: Experiment, cost: str) -> dict[str, Any]:
    """The readout as JSON, with the power the test had and the SQL of its figures; stores nothing.

    Raises MeasurementRefused with the column, unit or day that is wrong, or where the design was changed.
    """
    design = experiment.frozen
    try:
        verify(design=design, digest=experiment.registration_digest)
    except DesignChanged as changed:
        raise MeasurementRefused("The design was changed", str(changed), "registration") from changed
    try:
        readout, times = _readers()[design["design"]](experiment, design, cost)
    except MeasurementRefused as refusal:
        raise without_our_name(
            refusal=refusal, stored=experiment.results_path, name=experiment.results_name
        ) from refusal
    power = look_back(readout=readout, power=design["power"], planned_lift=design.get("detectable_lift"))
    found = readout_to_json(readout=readout, times=times, start=readout.start)
    notes = [*found["notes"], *_notes(experiment)]
    return found | {
        "hindsight": asdict(power) if power else None,
        "registration": experiment.registration_digest,
        "results_sha256": experiment.results_sha256,
        "sql": sql_of(experiment=experiment),
        "notes": notes,
    }


@transaction.atomic
def store_readout(*, experiment: Experiment, readout: dict[str, Any], by: User | None) -> Experiment:
    """Keep the readout; raises OperationProblem where the experiment was stopped or read meanwhile."""
    locked = lock_experiment(experiment=experiment)
    if locked.state not in READABLE:
        raise OperationProblem(
            title="The experiment moved on", detail=f"It is {locked.get_state_display().lower()} by now."
        )
    before = standing(experiment=locked)
    locked.readout, locked.read_by, locked.read_at = readout, by, timezone.now()
    locked.results_name, locked.results_path = experiment.results_name, experiment.results_path
    locked.results_sha256, locked.state = experiment.results_sha256, Experiment.State.READ
    locked.save()
    after = standing(experiment=locked) | {"verdict": readout["verdict"], "p_value": readout["p_value"]}
    record_event(kind="experiment.read", about=locked, by=by, before=before, after=after)
    return locked


def _read_geo(experiment: Experiment, design: dict[str, Any], cost: str) -> tuple[Readout, tuple[str, ...]]:
    columns = ExperimentColumns(**(design["columns"] | ({"cost": cost} if cost else {})))
    path, history = kept_path(stored=experiment.results_path), kept_path(stored=experiment.history_path)
    first, last = daily_span(path=path, columns=columns)
    _check_days(last=last, design=design)
    needs_history = first > date.fromisoformat(design["start_on"]) or not cost or cost in experiment.wish["header"]
    panel, _ = read_experiment(
        path=path,
        columns=columns,
        window=ExperimentWindow(start=design["start_on"], end=design["end_on"], first=design["read_from"]),
        treated=tuple(design["treated"]),
        absent_is_zero=design["method"] in ADDING_UP,
        earlier=history if needs_history else None,
        units=(*design["treated"], *design["controls"]),
    )
    _check_start(panel.times[panel.start], design)
    rng = np.random.default_rng(design["seed"])
    return analyze(panel=panel, method=design["method"], confidence=1 - design["alpha"], rng=rng), panel.times


def _read_switchback(experiment: Experiment, design: dict[str, Any], cost: str) -> tuple[Readout, tuple[str, ...]]:
    columns = ExperimentColumns(**(design["columns"] | ({"cost": cost} if cost else {})))
    first, last = date.fromisoformat(design["start_on"]), date.fromisoformat(design["end_on"])
    path = kept_path(stored=experiment.results_path)
    outcome, spent = daily_totals(path=path, columns=columns, first=first, last=last)
    periods = np.arange(design["periods"])
    schedule = Switchback(
        is_on=np.array([word == "on" for word in design["schedule"]]),
        counts=periods % design["block"] >= design["washout"],
        block=periods // design["block"],
    )
    readout = switchback_readout(
        schedule=schedule,
        outcome=np.array(outcome),
        cost=None if spent is None else np.array(spent),
        confidence=1 - design["alpha"],
    )
    return readout, tuple(date.fromordinal(first.toordinal() + int(day)).isoformat() for day in periods)


def _read_holdout(experiment: Experiment, design: dict[str, Any], cost: str) -> tuple[Readout, tuple[str, ...]]:
    try:
        table = pl.read_csv(kept_path(stored=experiment.results_path), infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise MeasurementRefused(
            "This is not a CSV table", "Save it with a header row and commas.", experiment.results_name
        ) from error
    rows = {str(row["arm"]).strip().lower().replace(" ", "_"): row for row in table.iter_rows(named=True)}
    if set(rows) != set(ARMS) or len(table) != len(ARMS):
        raise MeasurementRefused("The arms are not named", "Give two rows with arm “exposed” and “held_out”.", "arm")
    arms = {
        name: Arm(people=_count(row, "people"), conversions=_count(row, "conversions")) for name, row in rows.items()
    }
    spent = float(_count(rows["exposed"], cost)) if cost else None
    readout = holdout_readout(
        exposed=arms["exposed"], held_out=arms["held_out"], cost=spent, confidence=1 - design["alpha"]
    )
    return readout, (design["start_on"],)


def _read_pacing(experiment: Experiment, design: dict[str, Any], cost: str) -> tuple[Readout, tuple[str, ...]]:
    return read_pacing(experiment=experiment, design=design, cost=cost)


def _readers() -> dict[str, Any]:
    return {"geo": _read_geo, "switchback": _read_switchback, "holdout": _read_holdout, "pacing": _read_pacing}


def _count(row: dict[str, Any], column: str) -> int:
    text = str(row[column] or "").strip()
    try:
        return round(float(text))
    except (ValueError, OverflowError) as error:
        detail = f"“{text}” in {column} is no number."
        raise MeasurementRefused("A value is no number", detail, f"{row['arm']}, {column}") from error


def _check_days(*, last: date, design: dict[str, Any]) -> None:
    if last < date.fromisoformat(design["end_on"]):
        detail = (
            f"The file ends on {last}, the registered test on {design['end_on']}. Reading before the end would be "
            "looking early, which makes chance findings likely."
        )
        raise MeasurementRefused("The test is not over", detail, "end")


def _check_start(found: str, design: dict[str, Any]) -> None:
    if found[:10] != design["start_on"]:
        detail = f"The first day at or after the registered start, {design['start_on']}, is {found}."
        raise MeasurementRefused("The test's first days are missing", detail, "start")


def _notes(experiment: Experiment) -> list[str]:
    notes = []
    if experiment.was_registered_late:
        notes.append(
            f"The design was registered on {experiment.registered_at:%Y-%m-%d}, after its start: this is not a "
            "pre-registration, and results may have been known."
        )
    if experiment.design == Experiment.Design.GEO and not experiment.frozen["read_from"]:
        notes.append(
            "The history was too short to choose geos on one half and compare with the other: the geos were picked on "
            "the days the readout compares with, so its interval is narrower than it should be."
        )
    return notes
