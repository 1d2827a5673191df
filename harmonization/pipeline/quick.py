"""Harmonize a clean text in one streaming pass: the reader parses, one plan converts, writes and adds everything up.

Whatever is not clean — a cell that does not parse, a row of another length, a quote out of place, a blank line — makes
the pass worthless, and the caller goes the exact way row by row. Nothing is rejected or guessed here.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from harmonization.mapping.refusal import FileLimits
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.conversion import RAW
from harmonization.pipeline.daily_facts import daily_facts
from harmonization.pipeline.event_rows import event_rows
from harmonization.pipeline.harmonized import Harmonized
from harmonization.pipeline.invariants import first_broken, judged
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.quick_columns import quick_columns
from harmonization.pipeline.quick_pass import (
    BAD,
    EMPTY_ENDS,
    Pass,
    counts_of,
    groups_of,
    lay_pass,
    sources_of,
)
from harmonization.pipeline.quick_source import DAY, DOUBT, ROWS, regrouped, source_totals
from harmonization.pipeline.reporting_currency import Reporting
from harmonization.pipeline.source_audit import SourceAudit, SourceReader
from harmonization.pipeline.staged_table import StagedTable
from harmonization.pipeline.tallies import Tallies, counted_columns, unknown_values
from harmonization.pipeline.text_shape import rows_are_whole
from harmonization.pipeline.time_notes import time_notes
from harmonization.pipeline.writing import Datasets, dataset_sink, stored_name

ONE_PASS_BYTES = 1 << 29


@dataclass(frozen=True, kw_only=True)
class QuickRead:
    """What a pass over clean rows found; they lie where its sink has written them."""

    way: Pass
    groups: pl.DataFrame
    sources: pl.DataFrame
    counts: pl.DataFrame


def harmonize_quickly(
    *,
    table: StagedTable,
    mapping: Mapping,
    plan: Plan,
    reader: SourceReader,
    source_file_id: str,
    folder: Path,
    limits: FileLimits,
    reporting: Reporting | None = None,
) -> Harmonized | None:
    """Write a clean file's rows below ``folder``; None where it is not clean, or its layout does not allow it."""
    name = stored_name(source_file_id=source_file_id, mapping=mapping)
    folder = folder / Datasets.EVENTS

    def sink(way: Pass) -> pl.LazyFrame:
        rows = event_rows(kept=way.kept, mapping=mapping, plan=plan, source_file_id=source_file_id, reporting=reporting)
        return dataset_sink(rows=rows, folder=folder, name=name)

    read = read_quickly(table=table, mapping=mapping, plan=plan, reader=reader, sink=sink, folder=folder, limits=limits)
    return None if read is None else _added_up(read)


def read_quickly(
    *,
    table: StagedTable,
    mapping: Mapping,
    plan: Plan,
    reader: SourceReader,
    sink: Callable[[Pass], pl.LazyFrame],
    folder: Path,
    limits: FileLimits,
) -> QuickRead | None:
    """One pass over clean rows, which ``sink`` writes below ``folder``; None, and nothing there, for any others."""
    if not _may_be_quick(table, plan):
        return None
    try:
        columns = quick_columns(table=table, plan=plan, reader=reader)
    except pl.exceptions.PolarsError:
        return None
    way = lay_pass(table, mapping=mapping, plan=plan, reader=reader, columns=columns)
    try:
        read = _collected(way, sink=sink(way))
    except pl.exceptions.PolarsError:
        read = None
    if read is None or not _is_clean(read, folder=folder, limits=limits):
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return read


def _collected(way: Pass, *, sink: pl.LazyFrame) -> QuickRead:
    """Everything in one pass; where the source is grouped apart, a large file in two.

    Polars runs one grouping of a pass at a time, and all rows wait in memory for the next one.
    """
    frames = [sink, counts_of(way), groups_of(way)]
    if way.days_are_few:
        _, counts, groups = pl.collect_all(frames, engine="streaming")
        sources = regrouped(groups, reader=way.reader)
    elif way.table.path.stat().st_size <= ONE_PASS_BYTES:
        _, counts, groups, sources = pl.collect_all([*frames, sources_of(way)], engine="streaming")
    else:
        _, counts, groups = pl.collect_all(frames, engine="streaming")
        sources = sources_of(way).collect(engine="streaming")
    return QuickRead(way=way, groups=groups, sources=sources, counts=counts)


