"""Tomorrow's split of a day's money over cells, inside guardrails, and what such splits would have brought.

Thompson sampling over splits: each posterior draw has a best split inside the guardrails; their mean is the share of
each cell, and so the chance with which a unit of money goes there, which is logged as its propensity.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.bandits.daily_response import CellDays, DailyResponse, check_days, estimate_daily
from campaigns.bandits.decisions import BanditRefused
from campaigns.bandits.guardrails import project_shares, within_change

DRAWS, REPLAY_DRAWS = 400, 100
WEEK, LEAST_REPLAYED, LEAST_LEARNT = 7, 14, 28
BISECTIONS = 80

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class DailyRules:
    """Least and most share of a cell, and how much of its share it may gain or lose in a day."""

    floor: float = 0.0
    cap: float = 1.0
    change: float = 0.2


@dataclass(frozen=True, kw_only=True, eq=False)
class DailyShares:
    """Shares of a day's money by cell, shape (n_cells,).

    Attributes:
        current: of the last week.
        shares: proposed; the propensities to log.
        low, high: interval of the best share over the draws.
        marginal, marginal_low, marginal_high: value of one more unit of money at today's split.
        gain: mean and interval of what the proposed split brings more than today's, money a day.
        is_known: cells with enough days; others keep their share as nearly as the guardrails allow.
    """

    budget: float
    current: Floats
    shares: Floats
    low: Floats
    high: Floats
    marginal: Floats
    marginal_low: Floats
    marginal_high: Floats
    gain: tuple[float, float, float]
    is_known: NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class DailyReplay:
    """Splits as they would have been proposed, day by day, on days not learnt from.

    Attributes:
        days: how many were replayed.
        actual, replayed: value of each of them, shape (n_days,); what was, and the mean of what would have been.
        difference: mean and interval of the difference over all those days, money.
    """

    days: int
    actual: Floats
    replayed: Floats
    difference: tuple[float, float, float]

    @property
    def claim(self) -> str:
        """Better or worse only where the interval leaves zero out."""
        _, low, high = self.difference
        if low > 0:
            return "Daily reallocation would have brought more than what was done."
        if high < 0:
            return "Daily reallocation would have brought less than what was done."
        return "Not told apart from what was done."


def propose_daily(
    *,
    cells: Sequence[CellDays],
    rules: DailyRules,
    budget: float | None,
    confidence: float,
    rng: np.random.Generator,
) -> DailyShares:
    """Shares for the next day; ``budget`` None takes the mean of the last week.

    Raises BanditRefused where history is too short or no shares fit the guardrails.
    """
    check_days(cells=cells)
    recent = np.array([one.spend[-WEEK:].mean() for one in cells])
    amount = float(recent.sum()) if budget is None else budget
    _check(recent, amount, confidence)
    response = estimate_daily(cells=cells, draws=DRAWS, rng=rng)
    current = recent / recent.sum()
    best = _best_shares(response, current, rules, amount)
    shares = best.mean(axis=0)
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    low, high = np.quantile(best, tails, axis=0)
    marginal = response.marginal(current * amount)
    ends = np.quantile(marginal, tails, axis=0)
    gain = (response.brought(shares * amount) - response.brought(current * amount)).sum(axis=1)
    return DailyShares(
        budget=amount,
        current=current,
        shares=shares,
        low=low,
        high=high,
        marginal=marginal.mean(axis=0),
        marginal_low=ends[0],
        marginal_high=ends[1],
        gain=_mean_and_ends(gain, tails),
        is_known=response.is_known,
    )


def _check(recent: Floats, amount: float, confidence: float) -> None:
    if not 0.5 <= confidence < 1:
        raise BanditRefused("The confidence is out of range", "Give a share such as 0.9.", "confidence")
    if recent.sum() <= 0:
        raise BanditRefused("Nothing was spent", "No cell has spend in the last week.", "days")
    if not amount > 0 or not np.isfinite(amount):
        raise BanditRefused("There is no budget", "Give an amount over zero.", "budget")


def replay_daily(
    *, cells: Sequence[CellDays], rules: DailyRules, confidence: float, rng: np.random.Generator
) -> DailyReplay | None:
    """Each day of the second half split anew from the days before it, as if every proposal had been approved.

    What a split would have brought is what was brought, moved along each cell's response, which is estimated on the
    second half alone: nothing is judged by what it was learnt from. None with too few days.
    """
    days = cells[0].spend.size
    middle = max(LEAST_LEARNT, days // 2)
    if days - middle < LEAST_REPLAYED:
        return None
    judge = estimate_daily(cells=[one.since(middle) for one in cells], draws=DRAWS, rng=rng)
    spend, value = (np.stack([getattr(one, name) for one in cells], axis=1) for name in ("spend", "value"))
    week = spend[middle - WEEK : middle].sum(axis=0)
    shares = week / week.sum() if week.sum() > 0 else np.full(len(cells), 1 / len(cells))
    brought = []
    for day in range(middle, days):
        amount = float(spend[day].sum())
        if amount > 0:
            learnt = estimate_daily(cells=[one.until(day) for one in cells], draws=REPLAY_DRAWS, rng=rng)
            shares = _best_shares(learnt, shares, rules, amount).mean(axis=0)
        brought.append(_moved(judge, was=spend[day], value=value[day], spend=shares * amount))
    would, actual = np.stack(brought), value[middle:].sum(axis=1)
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    picked = rng.integers(0, len(would), size=(DRAWS, len(would)))
    differences = (would - actual[:, None])[picked, np.arange(DRAWS)[:, None]].sum(axis=1)
    mean = float((would.mean(axis=1) - actual).sum())
    _, low, high = _mean_and_ends(differences, tails)
    return DailyReplay(days=len(would), actual=actual, replayed=would.mean(axis=1), difference=(mean, low, high))


def _moved(judge: DailyResponse, *, was: Floats, value: Floats, spend: Floats) -> Floats:
    """A day's value at another split, shape (n_draws,); where nothing was spent, by the response alone."""
    ratio = np.divide(spend, was, out=np.ones_like(spend), where=was > 0)
    moved = np.where(was > 0, value * np.power(ratio, judge.elasticity), judge.brought(spend))
    total: Floats = moved.sum(axis=1)
    return total


