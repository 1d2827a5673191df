"""Columns that an export suddenly leaves empty or out, beside the import of the same layout before it."""

from collections.abc import Mapping
from datetime import date

from harmonization.monitoring.finding import Finding, FindingKind

WAS_FULL, IS_EMPTY = 0.9, 0.5


def lost_fields(*, before: Mapping[str, float], after: Mapping[str, float], event_date: date) -> tuple[Finding, ...]:
    """Fields that nearly all rows carried and fewer than half do now; both map fields to the share of rows filled."""
    return tuple(
        Finding(
            kind=FindingKind.FIELD_LOST,
            event_date=event_date,
            metric=field,
            summary=f"{field} is {'absent' if field not in after else 'mostly empty'} in the newest file",
            observed=f"{100 * after.get(field, 0.0):.0f} % of rows",
            expected=f"about {100 * share:.0f} % of rows, as in the file before",
            cause="The export was set up with other columns, or the network renamed one.",
            advice="Compare the columns of both files; add the new name to the mapping, or export again.",
        )
        for field, share in before.items()
        if share >= WAS_FULL and after.get(field, 0.0) < IS_EMPTY
    )