def _may_be_quick(table: StagedTable, plan: Plan) -> bool:
    shape = table.shape
    return (
        shape is not None
        and shape.path == table.path
        and not shape.has_lone_returns
        and not shape.has_long_lines
        and not table.names_rows
        and not table.unreadable
        and plan.unique is None
        and plan.field_named("event_date") is not None
        and table.header.width == len(table.header.names)
    )


def _is_clean(read: QuickRead, *, folder: Path, limits: FileLimits) -> bool:
    """Whether every row was read and written as the exact way would do it."""
    way, groups, sources, counts = read.way, read.groups, read.sources, read.counts
    if counts.is_empty() or not 0 < counts["rows"][0] <= limits.rows:
        return False
    row = counts.row(0, named=True)
    doubts = [DOUBT.format(figure.metric) for figure in way.reader.figures]
    doubts += [BAD.format(number) for number in range(len(way.conversion.problems))]
    if any(row.get(name) for name in doubts) or groups[ROWS].sum() != row["rows"] or sources[ROWS].sum() != row["rows"]:
        return False
    texts = way.columns.texts()
    if (texts.str.strip_chars() != texts).any() or texts.str.contains('"', literal=True).any():
        return False
    return (
        _words_are_known(way, groups=groups)
        and not _has_totals(way, sources=sources)
        and rows_are_whole(way.table, rows=row["rows"], empty_ends=row[EMPTY_ENDS])
        and _rows_in(folder) == row["rows"]
    )


def _words_are_known(way: Pass, *, groups: pl.DataFrame) -> bool:
    """Whether each word means to the pass what it means to the mapping."""
    for source in way.plan.fields:
        raw, mapping = RAW.format(source.mapping.name), source.mapping
        if raw not in groups.columns or source.place not in way.columns.kinds:
            continue
        seen = groups.select(pl.col(raw).cast(pl.String), pl.col(mapping.name).cast(pl.String)).unique()
        for word, value in seen.iter_rows():
            if value != (mapping.values.get((word or "").lower(), mapping.otherwise) or None):
                return False
    return True


def _has_totals(way: Pass, *, sources: pl.DataFrame) -> bool:
    """Whether a first cell may mark a row of totals; days that could be read are looked at where they stand there."""
    if not way.mapping.totals:
        return False
    if way.reader.day_place == 0:
        first = sources[DAY]
    else:
        first = way.raw.select(pl.col("c0").cast(pl.String).unique()).collect(engine="streaming")["c0"]
    return any((text or "").strip().lower().startswith(way.mapping.totals) for text in first)


def _rows_in(folder: Path) -> int:
    files = sorted(folder.rglob("*.parquet"))
    return int(pl.scan_parquet(files, glob=False).select(pl.len()).collect().item()) if files else 0


def _added_up(read: QuickRead) -> Harmonized:
    way, groups, counts = read.way, read.groups, read.counts
    texts = [name for name, kind in groups.schema.items() if isinstance(kind, pl.Categorical)]
    kept = groups.lazy().with_columns(
        *(pl.col(name).cast(pl.String) for name in texts),
        *(pl.lit(value).alias(name) for name, value in way.constants.items()),
    )
    row = counts.row(0, named=True)
    if any(row[f"broken_{number}"] for number in range(len(way.rules))):
        firsts = way.kept.select(first_broken(rules=way.rules)).collect(engine="streaming")
        row |= firsts.row(0, named=True)
    rows, month = pl.col(ROWS).sum(), pl.col("event_date").dt.truncate("1mo")
    tallies = Tallies(
        rows=row["rows"],
        rows_by_day=dict(kept.group_by("event_date").agg(rows).collect().iter_rows()),
        partitions=int(kept.select("retailer_id", month).unique().select(pl.len()).collect().item()),
        currencies=tuple(kept.select(pl.col("currency").unique().sort()).collect()["currency"]),
        filled={name: row[f"filled_{name}"] for name in counted_columns(plan=way.plan)},
        unknown_values=unknown_values(kept=kept, plan=way.plan, rows=rows),
        invariants=judged(rules=way.rules, counts=row) if way.rules else (),
        time_notes=time_notes(kept=way.kept, mapping=way.mapping, plan=way.plan),
    )
    daily = daily_facts(kept=kept, plan=way.plan)
    return Harmonized(table=way.table, audit=quick_audit(read), daily=daily, tallies=tallies, reasons={})


def quick_audit(read: QuickRead) -> SourceAudit:
    """What the source holds, of a text in which every line is a clean row."""
    return SourceAudit(
        rows=read.counts["rows"][0],
        blank=(),
        totals_rows=(),
        ragged={},
        totals=source_totals(read.sources, reader=read.way.reader),
        has_quotes=False,
    )
