"""Metrics derived from sums. They are never averaged and never taken from a source as truth.

Definitions: IAB/MRC Retail Media Measurement Guidelines, January 2024. Each is None where its divisor is zero.
"""

from decimal import Decimal


def ctr(*, clicks: Decimal | int, impressions: Decimal | int) -> Decimal | None:
    """Click-through rate: clicks per impression, a fraction."""
    return _ratio(clicks, impressions)


def cpc(*, cost: Decimal, clicks: Decimal | int) -> Decimal | None:
    """Cost per click, in the currency of ``cost``."""
    return _ratio(cost, clicks)


def cpm(*, cost: Decimal, impressions: Decimal | int) -> Decimal | None:
    """Cost of a thousand impressions, in the currency of ``cost``."""
    return _ratio(cost * 1000, impressions)


def roas(*, revenue: Decimal, cost: Decimal) -> Decimal | None:
    """Attributed revenue per unit of ad spend, both in one currency; meaningless without its window and touch."""
    return _ratio(revenue, cost)


def acos(*, revenue: Decimal, cost: Decimal) -> Decimal | None:
    """Advertising cost of sale: ad spend per unit of attributed revenue, the inverse of ROAS."""
    return _ratio(cost, revenue)


def cvr(*, orders: Decimal | int, clicks: Decimal | int) -> Decimal | None:
    """Conversion rate: attributed orders per click, a fraction."""
    return _ratio(orders, clicks)


def _ratio(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    return Decimal(part) / Decimal(whole) if whole else None
