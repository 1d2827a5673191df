"""Method ``bandit``: batched Thompson sampling of whole splits (Thompson 1933; Agrawal and Goyal 2013).

The money goes out in equal batches. Each batch believes one draw of the responses and is split as would be best if that
draw were true, under the same rules. So a cell gets money in proportion to how likely it is to deserve it, and what is
uncertain is tried. Given the draws, the share of money a cell gets is the exact probability with which any unit of
money goes there: its propensity, which off-policy evaluation needs; a small even share keeps it above zero where the
rules leave room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.auto import solve
from campaigns.optimization.branching import Case
from campaigns.optimization.curves import Array
from campaigns.optimization.draws import draws_together, one_draw, with_return_prices
from campaigns.optimization.projection import project

BATCHES = 16
EVEN = 0.02  # share of the money spread evenly, so that nothing allowed goes untried
_NOTHING = 1e-12


@dataclass(frozen=True, kw_only=True)
class Exploration:
    """How a split was drawn, as it must be logged.

    Attributes:
        seed: of the generator that chose the draws.
        draws: which draw of the responses each batch believed.
        even: share of the money spread evenly before the rules.
        propensities: probability that a unit of the money spent goes to each cell, by id; they sum to one.
    """

    seed: int
    draws: tuple[int, ...]
    even: float
    propensities: Mapping[str, float]


def explore(*, case: Case, seed: int) -> tuple[Array, tuple[int, ...]]:
    """A split that explores, shape (n_cells,), and the draws that its batches believed.

    Args:
        case: the best split on average, with least spends decided; it comes back where the responses have no draws.

    Raises:
        NoDraws: two cells have different numbers of draws.
        NotConverged: the best split of some draw could not be found.
    """
    model, best = case.model, case.solution.spend
    count = draws_together(responses=model.responses)
    if count == 1:
        return best, ()
    draws = _drawn(count, np.random.default_rng(seed))
    priced = with_return_prices(model=model, multipliers=case.solution.roas_prices)
    splits = [
        solve(model=replace(priced, responses=one_draw(responses=model.responses, draw=draw))).spend for draw in draws
    ]
    mixed = np.mean(splits, axis=0)
    room = np.minimum(model.upper, model.unit) - model.lower > _NOTHING * model.unit
    even = np.where(room, mixed.sum() / max(int(room.sum()), 1), mixed)
    return project(model=model, wished=(1.0 - EVEN) * mixed + EVEN * even, kept=best), draws


def propensities(*, ids: Sequence[str], spend: Array) -> Mapping[str, float]:
    """The share of the money each cell gets; empty where nothing is spent."""
    whole = float(spend.sum())
    return dict(zip(ids, (spend / whole).tolist(), strict=True)) if whole > 0.0 else {}


def _drawn(count: int, rng: np.random.Generator) -> tuple[int, ...]:
    chosen: NDArray[np.int64] = rng.permutation(count)[:BATCHES]
    return tuple(chosen.tolist())
