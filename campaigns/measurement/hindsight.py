"""What a test could have seen, told after the fact from the precision it reached."""

import math
from dataclasses import dataclass

from scipy import stats

from campaigns.measurement.readout import Readout


@dataclass(frozen=True, kw_only=True)
class Hindsight:
    """The power a test actually had.

    Attributes:
        detectable_lift: relative lift it would have found with the power asked for.
        planned_lift: the lift it was designed to find; None where the design names none.
        power_for_planned: chance that it had of finding that.
    """

    detectable_lift: float
    planned_lift: float | None
    power_for_planned: float | None


def look_back(*, readout: Readout, power: float, planned_lift: float | None) -> Hindsight | None:
    """From the width of the lift's interval; None where that has no finite width.

    This is the power for lifts chosen before the test, never for the effect that was found, which would only restate
    the p-value (Hoenig, Heisey 2001).
    """
    low, high = readout.lift_interval
    if not (math.isfinite(high - low) and high > low):
        return None
    critical = float(stats.norm.isf((1 - readout.confidence) / 2))
    error = (high - low) / 2 / critical
    found = None
    if planned_lift is not None:
        away = abs(planned_lift) / error
        found = float(stats.norm.sf(critical - away) + stats.norm.cdf(-critical - away))
    return Hindsight(
        detectable_lift=(critical + float(stats.norm.isf(1 - power))) * error,
        planned_lift=planned_lift,
        power_for_planned=found,
    )
