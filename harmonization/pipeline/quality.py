"""The quality report: how complete the kept rows are, which words were unknown, what was assumed."""

from collections import Counter
from collections.abc import Iterable, Sequence

import polars as pl

from harmonization.comparison.vat import vat_label
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.cell_notes import cell_notes
from harmonization.pipeline.plan import HEADLINE_METRICS, Plan
from harmonization.pipeline.result import FieldCoverage, QualityReport
from harmonization.pipeline.source_audit import SourceAudit
from harmonization.pipeline.staged_table import StagedTable
from harmonization.pipeline.tallies import Tallies

MOST_REASONS = 50


def quality_report(
    *,
    daily: pl.DataFrame,
    tallies: Tallies,
    mapping: Mapping,
    plan: Plan,
    table: StagedTable,
    audit: SourceAudit,
    rejected: Iterable[str],
) -> QualityReport:
    """Judge the kept rows by their ``tallies`` and daily facts; ``rejected`` are the reasons of the others."""
    reasons = Counter(_kind_of(reason) for reason in rejected)
    rows_kept, currencies = tallies.rows, tallies.currencies
    days = [day for day in tallies.rows_by_day if day is not None]
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
        first_date=min(days, default=None),
        last_date=max(days, default=None),
        currencies=currencies,
        coverage=_coverage(tallies, plan=plan),
        unknown_values=tallies.unknown_values,
        invariants=tallies.invariants,
        unmapped_columns=plan.unmapped,
        ignored_columns=plan.ignored,
        reject_reasons=dict(reasons.most_common(MOST_REASONS)),
        notes=(
            *_notes(mapping, plan, currencies=currencies),
            *cell_notes(daily=daily, table=table),
            *tallies.time_notes,
        ),
    )


def _kind_of(reason: str) -> str:
    """A reason without the texts in it, so that alike ones are counted together."""
    first = reason.split("; ")[0]
    before, quote, after = first.partition("“")
    return before + "…" + after.partition("”")[2] if quote else first


def _coverage(tallies: Tallies, *, plan: Plan) -> tuple[FieldCoverage, ...]:
    sources = [(one.mapping.name, one.mapping.name, one.place) for one in plan.fields]
    sources += [(one.name, _outcome_words(plan, one.name), one.place) for one in plan.outcomes]
    return tuple(
        FieldCoverage(
            field=field,
            column=plan.names[place],
            rows_filled=tallies.filled[column],
            share=round(tallies.filled[column] / tallies.rows, 6) if tallies.rows else 0.0,
        )
        for column, field, place in sources
    )


def _outcome_words(plan: Plan, name: str) -> str:
    mapping = next(one.mapping for one in plan.outcomes if one.name == name)
    qualifier = mapping.qualifier
    window = f"{qualifier.window_days}d" if qualifier.window_days is not None else None
    parts = (mapping.metric, window, qualifier.touch, qualifier.scope, qualifier.sales_channel)
    return " ".join(str(part) for part in parts if part)


def _notes(mapping: Mapping, plan: Plan, *, currencies: Sequence[str]) -> tuple[str, ...]:
    notes: list[str] = []
    if mapping.currency.is_assumed and plan.currency is None:
        notes.append(f"The file does not state its currency; {mapping.currency.code} is assumed.")
    if mapping.vat_included is not None:
        notes.append(
            f"VAT in cost: {vat_label(included=mapping.vat_included, rate=mapping.vat_rate)}; kept as reported."
        )
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
