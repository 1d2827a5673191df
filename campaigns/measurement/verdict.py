"""The answer in words."""

import math

from campaigns.measurement.readout import Test


def verdict(*, lift: float, test: Test, confidence: float, iroas_interval: tuple[float, float] | None) -> str:
    """One sentence a brand manager can act on; it speaks of iROAS where the method estimates it directly."""
    low, high = iroas_interval or test.interval
    names = "iROAS" if iroas_interval else "the effect per unit and period"
    said = f"the {confidence:.0%} interval of {names} runs from {_short(low)} to {_short(high)}"
    if test.p_value > 1 - confidence:
        return f"Not conclusive: {said}, so no effect cannot be ruled out (p = {test.p_value:.3f})."
    chance = "p < 0.001" if test.p_value < 0.001 else f"p = {test.p_value:.3f}"
    much = f" by {abs(lift):.1%} against what would have been" if math.isfinite(lift) else ""
    return f"The treated units {'rose' if sum(test.interval) > 0 else 'fell'}{much}; {said} ({chance})."


def _short(value: float) -> str:
    return f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"
