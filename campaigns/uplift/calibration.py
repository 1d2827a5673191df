"""The slope of what people showed on what was predicted of them, over blocks predicted one after another."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from campaigns.uplift.trial import Floats, Predicted

NOTHING = 1e-12


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """A slope with its robust error; no slope and no error where nobody is told from anybody."""

    slope: float
    error: float
    freedom: int

    @property
    def p_value(self) -> float:
        """One-sided, of a slope of zero or less."""
        return float(stdtr(self.freedom, -self.slope / self.error)) if self.error > 0 else 1.0

    def interval(self, *, confidence: float) -> tuple[float, float]:
        reach = float(stdtrit(self.freedom, (1 + confidence) / 2)) * self.error
        return self.slope - reach, self.slope + reach


def calibrate(*, predicted: Predicted, scores: Floats) -> Calibration:
    """Each block's slope over its error, summed over the root of their number; ``scores`` of the people predicted.

    A block's model knows only the blocks before it, so given those its t is standard normal where people do not differ,
    and the sum of K of them over the root of K is too (a martingale: Luedtke and van der Laan 2016). The slope is the
    mean of the blocks' slopes weighted by one over their errors, which is what that test inverts to.
    """
    slopes, errors, freedom = [], [], 0
    for block in np.unique(predicted.block):
        inside = predicted.block == block
        slope, error = _slope(predicted.effect[inside], scores[inside])
        if error > 0:
            slopes.append(slope)
            errors.append(error)
            freedom += int(inside.sum()) - 2
    if not slopes:
        return Calibration(slope=0.0, error=0.0, freedom=1)
    weights = 1 / np.array(errors)
    return Calibration(
        slope=float(weights @ np.array(slopes) / weights.sum()),
        error=float(np.sqrt(len(slopes)) / weights.sum()),
        freedom=freedom,
    )


def _slope(effect: Floats, scores: Floats) -> tuple[float, float]:
    """Least squares with a robust error (HC2; MacKinnon and White 1985); none where every prediction is the same."""
    away = effect - effect.mean()
    spread = float(away @ away)
    if len(effect) < 3 or spread <= NOTHING * max(float(scores @ scores), 1e-300):
        return 0.0, 0.0
    slope = float(away @ scores) / spread
    left = scores - scores.mean() - slope * away
    hold = np.minimum(1 / len(effect) + away**2 / spread, 1 - NOTHING)
    return slope, float(np.sqrt((away**2) @ (left**2 / (1 - hold)))) / spread
