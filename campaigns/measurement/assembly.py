"""The same figures per unit, in total, relative and per unit of money."""

import math

from campaigns.measurement.panel import Panel
from campaigns.measurement.readout import Estimate, Readout, Test
from campaigns.measurement.verdict import verdict

DIRECT_IROAS = ("tbr", "trimmed_match")
Interval = tuple[float, float]


def assemble(
    *,
    panel: Panel,
    method: str,
    estimate: Estimate,
    test: Test,
    confidence: float,
    cost: float | None,
    notes: tuple[str, ...],
) -> Readout:
    """A readout from the effect per unit and period and its test.

    Incremental cost is taken as known and what would have been as estimated: their errors are not in the intervals.
    """
    size = panel.treated_count * panel.test_periods
    base = float(estimate.counterfactual[panel.start :].mean())
    per_money = size / cost if cost else None
    iroas_interval = None if per_money is None else _times(test.interval, per_money)
    direct = iroas_interval if method in DIRECT_IROAS else None
    return Readout(
        method=method,
        att=estimate.att,
        lift=_ratio(estimate.att, base),
        incremental=estimate.att * size,
        p_value=test.p_value,
        confidence=confidence,
        interval=direct or test.interval,
        interval_of="iroas" if direct else "att",
        att_interval=test.interval,
        lift_interval=_times(test.interval, _ratio(1, base)),
        incremental_interval=_times(test.interval, size),
        incremental_cost=cost,
        iroas=None if per_money is None else estimate.att * per_money,
        iroas_interval=iroas_interval,
        standard_error=test.standard_error,
        inference=test.method,
        weights=estimate.weights,
        l2_imbalance=estimate.l2_imbalance,
        scaled_l2=estimate.scaled_l2,
        observed=panel.treated_mean,
        counterfactual=estimate.counterfactual,
        effects=(panel.treated_mean - estimate.counterfactual)[panel.start :],
        verdict=verdict(lift=_ratio(estimate.att, base), test=test, confidence=confidence, iroas_interval=direct),
        notes=notes,
    )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def _times(interval: Interval, factor: float) -> Interval:
    """The interval in another unit, low end first."""
    low, high = interval[0] * factor, interval[1] * factor
    return (high, low) if low > high else (low, high)
