"""What one retailer's reports see of a world: a row a day for each item and placement."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.simulation.attribution import WINDOW_SHARES, Outcomes, credit_rows
from campaigns.simulation.goods import Sku
from campaigns.simulation.market import PROMO_PRICE, Market, make_market
from campaigns.simulation.retailers import RETAILERS, Retailer
from campaigns.simulation.world import Cell, World

CELL_NOISE = 0.07
PROMO_LIFT = 1.35
LOSS_WHEN_SOLD_OUT = 0.5

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Observed:
    """Rows of one retailer, ordered by day, item and placement; arrays of shape (rows,) unless said.

    Attributes:
        day, sku, placement, cell: indices into the world's days, ``skus``, the retailer's placements, ``cells``.
        cost_cents: ad spend in cents.
        incremental: USD the ads really caused; no report shows it.
        windows: attributed outcomes by window in days; the retailer's headline window holds 1 / incrementality times
            the incremental revenue in expectation.
    """

    retailer: Retailer
    skus: tuple[Sku, ...]
    cells: tuple[Cell, ...]
    day: Ints
    sku: Ints
    placement: Ints
    cell: Ints
    impressions: Ints
    clicks: Ints
    cost_cents: Ints
    price_cents: Ints
    promo: NDArray[np.bool_]
    stock: Ints
    incremental: Floats
    windows: Mapping[int, Outcomes]


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """Who is shown where, before anything is spent."""

    day: Ints
    sku: Ints
    placement: Ints
    cell: Ints


def observe(*, world: World, retailer_id: str) -> Observed:
    """Draw the reports of one retailer; the same world always gives the same rows."""
    retailer = RETAILERS[retailer_id]
    rng = world.generator(subject=retailer.number)
    skus = tuple(sku for sku in world.skus if retailer_id in sku.retailer_ids)
    cells = world.cells_at(retailer_ids=(retailer_id,))
    market = make_market(world=world, skus=list(skus), cells=cells, rng=rng)
    rows = _rows(world=world, retailer=retailer, skus=skus)
    clicks, impressions, cost_cents = _delivery(retailer=retailer, rows=rows, skus=skus, market=market, rng=rng)
    incremental = _incremental(
        world=world, rows=rows, cells=cells, market=market, clicks=clicks, cost_cents=cost_cents, rng=rng
    )
    list_cents = np.array([int(sku.price * 100) for sku in skus])[rows.sku]
    promo = market.promo[rows.day, rows.sku]
    price_cents = np.where(promo, np.rint(list_cents * PROMO_PRICE), list_cents).astype(np.int64)
    credit = credit_rows(
        incremental=incremental,
        incrementality=np.array([world.truth[cell.path].incrementality for cell in cells])[rows.cell],
        price_cents=price_cents,
        new_share=retailer.new_to_brand_share,
        rng=rng,
    )
    headline = WINDOW_SHARES[retailer.headline_days]
    return Observed(
        retailer=retailer,
        skus=skus,
        cells=cells,
        day=rows.day,
        sku=rows.sku,
        placement=rows.placement,
        cell=rows.cell,
        impressions=impressions,
        clicks=clicks,
        cost_cents=cost_cents,
        price_cents=price_cents,
        promo=promo,
        stock=market.stock[rows.day, rows.sku],
        incremental=incremental,
        windows={days: credit.within(share=share / headline) for days, share in WINDOW_SHARES.items()},
    )


def campaign_number(*, cell: Cell, digits: int) -> int:
    """A cell's campaign id as a number of so many digits: the same in every world."""
    digest = hashlib.sha256("/".join(cell.path).encode()).digest()
    floor = int(10 ** (digits - 1))
    return floor + int.from_bytes(digest[:8], "big") % (9 * floor)


