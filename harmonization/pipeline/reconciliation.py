"""Hold the source's own totals against the harmonized ones, per metric and day, and say why they differ."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, localcontext

import polars as pl

from harmonization.pipeline.result import ReconciliationLine
from harmonization.pipeline.source_audit import RECONCILED_FIELDS, RECONCILED_OUTCOMES, SourceReader, Totals
from harmonization.rmis.money import SMALLEST

METRICS = (*RECONCILED_FIELDS, *RECONCILED_OUTCOMES)
PRECISION = 60


def reconcile(
    *,
    source: Totals,
    rejected: Totals,
    daily: pl.DataFrame,
    reader: SourceReader,
    rows_by_day: Mapping[date | None, int],
) -> tuple[ReconciliationLine, ...]:
    """A line for each reconciled metric and day of the source or the facts.

    ``source`` holds every row of the file, ``rejected`` the rows that were not harmonized, ``rows_by_day`` how many
    rows of each day were kept: rounding of each can move a total by half a millionth.
    """
    harmonized = _harmonized(daily, metrics=[figure.metric for figure in reader.figures])
    keys = sorted(source.keys() | harmonized.keys(), key=lambda key: (METRICS.index(key[0]), key[1] or date.min))
    with localcontext() as context:
        context.prec = PRECISION
        return tuple(
            _line(
                metric=metric,
                day=day,
                source=source.get((metric, day), Decimal(0)),
                harmonized=harmonized.get((metric, day), Decimal(0)),
                rejected=rejected.get((metric, day), Decimal(0)),
                rounding=SMALLEST / 2 * rows_by_day.get(day, 0),
            )
            for metric, day in keys
        )


def _harmonized(daily: pl.DataFrame, *, metrics: list[str]) -> Totals:
    sums = daily.group_by("event_date").agg(pl.col(metric).cast(pl.Decimal(38, 6)).sum() for metric in metrics)
    return {
        (metric, row["event_date"]): row[metric] or Decimal(0)
        for row in sums.iter_rows(named=True)
        for metric in metrics
    }


def _line(
    *, metric: str, day: date | None, source: Decimal, harmonized: Decimal, rejected: Decimal, rounding: Decimal
) -> ReconciliationLine:
    difference = source - harmonized
    unexplained = difference - rejected
    reasons = []
    if rejected:
        reasons.append(f"rejected rows hold {rejected.normalize():f}")
    if unexplained and abs(unexplained) <= rounding:
        reasons.append("each row is rounded to a millionth")
    elif unexplained:
        reasons.append(f"not explained: {unexplained.normalize():f}")
    return ReconciliationLine(
        metric=metric,
        date=day,
        source=source,
        harmonized=harmonized,
        difference=difference,
        reason="; ".join(reasons),
    )
