"""The market around the ads of one retailer: seasons, weekdays, promotions, stock, and budgets week by week."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.simulation.goods import Sku
from campaigns.simulation.world import Cell, World

WEEKDAYS = np.array([0.95, 0.94, 0.95, 0.98, 1.05, 1.10, 1.03])
SEASON_SWING = 0.07
LEAST_WEEK, MOST_WEEK = 0.5, 1.9
PROMO_PRICE, PROMO_CHANCE = 0.8, 0.07
OUT_OF_STOCK_CHANCE, LONGEST_OUTAGE = 0.006, 6

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Market:
    """What surrounds the ads of one retailer.

    Attributes:
        demand: multiplier of response, mean 1, shape (days,).
        budgets: planned spend in USD, shape (days, cells).
        promo: whether an item is on promotion, shape (days, skus).
        stock: units on hand, 0 when sold out, shape (days, skus).
    """

    demand: Floats
    budgets: Floats
    promo: NDArray[np.bool_]
    stock: NDArray[np.int64]


def make_market(*, world: World, skus: list[Sku], cells: tuple[Cell, ...], rng: np.random.Generator) -> Market:
    """Draw the market of one retailer over the world's days."""
    weeks = -(-world.days // 7)
    promo_weeks = rng.random((weeks, len(skus))) < PROMO_CHANCE
    demand = _demand(world=world, rng=rng)
    budgets = _budgets(days=world.days, weeks=weeks, cells=cells, rng=rng)
    return Market(
        demand=demand,
        budgets=budgets * demand[:, None] ** world.confounding,
        promo=np.repeat(promo_weeks, 7, axis=0)[: world.days],
        stock=_stock(days=world.days, popularity=np.array([sku.popularity for sku in skus]), rng=rng),
    )


def _demand(*, world: World, rng: np.random.Generator) -> Floats:
    days = np.arange(world.days)
    year = 2 * np.pi * (world.start.timetuple().tm_yday + days) / 365.25
    season = 1 + SEASON_SWING * np.sin(year + rng.uniform(0, 2 * np.pi))
    demand = season * WEEKDAYS[(world.start.weekday() + days) % 7]
    return np.asarray(demand / demand.mean(), dtype=np.float64)


def _budgets(*, days: int, weeks: int, cells: tuple[Cell, ...], rng: np.random.Generator) -> Floats:
    """Budgets that differ week by week by a factor of 2 or more, so that response can be told from noise.

    The levels are stratified: every cell visits the whole range, in an order of its own.
    """
    order = np.argsort(rng.random((weeks, len(cells))), axis=0)
    place = (order + rng.random((weeks, len(cells)))) / weeks
    levels = LEAST_WEEK * (MOST_WEEK / LEAST_WEEK) ** place
    levels /= levels.mean(axis=0)
    pacing = rng.lognormal(0.0, 0.06, (days, len(cells)))
    usual = np.array([cell.usual_spend for cell in cells])
    return np.asarray(np.repeat(levels, 7, axis=0)[:days] * pacing * usual, dtype=np.float64)


def _stock(*, days: int, popularity: Floats, rng: np.random.Generator) -> NDArray[np.int64]:
    shape = (days, len(popularity))
    starts = rng.random(shape) < OUT_OF_STOCK_CHANCE
    lengths = rng.integers(1, LONGEST_OUTAGE + 1, shape)
    out = np.zeros(shape, dtype=np.bool_)
    for lag in range(LONGEST_OUTAGE):
        out[lag:] |= (starts & (lengths > lag))[: days - lag]
    on_hand = 1 + rng.poisson(120 * popularity, shape)
    return np.where(out, 0, on_hand).astype(np.int64)
