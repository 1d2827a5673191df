"""Watched figures in words: metric names, values with their unit, ranges and odds."""

from math import ceil

NAMES = {
    "cost": "cost",
    "impressions": "impressions",
    "clicks": "clicks",
    "ctr": "click-through rate",
    "cpc": "cost per click",
    "roas": "return on spend",
    "facts": "number of rows",
}
RAREST = 1_000_000


def metric_in_words(metric: str) -> str:
    """``ctr`` as ``click-through rate``."""
    return NAMES.get(metric, metric.replace("_", " "))


def value_in_words(*, metric: str, value: float, currency: str) -> str:
    """The value with its unit: ``1,234.50 USD``, ``1.20 %``, ``3.21×``."""
    if metric in {"cost", "cpc", "revenue"}:
        return f"{value:,.2f} {currency}"
    if metric == "ctr":
        return f"{100 * value:,.2f} %"
    return f"{value:,.2f}×" if metric == "roas" else f"{value:,.0f}"


def expected_in_words(*, metric: str, low: float, high: float, currency: str) -> str:
    """The range in which 99 of 100 ordinary days lie."""
    lower, upper = (value_in_words(metric=metric, value=value, currency=currency) for value in (low, high))
    return f"{lower} to {upper}"


def odds_in_words(*, chance: float) -> str:
    """How seldom an ordinary day is this odd."""
    once_in = RAREST if chance <= 1 / RAREST else ceil(1 / chance)
    if once_in >= RAREST:
        return "less than once in a million ordinary days"
    size = 10 ** max(len(str(once_in)) - 2, 0)
    return f"about once in {once_in // size * size:,} ordinary days"
