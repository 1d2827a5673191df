"""What an experiment says: one shape for every method."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Estimate:
    """The effect a method finds, before its uncertainty.

    Attributes:
        att: average effect per treated unit and period, in units of the outcome.
        counterfactual: what the mean treated unit would have shown, shape (n_times,).
        weights: of the controls, by unit name; empty where the method has none.
        l2_imbalance: Euclidean distance of treated mean and counterfactual before the start.
        scaled_l2: the same relative to uniform weights (Ben-Michael, Feller, Rothstein 2021); None without weights.
    """

    att: float
    counterfactual: NDArray[np.float64]
    weights: Mapping[str, float] = field(default_factory=dict)
    l2_imbalance: float = 0.0
    scaled_l2: float | None = None


@dataclass(frozen=True, kw_only=True)
class Test:
    """p-value and interval from one test, so that they never contradict.

    Attributes:
        p_value: of the hypothesis of no effect, two-sided.
        interval: the effects the test does not reject at 1 − confidence.
        standard_error: None for tests that have none.
        method: what was inverted, in words.
    """

    __test__ = False

    p_value: float
    interval: tuple[float, float]
    standard_error: float | None
    method: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Readout:
    """The answer of an experiment, in every unit it is asked in.

    Incremental cost is taken as known and what would have been as estimated: their errors are not in the intervals.

    Attributes:
        size: treated units × test periods.
        start: place of the first test period.
        observed: the mean treated unit, shape (n_times,).
        incremental_cost: in currency units; None without cost.
        estimates_iroas: whether the method estimates iROAS itself; its interval is then the interval.
        notes: what a reader must know before believing the figures.
    """

    method: str
    confidence: float
    estimate: Estimate
    test: Test
    size: int
    start: int
    observed: NDArray[np.float64]
    incremental_cost: float | None
    estimates_iroas: bool
    notes: tuple[str, ...] = ()

    @property
    def att(self) -> float:
        """Average effect per treated unit and period, in units of the outcome."""
        return self.estimate.att

    @property
    def p_value(self) -> float:
        """Of no effect, two-sided."""
        return self.test.p_value

    @property
    def baseline(self) -> float:
        """What the mean treated unit would have shown per test period."""
        return float(self.estimate.counterfactual[self.start :].mean())

    @property
    def lift(self) -> float:
        """The effect relative to what would have been; not a number where that is zero."""
        return self.att * self._per_baseline

    @property
    def incremental(self) -> float:
        """The effect summed over treated units and test periods."""
        return self.att * self.size

    @property
    def iroas(self) -> float | None:
        """Incremental outcome per unit of incremental cost."""
        return None if self._per_money is None else self.att * self._per_money

    @property
    def att_interval(self) -> Interval:
        """Of the average effect."""
        return self.test.interval

    @property
    def lift_interval(self) -> Interval:
        """Of the lift."""
        return _times(self.test.interval, self._per_baseline)

    @property
    def incremental_interval(self) -> Interval:
        """Of the summed effect."""
        return _times(self.test.interval, self.size)

    @property
    def iroas_interval(self) -> Interval | None:
        """Of iROAS."""
        return None if self._per_money is None else _times(self.test.interval, self._per_money)

    @property
    def interval_of(self) -> str:
        """What ``interval`` is of: "iroas" where the method estimates it directly, else "att"."""
        return "iroas" if self.estimates_iroas and self.iroas_interval else "att"

    @property
    def interval(self) -> Interval:
        """The method's own interval."""
        return self.iroas_interval if self.estimates_iroas and self.iroas_interval else self.att_interval

    @property
    def verdict(self) -> str:
        """One sentence a brand manager can act on."""
        low, high = self.interval
        name = "iROAS" if self.interval_of == "iroas" else "the effect per unit and period"
        said = f"the {self.confidence:.0%} interval of {name} runs from {_short(low)} to {_short(high)}"
        if self.p_value > 1 - self.confidence:
            return f"Not conclusive: {said}, so no effect cannot be ruled out (p = {self.p_value:.3f})."
        chance = "p < 0.001" if self.p_value < 0.001 else f"p = {self.p_value:.3f}"
        much = f" by {abs(self.lift):.1%} against what would have been" if math.isfinite(self.lift) else ""
        return f"The treated units {'rose' if sum(self.att_interval) > 0 else 'fell'}{much}; {said} ({chance})."

    @property
    def _per_baseline(self) -> float:
        return 1 / self.baseline if self.baseline else math.nan

    @property
    def _per_money(self) -> float | None:
        return self.size / self.incremental_cost if self.incremental_cost else None


def _times(interval: Interval, factor: float) -> Interval:
    """The interval in another unit, low end first."""
    low, high = interval[0] * factor, interval[1] * factor
    return (high, low) if low > high else (low, high)


def _short(value: float) -> str:
    return f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"
