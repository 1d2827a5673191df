"""Closed forms of power for t tests and for two shares."""

import math

from statsmodels.stats.power import NormalIndPower, TTestIndPower, TTestPower
from statsmodels.stats.proportion import proportion_effectsize

from campaigns.measurement.panel import MeasurementRefused

SIDES = ("two-sided", "larger", "smaller")


def t_test_power(*, effect: float, count: float, alpha: float, side: str = "two-sided") -> float:
    """Power of a one-sample or paired t test; ``effect`` is Cohen's d (Cohen 1988)."""
    _check(alpha=alpha, side=side)
    return float(TTestPower().power(effect, count, alpha, alternative=side))


def two_sample_power(
    *, effect: float, count: float, other_count: float | None = None, alpha: float, side: str = "two-sided"
) -> float:
    """Power of a two-sample t test with ``count`` and ``other_count`` units (equal by default)."""
    _check(alpha=alpha, side=side)
    ratio = (other_count or count) / count
    return float(TTestIndPower().power(effect, count, alpha, ratio=ratio, alternative=side))


def count_per_group(*, effect: float, power: float, alpha: float, side: str = "two-sided") -> int:
    """Units per group that reach ``power``.

    Raises MeasurementRefused for an effect of zero, which no number of units can show.
    """
    _check(alpha=alpha, side=side)
    if not effect or not 0 < power < 1:
        raise MeasurementRefused(
            "No size can be given", "Effect must not be zero; power is a share such as 0.8.", "effect"
        )
    found = TTestIndPower().solve_power(
        abs(effect), None, alpha, power, alternative="two-sided" if side == "two-sided" else "larger"
    )
    return math.ceil(float(found))


def holdout_size(*, base_rate: float, lift: float, holdout_share: float, power: float, alpha: float) -> tuple[int, int]:
    """People exposed and people held out so that a relative lift of a conversion rate is seen.

    Cohen's h of the two rates, two-sided normal test.

    Raises MeasurementRefused for rates outside 0…1 or a share outside 0…1.
    """
    _check(alpha=alpha, side="two-sided")
    lifted = base_rate * (1 + lift)
    if not (0 < base_rate < 1 and 0 < lifted < 1 and lift):
        raise MeasurementRefused(
            "The rates are out of range", "The base rate and the lifted rate lie between 0 and 1.", "base rate"
        )
    if not 0 < holdout_share < 1:
        raise MeasurementRefused("The holdout share is out of range", "Give a share such as 0.1.", "holdout share")
    effect = abs(proportion_effectsize(lifted, base_rate))
    ratio = (1 - holdout_share) / holdout_share
    held_out = math.ceil(float(NormalIndPower().solve_power(effect, None, alpha, power, ratio=ratio)))
    return math.ceil(held_out * ratio), held_out


def _check(*, alpha: float, side: str) -> None:
    if not 0 < alpha < 1:
        raise MeasurementRefused("Alpha is out of range", "Give a share such as 0.1.", "alpha")
    if side not in SIDES:
        raise MeasurementRefused("The side is not known", f"Choose one of {', '.join(SIDES)}.", "side")
