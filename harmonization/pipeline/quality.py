"""The quality report: how complete the kept rows are, which words were unknown, what was assumed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from harmonization.mapping.spec import Mapping
from harmonization.pipeline.cell_notes import cell_notes
from harmonization.pipeline.conversion import RAW
from harmonization.pipeline.invariants import check_invariants
from harmonization.pipeline.plan import HEADLINE_METRICS, Plan
from harmonization.pipeline.result import FieldCoverage, QualityReport, UnknownValue
from harmonization.pipeline.source_audit import SourceAudit
from harmonization.pipeline.staged_table import StagedTable
from harmonization.pipeline.time_notes import time_notes
from harmonization.rmis.registry import FIELDS, FieldType

MOST_UNKNOWN = 50
MOST_REASONS = 50


def quality_report(
    *,
    kept: pl.LazyFrame,
    daily: pl.DataFrame,
    mapping: Mapping,
    plan: Plan,
    table: StagedTable,
    audit: SourceAudit,
    rows_kept: int,
    rejected: Iterable[str],
) -> QualityReport:
    """Judge the kept rows and the daily facts made of them; ``rejected`` are the reasons of the others."""
    reasons = Counter(_kind_of(reason) for reason in rejected)
    first_date, last_date = _first_and_last_day(kept)
    currencies = tuple(kept.select(pl.col("currency").unique().sort()).collect()["currency"])
    return QualityReport(
        rows_read=rows_kept + sum(reasons.values()),
        rows_kept=rows_kept,
        rows_rejected=sum(reasons.values()),
        blank_rows=len(audit.blank),
        totals_rows=len(audit.totals_rows),
        format=table.format.value,
        encoding=table.encoding,
        separator=table.header.separator if table.format == "csv" else "",
        header_row=table.header.records_before + 1,
        first_date=first_date,
        last_date=last_date,
        currencies=currencies,
        coverage=_coverage(kept, plan=plan, rows_kept=rows_kept),
        unknown_values=_unknown_values(kept, plan=plan),
        invariants=check_invariants(kept=kept, plan=plan),
        unmapped_columns=plan.unmapped,
        ignored_columns=plan.ignored,
        reject_reasons=dict(reasons.most_common(MOST_REASONS)),
        notes=(
            *_notes(mapping, plan, currencies=currencies),
            *cell_notes(daily=daily, table=table),
            *time_notes(kept=kept, mapping=mapping, plan=plan),
        ),
    )


def _first_and_last_day(kept: pl.LazyFrame) -> tuple[date | None, date | None]:
    day = pl.col("event_date")
    first, last = kept.select(day.min().alias("first"), day.max().alias("last")).collect().row(0)
    return first, last


def _kind_of(reason: str) -> str:
    """A reason without the texts in it, so that alike ones are counted together."""
    first = reason.split("; ")[0]
    before, quote, after = first.partition("“")
    return before + "…" + after.partition("”")[2] if quote else first


def _coverage(kept: pl.LazyFrame, *, plan: Plan, rows_kept: int) -> tuple[FieldCoverage, ...]:
    sources = [(one.mapping.name, one.mapping.name, one.place) for one in plan.fields]
    sources += [(one.name, _outcome_words(plan, one.name), one.place) for one in plan.outcomes]
    if not sources:
        return ()
    counts = kept.select(pl.col([column for column, _, _ in sources]).count()).collect(engine="streaming")
    return tuple(
        FieldCoverage(
            field=field,
            column=plan.names[place],
            rows_filled=counts[column][0],
            share=round(counts[column][0] / rows_kept, 6) if rows_kept else 0.0,
        )
        for column, field, place in sources
    )


def _outcome_words(plan: Plan, name: str) -> str:
    mapping = next(one.mapping for one in plan.outcomes if one.name == name)
    qualifier = mapping.qualifier
    window = f"{qualifier.window_days}d" if qualifier.window_days is not None else None
    parts = (mapping.metric, window, qualifier.touch, qualifier.scope, qualifier.sales_channel)
    return " ".join(str(part) for part in parts if part)


def _unknown_values(kept: pl.LazyFrame, *, plan: Plan) -> tuple[UnknownValue, ...]:
    found: list[UnknownValue] = []
    for source in plan.fields:
        name = source.mapping.name
        if FIELDS[name].type is not FieldType.ENUM:
            continue
        word = pl.col(RAW.format(name))
        is_unknown = (word != "") & ~word.str.to_lowercase().is_in(list(source.mapping.values))
        counts = kept.filter(is_unknown).group_by(word.alias("value")).agg(pl.len().alias("rows"))
        rows = counts.sort(["rows", "value"], descending=[True, False]).head(MOST_UNKNOWN).collect()
        found += [
            UnknownValue(field=name, value=value, taken_as=source.mapping.otherwise, rows=count)
            for value, count in rows.iter_rows()
        ]
    return tuple(found)


def _notes(mapping: Mapping, plan: Plan, *, currencies: Sequence[str]) -> tuple[str, ...]:
    notes: list[str] = []
    if mapping.currency.is_assumed and plan.currency is None:
        notes.append(f"The file does not state its currency; {mapping.currency.code} is assumed.")
    missing = [metric for metric in HEADLINE_METRICS if metric not in plan.headline_outcomes]
    if missing and mapping.outcomes:
        notes.append(f"The file has no {', '.join(missing)} of the window shown; left empty, not zero.")
    if plan.headline is not None and plan.headline != mapping.headline[0]:
        notes.append(f"Daily facts show the {plan.headline.window_days}-day window, the best this file has.")
    if plan.headline is not None and plan.headline.window_days is None and plan.headline_outcomes:
        notes.append("The export does not state its attribution window.")
    if len(currencies) > 1:
        notes.append(f"The file mixes {', '.join(currencies)}; reconciliation adds the figures up as they stand.")
    if plan.unmapped:
        notes.append(f"{len(plan.unmapped)} columns are not known to the mapping and were not harmonized.")
    return tuple(notes)