def _best_shares(response: DailyResponse, current: Floats, rules: DailyRules, budget: float) -> Floats:
    """The best split of every draw inside the guardrails, shape (n_draws, n_cells).

    Value is concave, so marginal value is equal wherever no guardrail holds: x = u (V γ / (u λ))^(1/(1−γ)); λ is found
    by bisection on its logarithm, for all draws at once.
    """
    low, high = _bounds(current, rules)
    # As near to today as the guardrails allow; refuses guardrails that cannot be kept together.
    near = project_shares(wanted=current, low=low, high=high)
    low, high = (np.where(response.is_known, ends, near) for ends in (low, high))
    if response.is_known.sum() < 2:
        return np.repeat(near[None, :], len(response.value), axis=0)
    slope = np.log(response.value * response.elasticity / response.usual)
    bend = 1.0 / (1.0 - response.elasticity)
    bottom = np.full((len(slope), 1), slope.min() - 60.0)
    top = np.full((len(slope), 1), slope.max() + 60.0)
    for _ in range(BISECTIONS):
        price = (bottom + top) / 2
        asked = np.clip(_shares_at(price, slope, bend, response.usual / budget), low, high)
        is_over = asked.sum(axis=1, keepdims=True) > 1
        bottom, top = np.where(is_over, price, bottom), np.where(is_over, top, price)
    found: Floats = np.clip(_shares_at(top, slope, bend, response.usual / budget), low, high)
    found /= found.sum(axis=1, keepdims=True)  # the last of the bisection's error
    return found


def _bounds(current: Floats, rules: DailyRules) -> tuple[Floats, Floats]:
    """Least and most share of each cell tomorrow: one outside floor or cap moves there as the change limit lets it."""
    count = len(current)
    if rules.floor * count > 1 or rules.cap * count < 1:
        detail = f"{count} cells with at least {rules.floor:g} and at most {rules.cap:g} each cannot sum to one."
        raise BanditRefused("No shares fit the guardrails", detail, "guardrails")
    least, most = within_change(current=current, change=rules.change, low=np.zeros(count), high=np.ones(count))
    return np.clip(rules.floor, least, most), np.clip(rules.cap, least, most)


def _shares_at(price: Floats, slope: Floats, bend: Floats, usual: Floats) -> Floats:
    found: Floats = usual * np.exp(np.clip((slope - price) * bend, -700.0, 700.0))
    return found


def _mean_and_ends(values: Floats, tails: list[float]) -> tuple[float, float, float]:
    low, high = np.quantile(values, tails)
    return float(values.mean()), float(low), float(high)
