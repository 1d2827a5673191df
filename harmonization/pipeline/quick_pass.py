"""The plan of one quick pass over a clean text: what it reads and converts, groups and counts."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from typing import Any

import polars as pl

from harmonization.mapping.spec import Mapping
from harmonization.pipeline.conversion import RAW, compile_conversion
from harmonization.pipeline.daily_facts import COUNTS, KEYS, NAMES
from harmonization.pipeline.invariants import Rule, invariant_rules, rule_counts
from harmonization.pipeline.numbers import constants
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.problems import Conversion
from harmonization.pipeline.quick_columns import QuickColumns
from harmonization.pipeline.quick_source import TEXT, source_doubts
from harmonization.pipeline.source_audit import SourceReader
from harmonization.pipeline.staged_table import StagedTable
from harmonization.pipeline.tallies import counted_columns
from harmonization.rmis.registry import FIELDS, FieldType

ROWS, BAD, EMPTY_ENDS = "__rows", "__bad_{}", "__empty_ends"


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


def groups_of(way: Pass) -> pl.LazyFrame:
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


def counts_of(way: Pass) -> pl.LazyFrame:
    """One row of counts over all rows: problems, doubts, filled cells, words, broken rules."""
    return way.kept.select(
        pl.len().alias("rows"),
        _is_empty(way, place=len(way.table.header.names) - 1).sum().alias(EMPTY_ENDS),
        *(one.holds.any().alias(BAD.format(number)) for number, one in enumerate(way.conversion.problems)),
        *source_doubts(reader=way.reader, numbers=way.columns.kinds.keys(), fine=way.columns.fine),
        *(pl.col(name).count().alias(f"filled_{name}") for name in counted_columns(plan=way.plan)),
        *(pl.col(name).unique().implode().alias(f"texts_{name}") for name in loose_categories(way)),
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


def tied_categories(way: Pass) -> list[str]:
    """Those whose texts the groups hold."""
    return [name for name in _categories(way) if name in {*KEYS, *NAMES} or name.startswith(RAW.format(""))]


def loose_categories(way: Pass) -> list[str]:
    """Those whose texts have to be gathered."""
    tied = set(tied_categories(way))
    return [name for name in _categories(way) if name not in tied]
