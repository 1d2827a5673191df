"""Daily history of each cell: channel → retailer → placement → brand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

DEFAULT_MARGIN_RATE = 0.30
LEVELS = ("channel", "retailer", "placement", "brand")

Path = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class HistoryRow:
    """One day of one cell.

    Attributes:
        spend, revenue: money of one currency; ``revenue`` is what the retailer attributes to the ads.
        margin, margin_revenue: margin of the items whose margin rate is known, and the revenue it was earned on.
        view_revenue: part of ``revenue`` that is credited to views of an ad without a click.
        units: sold, as the retailer attributes them to the ads; 0 where the source does not say.
    """

    day: date
    path: Path
    retailer_name: str
    spend: float
    revenue: float
    orders: float
    margin: float
    margin_revenue: float
    view_revenue: float = 0.0
    units: float = 0.0


@dataclass(frozen=True, kw_only=True)
class PriceChange:
    """How today's price differs from that of the whole history.

    Attributes:
        ratio: mean price of the last weeks over that of all days.
        margin_before: margin rate at the usual price.
        elasticity: per cent of units for one per cent of price, with its 90 % interval; None where it is not known.
    """

    ratio: float
    margin_before: float
    elasticity: tuple[float, float, float] | None


@dataclass(frozen=True, kw_only=True)
class RunsOut:
    """One item that may sell out during the flight: its day with the 90 % interval; None where that lies after it."""

    item: str
    probability: float
    day: date | None
    low: date | None
    high: date | None


@dataclass(frozen=True, kw_only=True)
class StockRisk:
    """Of one brand at one retailer, over the flight.

    Attributes:
        probability: of an item being sold out on at least one day, mean over items by their revenue.
        stock_value: what the sellable stock would bring in revenue; None where the stock of some items is unknown.
        known_share: share of revenue whose items have a stock level and a forecast.
        cover_days: days the stock lasts in the mean future, by revenue; the flight where it lasts longer.
        running_out: the items likeliest to sell out, those that do first.
    """

    probability: float
    stock_value: float | None
    known_share: float
    cover_days: float
    running_out: tuple[RunsOut, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CellHistory:
    """Daily series of one cell over the whole window, days without rows as zeros.

    Attributes:
        spend, revenue: money per day, shape (n_days,).
        margin_rate: margin per unit of revenue, revenue-weighted over items with a known rate.
        margin_known_share: share of revenue whose margin rate is known (0: ``margin_rate`` is the default).
        view_share: share of revenue that is credited to views of an ad without a click.
        units: sold over the window, as attributed; 0 where no source says.
        promo, price, stock: share of items on promotion, their average price, share that could be bought; shape
            (n_days,), None where no source says.
        stock_risk: whether the items last through the flight; None where no stock level is known.
        price_change: where today's price differs from the usual one; ``margin_rate`` is then at today's.
    """

    path: Path
    retailer_name: str
    spend: NDArray[np.float64]
    revenue: NDArray[np.float64]
    orders: float
    margin_rate: float
    margin_known_share: float
    view_share: float = 0.0
    units: float = 0.0
    promo: NDArray[np.float64] | None = None
    price: NDArray[np.float64] | None = None
    stock: NDArray[np.float64] | None = None
    stock_risk: StockRisk | None = None
    price_change: PriceChange | None = None

    @property
    def key(self) -> str:
        return "/".join(self.path)

    @property
    def unit_price(self) -> float | None:
        """Attributed revenue of one unit; None where no units are known."""
        return self.total_revenue / self.units if self.units > 0 and self.total_revenue > 0 else None

    @property
    def total_spend(self) -> float:
        return float(self.spend.sum())

    @property
    def total_revenue(self) -> float:
        return float(self.revenue.sum())


def cell_histories(*, rows: Iterable[HistoryRow], start: date, end: date) -> tuple[CellHistory, ...]:
    """Series per cell from ``start`` to ``end``, both included, ordered by path; rows of other days are ignored."""
    days = (end - start).days + 1
    by_path: dict[Path, list[HistoryRow]] = defaultdict(list)
    for row in rows:
        if start <= row.day <= end:
            by_path[row.path].append(row)
    return tuple(_cell(path=path, rows=by_path[path], start=start, days=days) for path in sorted(by_path))


def _cell(*, path: Path, rows: list[HistoryRow], start: date, days: int) -> CellHistory:
    spend, revenue = np.zeros(days), np.zeros(days)
    for row in rows:
        spend[(row.day - start).days] += row.spend
        revenue[(row.day - start).days] += row.revenue
    known = sum(row.margin_revenue for row in rows)
    total = float(revenue.sum())
    return CellHistory(
        path=path,
        retailer_name=rows[-1].retailer_name,
        spend=spend,
        revenue=revenue,
        orders=sum(row.orders for row in rows),
        margin_rate=sum(row.margin for row in rows) / known if known > 0 else DEFAULT_MARGIN_RATE,
        margin_known_share=min(1.0, known / total) if total > 0 else 0.0,
        view_share=min(1.0, sum(row.view_revenue for row in rows) / total) if total > 0 else 0.0,
        units=sum(row.units for row in rows),
    )
