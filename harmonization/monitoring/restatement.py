"""Judge whether a restated day may be a partial file: the new version holds far less than the old one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

FEWEST_ROWS = 4
LEAST_SHARE = Decimal("0.5")


@dataclass(frozen=True, kw_only=True)
class Restated:
    """One campaign's day before and after.

    Attributes:
        campaign: its name, or whatever stands in place of one; shown to people.
        rows_before, rows_after: items of the campaign's day.
        cost_before, cost_after: in ``currency``.
        currency: empty where either side mixes currencies or they differ; costs are then not compared.
    """

    campaign: str
    rows_before: int
    rows_after: int
    cost_before: Decimal
    cost_after: Decimal
    currency: str


def shrinkage(*, restated: Sequence[Restated]) -> str:
    """Why the new version of a day looks like part of it, in a sentence; empty where it does not.

    A campaign's day is suspicious when fewer than half of its rows (of four or more) or of its cost are left. Losing
    rows of a campaign is what a partial export does; a correction changes figures and keeps the rows. A day without
    any of the campaigns it restates is no restatement: campaigns that are absent from the file are left alone.
    """
    lines = [line for one in restated if (line := _line(one))]
    if not lines:
        return ""
    more = f"; and {len(lines) - 2} more campaigns" if len(lines) > 2 else ""
    return "; ".join(lines[:2]) + more


def _line(one: Restated) -> str:
    name = f"“{one.campaign}”" if one.campaign else "the day without a campaign"
    if one.rows_before >= FEWEST_ROWS and one.rows_after < LEAST_SHARE * one.rows_before:
        return f"{name} would go from {one.rows_before:,} rows to {one.rows_after:,}"
    if one.currency and one.cost_before > 0 and one.cost_after < LEAST_SHARE * one.cost_before:
        return f"cost of {name} would go from {one.cost_before:,.2f} to {one.cost_after:,.2f} {one.currency}"
    return ""