def _rows(*, world: World, retailer: Retailer, skus: tuple[Sku, ...]) -> _Rows:
    """Every item every day, rotating through placements so that each cell shows items on each day."""
    places, shown = len(retailer.placements), retailer.placements_per_sku
    brands = np.array([world.brands.index(sku.brand) for sku in skus])
    rank = np.array([int((brands[:place] == brand).sum()) for place, brand in enumerate(brands)])
    day, sku, turn = (axis.ravel() for axis in np.indices((world.days, len(skus), shown)))
    step = 1 + (rank[sku] // places) % max(1, places - 1)
    placement = (rank[sku] + day + turn * step) % places
    return _Rows(day=day, sku=sku, placement=placement, cell=brands[sku] * places + placement)


def _delivery(
    *, retailer: Retailer, rows: _Rows, skus: tuple[Sku, ...], market: Market, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Clicks, impressions and cost in cents of each row. Sold-out items are not advertised; others take their share."""
    count = len(rows.day)
    popularity = np.array([sku.popularity for sku in skus])[rows.sku]
    in_stock = market.stock[rows.day, rows.sku] > 0
    weights = popularity * in_stock * rng.lognormal(0.0, 0.25, count)
    planned = market.budgets[rows.day, rows.cell] * _share(weights=weights, rows=rows, market=market)
    placements = retailer.placements
    cost_per_click = np.array([each.cost_per_click for each in placements])[rows.placement]
    cost_per_click = cost_per_click * rng.lognormal(0.0, 0.1, count)
    click_rate = np.array([each.click_rate for each in placements])[rows.placement] * rng.lognormal(0.0, 0.12, count)
    clicks = rng.poisson(planned / cost_per_click)
    unclicked = rng.poisson((clicks + in_stock) * (1 / click_rate - 1))
    cost_cents = np.rint(100 * clicks * cost_per_click).astype(np.int64)
    return clicks, clicks + unclicked, cost_cents


def _incremental(
    *,
    world: World,
    rows: _Rows,
    cells: tuple[Cell, ...],
    market: Market,
    clicks: Ints,
    cost_cents: Ints,
    rng: np.random.Generator,
) -> Floats:
    """Revenue the ads caused, USD by row: the cell's true curve at the day's spend, shared out by clicks."""
    spend = _by_cell_day(values=cost_cents / 100, rows=rows, market=market)
    sold_out = (market.stock[rows.day, rows.sku] == 0).astype(np.float64)
    lost = LOSS_WHEN_SOLD_OUT * _by_cell_day(values=sold_out, rows=rows, market=market)
    lost /= np.maximum(1.0, _by_cell_day(values=np.ones(len(sold_out)), rows=rows, market=market))
    curves = [world.truth[cell.path] for cell in cells]
    beta, k = np.array([curve.beta for curve in curves]), np.array([curve.k for curve in curves])
    noise = rng.lognormal(-(CELL_NOISE**2) / 2, CELL_NOISE, spend.shape)
    caused = market.demand[:, None] * beta * spend / (k + spend) * noise * (1 - lost)
    lift = np.where(market.promo[rows.day, rows.sku], PROMO_LIFT, 1.0)
    shares = _share(weights=clicks * lift, rows=rows, market=market)
    return np.asarray(caused[rows.day, rows.cell] * shares, dtype=np.float64)


def _by_cell_day(*, values: Floats, rows: _Rows, market: Market) -> Floats:
    """Sum of row values by day and cell, shape (days, cells)."""
    days, cells = market.budgets.shape
    sums = np.bincount(rows.day * cells + rows.cell, weights=values, minlength=days * cells)
    return np.asarray(sums.reshape(days, cells), dtype=np.float64)


def _share(*, weights: Floats, rows: _Rows, market: Market) -> Floats:
    """Each row's part of its cell and day (0 where the whole cell has no weight)."""
    totals = _by_cell_day(values=weights, rows=rows, market=market)[rows.day, rows.cell]
    shares = np.divide(weights, totals, out=np.zeros_like(totals), where=totals > 0)
    return np.asarray(shares, dtype=np.float64)
