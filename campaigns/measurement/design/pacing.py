"""Budget pacing: days of more and less money in random order at the same total: what does the last money bring?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from campaigns.measurement.panel import InsufficientData, MeasurementRefused

WEEK, LEAST_PAIRS, LEAST_HISTORY = 7, 7, 28


@dataclass(frozen=True, kw_only=True, eq=False)
class PacingDesign:
    """A schedule of spend.

    Attributes:
        is_high: by day, shape (n_days,); each day's partner is the same weekday of the next or last week.
        spend: by day, in currency; sums to the days' usual budget.
        detectable_iroas: incremental outcome per unit of money that would be found with the power asked for.
        pair_error: standard error of a pair's difference, from history.
    """

    is_high: NDArray[np.bool_]
    spend: NDArray[np.float64]
    detectable_iroas: float
    pair_error: float


def design_pacing(
    *,
    outcome: NDArray[np.float64],
    periods: int,
    daily_budget: float,
    swing: float,
    alpha: float,
    power: float,
    rng: np.random.Generator,
) -> PacingDesign:
    """One day of each pair of same weekdays gets ``swing`` more than usual, the other as much less, by chance.

    The paired difference divided by the money between the two is the iROAS of money around the usual budget, not of all
    of it. Its error comes from the same differences in the history, where nothing was changed; carry-over from one
    day to the next makes what is found smaller than it is.

    Args:
        outcome: by day of the history, shape (n_days,).

    Raises MeasurementRefused for impossible wishes, InsufficientData where history or test are too short.
    """
    _check(periods=periods, daily_budget=daily_budget, swing=swing, alpha=alpha, power=power)
    if len(outcome) < LEAST_HISTORY:
        detail = f"{len(outcome)} days are there; {LEAST_HISTORY} suffice to see how days differ by themselves."
        raise InsufficientData("The history is too short", detail, "time")
    pairs = periods // (2 * WEEK) * WEEK
    differences = outcome[WEEK:] - outcome[:-WEEK]
    pair_error = float(differences.std(ddof=1))
    if pair_error == 0:
        raise InsufficientData("The outcome never varies", "Without variation no power can be given.", "outcome")
    reach = float(stdtrit(pairs - 1, 1 - alpha / 2) + stdtrit(pairs - 1, power))
    first = (rng.random(pairs) < 0.5).reshape(-1, WEEK)
    is_high = np.stack([first, ~first], axis=1).reshape(-1)
    return PacingDesign(
        is_high=is_high,
        spend=daily_budget * np.where(is_high, 1 + swing, 1 - swing),
        detectable_iroas=reach * pair_error / np.sqrt(pairs) / (2 * swing * daily_budget),
        pair_error=pair_error,
    )


def _check(*, periods: int, daily_budget: float, swing: float, alpha: float, power: float) -> None:
    if periods // (2 * WEEK) * WEEK < LEAST_PAIRS:
        detail = f"{periods} days hold no pair of whole weeks; {2 * LEAST_PAIRS} or more days do."
        raise InsufficientData("The test is too short", detail, "periods")
    if not daily_budget > 0 or not np.isfinite(daily_budget):
        raise MeasurementRefused("There is no budget", "Give the usual spend of a day.", "daily budget")
    if not 0 < swing <= 1:
        raise MeasurementRefused("The swing is out of range", "Give a share such as 0.3.", "swing")
    if not (0 < alpha < 1 and 0 < power < 1):
        raise MeasurementRefused("Alpha or power is out of range", "Give shares such as 0.1 and 0.8.", "alpha")
