"""What is true of a world's ads: response, the best split of a budget, and what a plan would really earn."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.simulation.world import Cell, World, WorldError

BISECTIONS = 200

Path = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Optimum:
    """The best split of a daily budget.

    Attributes:
        spend: USD a day by cell path.
        margin: incremental margin, USD a day, gross of ad spend.
    """

    spend: Mapping[Path, float]
    margin: float


def true_response(*, world: World, cell: Path, spend: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """Incremental revenue a day (USD, shape of ``spend``) on an average day at ``spend`` USD a day.

    Raises:
        WorldError: the world has no such cell.
    """
    if cell not in world.truth:
        raise WorldError(f"The world has no cell {' → '.join(cell)}.")
    curve = world.truth[cell]
    amount = np.asarray(spend, dtype=np.float64)
    return curve.beta * amount / (curve.k + amount)


def plan_margin(*, world: World, spend: Mapping[Path, float]) -> float:
    """Incremental margin a day (USD, gross of ad spend) that a split in USD a day would really bring."""
    return sum(
        world.truth[path].margin_rate * float(true_response(world=world, cell=path, spend=amount))
        for path, amount in spend.items()
    )


def true_optimum(
    *, world: World, budget: float, cells: tuple[Cell, ...], caps: Mapping[Path, float] | None = None
) -> Optimum:
    """Split ``budget`` (USD a day) over ``cells`` for the highest true incremental margin.

    Equal marginal margin λ wherever money goes: x = clip(√(w·β·k/λ) − k, 0, cap); λ is found by bisection
    (Boyd & Vandenberghe, Convex Optimization, 5.5.3). With caps that sum to less than the budget, every cap is filled.
    """
    paths = [cell.path for cell in cells]
    curves = [world.truth[path] for path in paths]
    k = np.array([curve.k for curve in curves])
    slope = np.array([curve.margin_rate * curve.beta / curve.k for curve in curves])
    limits = np.array([(caps or {}).get(path, budget) for path in paths])

    def split(price: float) -> NDArray[np.float64]:
        return np.clip(k * (np.sqrt(slope / price) - 1.0), 0.0, limits)

    low, high = 1e-12, float(slope.max())
    for _ in range(BISECTIONS):
        middle = np.sqrt(low * high)
        low, high = (middle, high) if split(middle).sum() > budget else (low, middle)
    spend = dict(zip(paths, split(high).tolist(), strict=True))
    return Optimum(spend=spend, margin=plan_margin(world=world, spend=spend))
