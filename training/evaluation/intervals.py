"""Shares of right answers with bootstrap intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 2000


@dataclass(frozen=True, kw_only=True)
class Score:
    """A share in 0–1 with its 95 % interval, of ``count`` cases."""

    share: float
    low: float
    high: float
    count: int

    def __str__(self) -> str:
        return f"{self.share:.2f} [{self.low:.2f}, {self.high:.2f}]"


def score(*, right: Sequence[bool], seed: int = 1) -> Score:
    """The share that is right, with a percentile bootstrap interval (Efron 1979).

    With all or none right the bootstrap has no width; the rule of three gives the open end (Hanley 1983).
    """
    values = np.asarray(right, dtype=float)
    if not len(values):
        raise ValueError("There is nothing to score.")
    drawn = np.random.default_rng(seed).integers(0, len(values), size=(DRAWS, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), (0.025, 0.975))
    share, slack = float(values.mean()), min(1.0, 3 / len(values))
    if share == 1:
        low = 1 - slack
    if share == 0:
        high = slack
    return Score(share=share, low=float(low), high=float(high), count=len(values))


def ratio(*, part: Sequence[bool], whole: Sequence[bool], seed: int = 1) -> tuple[float, float, float]:
    """share(part) / share(whole) over the same cases, with its paired bootstrap interval; NaN where whole has none."""
    top, bottom = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    drawn = np.random.default_rng(seed).integers(0, len(top), size=(DRAWS, len(top)))
    if not bottom.any():
        return (float("nan"), float("nan"), float("nan"))
    below = bottom[drawn].mean(axis=1)
    kept = below > 0
    low, high = np.quantile(top[drawn].mean(axis=1)[kept] / below[kept], (0.025, 0.975))
    return (float(top.mean() / bottom.mean()), float(low), float(high))
