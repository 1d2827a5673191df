"""Probabilities: shares of draws with what so few draws can tell, in figures and in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.sureness import chance_interval
from tenants.figures import percent

SURE = 0.99


@dataclass(frozen=True, kw_only=True)
class Chance:
    """The share of draws in which a claim holds, and the 90% interval that their number leaves (Wilson 1927)."""

    share: float
    low: float
    high: float

    @property
    def ends(self) -> list[float]:
        return [self.low, self.high]


def chance_of(claim: NDArray[np.bool_]) -> Chance:
    """Probability of a claim that holds in some draws, shape (n_draws,)."""
    share = float(claim.mean())
    low, high = chance_interval(chance=share, draws=claim.size)
    return Chance(share=share, low=low, high=high)


def chance(value: float | None) -> str:
    """``93%``; ``over 99%`` and ``under 1%`` at the ends, where draws cannot tell how far; ``–`` for none."""
    if value is None:
        return "–"
    if value > SURE:
        return "over 99%"
    return "under 1%" if value < 1 - SURE else percent(value, places=0)


def stored_chance(*, figures: Mapping[str, Any], name: str) -> str:
    """A stored probability in words, with its range where one was stored: plans of before have none."""
    ends = figures.get(f"{name}_interval")
    if figures[name] is None or not ends:
        return chance(figures[name])
    return chance_with_range(Chance(share=figures[name], low=ends[0], high=ends[1]))


def chance_with_range(found: Chance) -> str:
    """``93% (90%: 89% to 95%)``: the range is of the draws' number alone."""
    return f"{chance(found.share)} (90%: {chance(found.low)} to {chance(found.high)})"
