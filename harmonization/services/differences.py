"""Why a figure differs from the console: the one door for page, API and command."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from harmonization.monitoring.differences import Explanation, explain_gap
from harmonization.selectors.day_difference import METRICS, DayDifference, ReasonLine, day_difference


class DifferenceRefused(Exception):
    """There is no such figure: what, where and what to ask for instead."""

    def __init__(self, *, title: str, detail: str, where: str, fix: str) -> None:
        super().__init__(detail)
        self.title, self.detail, self.where, self.fix = title, detail, where, fix


@dataclass(frozen=True, kw_only=True)
class ExplainedDifference:
    """The file's total beside ours with the reasons known; ``explanation`` only where a console's figure was given."""

    metric: str
    currency: str
    source: Decimal | None
    harmonized: Decimal
    difference: Decimal | None
    lines: tuple[ReasonLine, ...]
    explanation: Explanation | None


def explain_difference(
    *, retailer_id: str, day: date, metric: str, console: Decimal | None = None
) -> ExplainedDifference:
    """Explain one metric of one source's day. Raises DifferenceRefused where there is no such figure."""
    if metric not in METRICS:
        raise DifferenceRefused(
            title="There is no such metric",
            detail=f"“{metric}” is none of {', '.join(METRICS)}.",
            where="metric",
            fix="Ask for one of them.",
        )
    found: DayDifference | None = day_difference(retailer_id=retailer_id, day=day, metric=metric)
    if found is None:
        raise DifferenceRefused(
            title="There is no data on that day",
            detail=f"No file holds {day} of “{retailer_id}”.",
            where="retailer, day",
            fix="Look at the calendar for the days and sources there are.",
        )
    return ExplainedDifference(
        metric=found.metric,
        currency=found.currency,
        source=found.source,
        harmonized=found.harmonized,
        difference=found.difference,
        lines=found.lines,
        explanation=None if console is None else explain_gap(console=console, evidence=found.evidence),
    )
