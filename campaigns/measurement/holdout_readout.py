"""Read an audience holdout: the share that converted among people who could see ads and people held out."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from campaigns.measurement.panel import InsufficientData, MeasurementRefused
from campaigns.measurement.readout import Estimate, Readout, Test

LEAST_CONVERSIONS = 5


@dataclass(frozen=True, kw_only=True)
class Arm:
    """People of one arm and how many of them converted."""

    people: int
    conversions: int

    def __post_init__(self) -> None:
        if not 0 <= self.conversions <= self.people or self.people < 1:
            raise MeasurementRefused(
                "More conversions than people", "Count each person once: converted or not.", "conversions"
            )
        if min(self.conversions, self.people - self.conversions) < LEAST_CONVERSIONS:
            detail = f"Each arm needs at least {LEAST_CONVERSIONS} people who converted, and as many who did not."
            raise InsufficientData("Too few conversions", detail, "conversions")

    @property
    def rate(self) -> float:
        """Share of people who converted."""
        return self.conversions / self.people


def holdout_readout(*, exposed: Arm, held_out: Arm, cost: float | None, confidence: float) -> Readout:
    """Difference of two shares; p-value and interval from one normal test with unpooled variances (Wald)."""
    effect = exposed.rate - held_out.rate
    error = float(np.sqrt(sum(arm.rate * (1 - arm.rate) / arm.people for arm in (exposed, held_out))))
    reach = float(stats.norm.isf((1 - confidence) / 2)) * error
    return Readout(
        method="holdout",
        confidence=confidence,
        estimate=Estimate(att=effect, counterfactual=np.array([held_out.rate])),
        test=Test(
            p_value=float(2 * stats.norm.sf(abs(effect) / error)),
            interval=(effect - reach, effect + reach),
            standard_error=error,
            method="normal test of two shares, unpooled",
        ),
        size=exposed.people,
        start=0,
        observed=np.array([exposed.rate]),
        incremental_cost=cost,
        estimates_iroas=False,
    )
