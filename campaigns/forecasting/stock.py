"""Will the stock last through the flight?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.forecasting.history import ForecastRefused

Ends = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class StockOutlook:
    """Stock over a flight; every interval holds the same share of the futures.

    Attributes:
        probability: of being sold out on at least one day.
        first_day: median day of the first stock-out among futures that have one, counted from 1; None where none has.
        runs_out: low end, median and high end of that day over all futures; None where it lies after the horizon.
        sellable: units that can be sold, mean over the futures.
        lost: units of demand that could not be served, mean.
        cover_days: days the stock lasts in the mean future, the horizon where it lasts longer.
    """

    probability: float
    first_day: int | None
    runs_out: tuple[int | None, int | None, int | None]
    sellable: float
    sellable_interval: Ends
    lost: float
    lost_interval: Ends
    cover_days: int
    cover_interval: Ends


def stock_outlook(
    *,
    paths: NDArray[np.float64],
    on_hand: float,
    receipts: NDArray[np.float64] | None = None,
    confidence: float = 0.9,
) -> StockOutlook:
    """Run down the stock along every simulated future.

    Args:
        paths: demand in units, shape (n_paths, horizon).
        receipts: units arriving before each day, shape (horizon,).

    Raises ForecastRefused for negative stock.
    """
    horizon = paths.shape[1]
    arriving = np.zeros(horizon) if receipts is None else receipts
    if on_hand < 0 or len(arriving) != horizon or np.any(arriving < 0):
        raise ForecastRefused("The stock is impossible", "Stock and receipts are zero or more, one a day.", "on_hand")
    stock = np.full(len(paths), float(on_hand))
    sold, first = np.zeros(len(paths)), np.full(len(paths), horizon + 1)
    for day in range(horizon):
        stock = stock + arriving[day]
        served = np.minimum(stock, paths[:, day])
        is_short = served < paths[:, day] - 1e-9
        first = np.where(is_short, np.minimum(first, day + 1), first)
        stock, sold = stock - served, sold + served
    out = first <= horizon
    lost, cover = paths.sum(axis=1) - sold, np.minimum(first - 1, horizon)
    return StockOutlook(
        probability=float(out.mean()),
        first_day=int(np.median(first[out])) if out.any() else None,
        runs_out=_days(first, horizon, confidence),
        sellable=float(sold.mean()),
        sellable_interval=_ends(sold, confidence),
        lost=float(lost.mean()),
        lost_interval=_ends(lost, confidence),
        cover_days=int(cover.mean()),
        cover_interval=_ends(cover, confidence),
    )


def _ends(values: NDArray[np.floating] | NDArray[np.integer], confidence: float) -> Ends:
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _days(first: NDArray[np.integer], horizon: int, confidence: float) -> tuple[int | None, int | None, int | None]:
    """Days that futures really have, no means between two; after the horizon nothing is claimed."""
    ends = np.quantile(first, [(1 - confidence) / 2, 0.5, (1 + confidence) / 2], method="inverted_cdf")
    low, middle, high = (int(day) if day <= horizon else None for day in ends)
    return low, middle, high
