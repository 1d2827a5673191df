"""Harmonize a clean text in one streaming pass: the reader parses, one plan converts, writes and adds everything up.

Whatever is not clean — a cell that does not parse, a row of another length, a quote out of place, a blank line — makes
the pass worthless, and the caller goes the exact way row by row. Nothing is rejected or guessed here.
"""

import shutil
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from harmonization.mapping.refusal import FileLimits
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.conversion import RAW, compile_conversion
from harmonization.pipeline.daily_facts import COUNTS, KEYS, NAMES, daily_facts
from harmonization.pipeline.event_rows import event_rows
from harmonization.pipeline.harmonized import Harmonized
from harmonization.pipeline.invariants import Rule, first_broken, invariant_rules, judged, rule_counts
from harmonization.pipeline.numbers import constants
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.problems import Conversion
from harmonization.pipeline.quick_columns import QuickColumns, quick_columns
from harmonization.pipeline.quick_source import DOUBT, TEXT, source_doubts, source_groups, source_totals
from harmonization.pipeline.reporting_currency import Reporting
from harmonization.pipeline.source_audit import SourceAudit, SourceReader
from harmonization.pipeline.staged_table import StagedTable
from harmonization.pipeline.tallies import Tallies, counted_columns, unknown_values
from harmonization.pipeline.text_shape import rows_are_whole
from harmonization.pipeline.time_notes import time_notes
from harmonization.pipeline.writing import Datasets, dataset_sink, stored_name
from harmonization.rmis.registry import FIELDS, FieldType

ROWS, BAD, EMPTY_ENDS = "__rows", "__bad_{}", "__empty_ends"
ONE_PASS_BYTES = 1 << 29


@dataclass(frozen=True, kw_only=True)
class Pass:
    """The plan of one pass.

    Attributes:
        constants: columns of converted rows that are the same in all rows.
    """

    table: StagedTable
    mapping: Mapping
    plan: Plan
    reader: SourceReader
    columns: QuickColumns
    conversion: Conversion
    rules: tuple[Rule, ...]
    raw: pl.LazyFrame
    kept: pl.LazyFrame
    constants: Dictionary[str, Any]


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
    if not _may_be_quick(table, plan):
        return None
    folder = folder / Datasets.EVENTS
    try:
        columns = quick_columns(table=table, plan=plan, reader=reader)
    except pl.exceptions.PolarsError:
        return None
    way = lay_pass(table, mapping=mapping, plan=plan, reader=reader, columns=columns)
    name = stored_name(source_file_id=source_file_id, mapping=mapping)
    source = source_groups(rows=way.kept, reader=reader, table=table, numbers=way.columns.kinds.keys())
    try:
        rows = event_rows(kept=way.kept, mapping=mapping, plan=plan, source_file_id=source_file_id, reporting=reporting)
        sink = dataset_sink(rows=rows, folder=folder, name=name)
        _, groups, sources, counts = _collected([sink, _groups(way), source, _counts(way)], path=table.path)
    except pl.exceptions.PolarsError:
        groups = sources = counts = pl.DataFrame()
    if not _is_clean(way, counts=counts, groups=groups, sources=sources, folder=folder, limits=limits):
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return _added_up(way, groups=groups, sources=sources, counts=counts)


def _collected(frames: list[pl.LazyFrame], *, path: Path) -> list[pl.DataFrame]:
    """The frames in one pass; of a large file in a pass each, as rows wait for the slowest frame of a pass."""
    if path.stat().st_size <= ONE_PASS_BYTES:
        return pl.collect_all(frames, engine="streaming")
    return [frame.collect(engine="streaming") for frame in frames]


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


def lay_pass(table: StagedTable, *, mapping: Mapping, plan: Plan, reader: SourceReader, columns: QuickColumns) -> Pass:
    """The plan that reads and converts the rows of a table."""
    conversion = compile_conversion(mapping=mapping, plan=plan, cells=columns.cells(table))
    raw = columns.scan(table)
    fixed = constants(conversion.values)
    return Pass(
        table=table,
        mapping=mapping,
        plan=plan,
        reader=reader,
        columns=columns,
        conversion=conversion,
        rules=invariant_rules(plan=plan, present={value.meta.output_name() for value in conversion.values}),
        raw=raw,
        kept=raw.with_columns(_as_category(value, fixed=fixed) for value in conversion.values),
        constants=fixed,
    )


def _as_category(value: pl.Expr, *, fixed: Dictionary[str, Any]) -> pl.Expr:
    """A text that is the same in all rows as a category, which is far cheaper to carry along."""
    name = value.meta.output_name()
    constant = fixed.get(name)
    return pl.lit(constant, dtype=pl.Categorical).alias(name) if isinstance(constant, str) else value


