"""Will the stock last through the flight?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.forecasting.history import ForecastRefused


@dataclass(frozen=True, kw_only=True)
class StockOutlook:
    """Stock over a flight.

    Attributes:
        probability: of being sold out on at least one day.
        first_day: median day of the first stock-out among futures that have one, counted from 1; None where none has.
        sellable: units that can be sold, mean over the futures.
        lost: units of demand that could not be served, mean.
        cover_days: days the stock lasts in the mean future, the horizon where it lasts longer.
    """

    probability: float
    first_day: int | None
    sellable: float
    lost: float
    cover_days: int


def stock_outlook(
    *, paths: NDArray[np.float64], on_hand: float, receipts: NDArray[np.float64] | None = None
) -> StockOutlook:
    """Run down the stock along every simulated future.

    Args:
        paths: demand in units, shape (n_paths, horizon).
        on_hand: units now.
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
    return StockOutlook(
        probability=float(out.mean()),
        first_day=int(np.median(first[out])) if out.any() else None,
        sellable=float(sold.mean()),
        lost=float((paths.sum(axis=1) - sold).mean()),
        cover_days=int(np.minimum(first - 1, horizon).mean()),
    )
