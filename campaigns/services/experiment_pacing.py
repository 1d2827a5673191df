"""A pacing test in the portal: its schedules from the uploaded history, and its readout as registered."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from campaigns.measurement.design.pacing import design_pacing
from campaigns.measurement.pacing_readout import pacing_readout
from campaigns.measurement.panel import MeasurementRefused
from campaigns.measurement.readout import Readout
from campaigns.models import Experiment
from campaigns.services.experiment_files import ExperimentColumns, daily_span, daily_totals, read_history
from campaigns.services.experiment_uploads import kept_path, without_our_name

SWINGS = (0.2, 0.3, 0.5)
COLUMNS = ("unit", "time", "outcome")


def pacing_candidates(*, experiment: Experiment, wish: dict[str, Any]) -> tuple[list[dict[str, Any]], tuple[str, str]]:
    """A schedule at the swing asked for, then at others; and the history's first and last day.

    Raises MeasurementRefused where the history has holes or is too short, or the wish is impossible.
    """
    path = kept_path(stored=experiment.history_path)
    columns = ExperimentColumns(**{name: wish[name] for name in COLUMNS})
    try:
        first, last = daily_span(path=path, columns=columns)
        outcome = read_history(path=path, columns=columns).outcome.sum(axis=0)
    except MeasurementRefused as refusal:
        raise without_our_name(
            refusal=refusal, stored=experiment.history_path, name=experiment.history_name
        ) from refusal
    asked = wish["swing"]
    swings = (asked, *(swing for swing in SWINGS if abs(swing - asked) > 1e-9))
    found = [_candidate(outcome, wish=wish, swing=swing) for swing in swings]
    return found, (first.isoformat(), last.isoformat())


def _candidate(outcome: np.ndarray, *, wish: dict[str, Any], swing: float) -> dict[str, Any]:
    kept = {name: wish[name] for name in ("daily_budget", "alpha", "power")}
    design = design_pacing(
        outcome=outcome,
        periods=wish["periods"],
        swing=swing,
        rng=np.random.default_rng(wish.get("seed", 0)),
        **kept,
    )
    return kept | {
        "design": "pacing",
        "periods": len(design.is_high),
        "swing": swing,
        "schedule": ["high" if high else "low" for high in design.is_high.tolist()],
        "spend": design.spend.round(2).tolist(),
        "pairs": len(design.is_high) // 2,
        "detectable_iroas": design.detectable_iroas,
        "pair_error": design.pair_error,
        "columns": {name: wish[name] for name in COLUMNS},
    }


def read_pacing(*, experiment: Experiment, design: dict[str, Any], cost: str) -> tuple[Readout, tuple[str, ...]]:
    """The registered pairs of days, all of them; raises MeasurementRefused where a day is missing."""
    columns = ExperimentColumns(**(design["columns"] | ({"cost": cost} if cost else {})))
    first, last = date.fromisoformat(design["start_on"]), date.fromisoformat(design["end_on"])
    outcome, spent = daily_totals(
        path=kept_path(stored=experiment.results_path), columns=columns, first=first, last=last
    )
    readout = pacing_readout(
        is_high=np.array([word == "high" for word in design["schedule"]]),
        planned=np.array(design["spend"]),
        outcome=np.array(outcome),
        cost=None if spent is None else np.array(spent),
        confidence=1 - design["alpha"],
    )
    return readout, tuple((first + timedelta(days=day)).isoformat() for day in range(design["periods"]))