def _groups(way: Pass) -> pl.LazyFrame:
    """Rows of one key, one set of names and the same words added up: what daily facts and tallies are made of."""
    present = {value.meta.output_name() for value in way.conversion.values}
    words = [name for name in present if name.startswith(RAW.format(""))]
    derived = [word.removeprefix(RAW.format("")) for word in words]
    keys = [
        name
        for name in (*KEYS, *NAMES, *words)
        if name in present and name not in way.constants and name not in derived
    ]
    sums = (*COUNTS, "cost", *(one.name for one in way.plan.headline_outcomes.values()))
    return way.kept.group_by(keys).agg(
        pl.len().alias(ROWS),
        *(pl.col(name).first() for name in derived),
        *(
            pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name)
            for name in dict.fromkeys(sums)
            if name in present
        ),
    )


def _counts(way: Pass) -> pl.LazyFrame:
    return way.kept.select(
        pl.len().alias("rows"),
        _is_empty(way, place=len(way.table.header.names) - 1).sum().alias(EMPTY_ENDS),
        *(one.holds.any().alias(BAD.format(number)) for number, one in enumerate(way.conversion.problems)),
        *source_doubts(reader=way.reader, numbers=way.columns.kinds.keys(), fine=way.columns.fine),
        *(pl.col(name).count().alias(f"filled_{name}") for name in counted_columns(plan=way.plan)),
        *(pl.col(name).unique().implode().alias(f"texts_{name}") for name in _loose_categories(way)),
        *rule_counts(rules=way.rules),
    )


def _is_empty(way: Pass, *, place: int) -> pl.Expr:
    if place in way.columns.fine:
        return pl.col(TEXT.format(place)) == ""
    cell = pl.col(f"c{place}")
    return cell.is_null() if place in way.columns.kinds else cell == ""


def _categories(way: Pass) -> list[str]:
    """Fields that are read as categories."""
    places = way.columns.cells(way.table).words
    enums = {one.mapping.name for one in way.plan.fields if FIELDS[one.mapping.name].type is FieldType.ENUM}
    names = [one.mapping.name for one in way.plan.fields if one.place in places]
    return [RAW.format(name) if name in enums else name for name in names]


def _tied_categories(way: Pass) -> list[str]:
    """Those whose texts the groups hold."""
    return [name for name in _categories(way) if name in {*KEYS, *NAMES} or name.startswith(RAW.format(""))]


def _loose_categories(way: Pass) -> list[str]:
    """Those whose texts have to be gathered."""
    tied = set(_tied_categories(way))
    return [name for name in _categories(way) if name not in tied]


def _is_clean(
    way: Pass, *, counts: pl.DataFrame, groups: pl.DataFrame, sources: pl.DataFrame, folder: Path, limits: FileLimits
) -> bool:
    """Whether every row was read and written as the exact way would do it."""
    if counts.is_empty() or not 0 < counts["rows"][0] <= limits.rows:
        return False
    row = counts.row(0, named=True)
    doubts = [DOUBT.format(figure.metric) for figure in way.reader.figures]
    doubts += [BAD.format(number) for number in range(len(way.conversion.problems))]
    if any(row.get(name) for name in doubts) or groups[ROWS].sum() != row["rows"] or sources[ROWS].sum() != row["rows"]:
        return False
    texts = [pl.Series(counts[f"texts_{name}"].item()) for name in _loose_categories(way)]
    texts += [groups[name].unique() for name in _tied_categories(way)]
    text = pl.concat([pl.Series("text", ["x"]), *(one.cast(pl.String).alias("text") for one in texts)]).to_frame()
    odd = (pl.col("text").str.strip_chars() != pl.col("text")) | pl.col("text").str.contains('"', literal=True)
    if text.select(odd.any()).item():
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
        first = sources["day"]
    else:
        first = way.raw.select(pl.col("c0").cast(pl.String).unique()).collect(engine="streaming")["c0"]
    return any((text or "").strip().lower().startswith(way.mapping.totals) for text in first)


def _rows_in(folder: Path) -> int:
    files = sorted(folder.rglob("*.parquet"))
    return int(pl.scan_parquet(files, glob=False).select(pl.len()).collect().item()) if files else 0


def _added_up(way: Pass, *, groups: pl.DataFrame, sources: pl.DataFrame, counts: pl.DataFrame) -> Harmonized:
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
    audit = SourceAudit(
        rows=row["rows"],
        blank=(),
        totals_rows=(),
        ragged={},
        totals=source_totals(sources, reader=way.reader),
        has_quotes=False,
    )
    daily = daily_facts(kept=kept, plan=way.plan)
    return Harmonized(table=way.table, audit=audit, daily=daily, tallies=tallies, reasons={})
