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
from harmonization.pipeline.quick_source import DAY, ROWS, TEXT, any_sum, source_doubts, source_groups, source_sums
from harmonization.pipeline.source_audit import SourceReader
from harmonization.pipeline.staged_table import StagedTable
from harmonization.pipeline.tallies import counted_columns

BAD, EMPTY_ENDS, HOUR = "__bad_{}", "__empty_ends", "%H"


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

    @property
    def days_are_few(self) -> bool:
        """Whether a day's text tells no time of the day, so that there are not many more texts than days."""
        event_date = self.plan.field_named("event_date")
        return event_date is not None and not any(HOUR in one for one in event_date.mapping.formats)

    @property
    def source_sums(self) -> list[pl.Expr]:
        """The source's own figures of a group."""
        return source_sums(reader=self.reader, table=self.table, numbers=self.columns.kinds.keys())


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


def sources_of(way: Pass) -> pl.LazyFrame:
    """The source's own totals, where the groups do not tell them."""
    return source_groups(rows=way.kept, reader=way.reader, sums=way.source_sums)


def groups_of(way: Pass) -> pl.LazyFrame:
    """Rows of one key, one set of names and the same words added up: what daily facts and tallies are made of.

    Where days are few the source's own totals are made of them too: Polars runs one grouping of a pass at a time, and
    keeps all rows for the next.
    """
    present = {value.meta.output_name() for value in way.conversion.values}
    words = [name for name in present if name.startswith(RAW.format(""))]
    derived = [word.removeprefix(RAW.format("")) for word in words]
    keys = [
        name
        for name in (*KEYS, *NAMES, *words)
        if name in present and name not in way.constants and name not in derived
    ]
    sums = (*COUNTS, "cost", *(one.name for one in way.plan.headline_outcomes.values()))
    day = [pl.col(f"c{way.reader.day_place}").alias(DAY)] if way.days_are_few else []
    return way.kept.group_by(*keys, *day).agg(
        pl.len().alias(ROWS),
        *(pl.col(name).first() for name in derived),
        *(any_sum(pl.col(name)).alias(name) for name in dict.fromkeys(sums) if name in present),
        *(way.source_sums if way.days_are_few else []),
    )


def counts_of(way: Pass) -> pl.LazyFrame:
    """One row of counts over all rows: problems, doubts, filled cells, broken rules."""
    return way.kept.select(
        pl.len().alias("rows"),
        _is_empty(way, place=len(way.table.header.names) - 1).sum().alias(EMPTY_ENDS),
        *(one.holds.any().alias(BAD.format(number)) for number, one in enumerate(way.conversion.problems)),
        *source_doubts(reader=way.reader, numbers=way.columns.kinds.keys(), fine=way.columns.fine),
        *(pl.col(name).count().alias(f"filled_{name}") for name in counted_columns(plan=way.plan)),
        *rule_counts(rules=way.rules),
    )


def _is_empty(way: Pass, *, place: int) -> pl.Expr:
    if place in way.columns.fine:
        return pl.col(TEXT.format(place)) == ""
    cell = pl.col(f"c{place}")
    return cell.is_null() if place in way.columns.kinds else cell == ""
