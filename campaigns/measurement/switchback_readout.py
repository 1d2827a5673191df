"""Read a switchback: periods on against periods off, in pairs of blocks."""

import numpy as np
from numpy.typing import NDArray

from campaigns.measurement.design.switchback import Switchback, read_switchback
from campaigns.measurement.panel import InsufficientData
from campaigns.measurement.readout import Estimate, Readout


def switchback_readout(
    *, schedule: Switchback, outcome: NDArray[np.float64], cost: NDArray[np.float64] | None, confidence: float
) -> Readout:
    """The effect per period switched on, with what the market would have shown without.

    Args:
        outcome, cost: by period, at least as long as the schedule.

    Raises MeasurementRefused for an incomplete outcome, InsufficientData where the pairs do not vary.
    """
    effect, test = read_switchback(schedule=schedule, outcome=outcome, confidence=confidence)
    length = len(schedule.is_on)
    seen, on = outcome[:length], schedule.is_on
    if not seen[~on].mean():
        raise InsufficientData("Nothing was sold while it was off", "A lift needs an outcome to compare with.", "off")
    return Readout(
        method="switchback",
        confidence=confidence,
        estimate=Estimate(att=effect, counterfactual=seen - effect * on),
        test=test,
        size=int(on.sum()),
        start=0,
        observed=seen,
        incremental_cost=_extra(cost[:length], on) if cost is not None else None,
        estimates_iroas=False,
        notes=("The effect of washed-out periods is taken to be that of the periods read.",)
        if not schedule.counts.all()
        else (),
    )


def _extra(cost: NDArray[np.float64], on: NDArray[np.bool_]) -> float:
    """Cost of periods on above what periods off cost."""
    return float((cost[on].mean() - cost[~on].mean()) * on.sum())
