"""What was believed before and what an experiment showed, weighted by their precision."""

import math
from dataclasses import dataclass

from scipy import stats

from campaigns.measurement.panel import MeasurementRefused

BELIEF = 0.9


@dataclass(frozen=True, kw_only=True)
class Belief:
    """A figure with the range that holds 90 % of our belief, taken as normal."""

    mean: float
    low: float
    high: float

    @property
    def spread(self) -> float:
        """Standard deviation of the normal whose central 90 % is as wide as the range."""
        return (self.high - self.low) / (2 * _reach(BELIEF))


def measured(*, value: float, interval: tuple[float, float], confidence: float) -> Belief:
    """An estimate as a belief: its interval, of any confidence, as the range of 90 %.

    Raises MeasurementRefused where the interval has no finite, positive width.
    """
    width = interval[1] - interval[0]
    if not (math.isfinite(width) and width > 0 and math.isfinite(value)):
        raise MeasurementRefused(
            "The result has no width", "Only a finite interval can be weighed against a belief.", "interval"
        )
    half = width / 2 * _reach(BELIEF) / _reach(confidence)
    return Belief(mean=value, low=value - half, high=value + half)


def combine(*, prior: Belief, result: Belief, bounds: tuple[float, float] = (0.0, 1.0)) -> Belief:
    """Mean and range after the result: weights are inverse variances (conjugate normal; Gelman et al. 2013, §2.5).

    The answer is held within ``bounds``: shares cannot leave 0 to 1.

    Raises MeasurementRefused for a prior without width, which no result could move.
    """
    if not (prior.spread > 0 and result.spread > 0):
        raise MeasurementRefused(
            "The assumption leaves no doubt", "Its low and high are equal; widen them, then apply the result.", "low"
        )
    weights = prior.spread**-2, result.spread**-2
    mean = (weights[0] * prior.mean + weights[1] * result.mean) / sum(weights)
    half = _reach(BELIEF) / math.sqrt(sum(weights))
    least, most = bounds
    low, middle, high = (min(max(value, least), most) for value in (mean - half, mean, mean + half))
    return Belief(mean=middle, low=low, high=high)


def result_weight(*, prior: Belief, result: Belief) -> float:
    """Share of the combined mean that comes from the result, 0 to 1."""
    return result.spread**-2 / (prior.spread**-2 + result.spread**-2)


def _reach(confidence: float) -> float:
    return float(stats.norm.isf((1 - confidence) / 2))
