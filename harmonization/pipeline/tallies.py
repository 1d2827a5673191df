"""Counts over the kept rows of a file, on which its quality report stands."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import date

import polars as pl

from harmonization.mapping.spec import Mapping
from harmonization.pipeline.conversion import RAW
from harmonization.pipeline.invariants import check_invariants
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.result import Invariant, UnknownValue
from harmonization.pipeline.time_notes import time_notes
from harmonization.rmis.registry import FIELDS, FieldType

MOST_UNKNOWN = 50


@dataclass(frozen=True, kw_only=True)
class Tallies:
    """What was counted.

    Attributes:
        filled: rows that carry a value, by column of the converted rows: fields by name, outcomes as ``outcome_0`` ...
        partitions: different retailers times months.
        time_notes: sentences about hours that clocks skip or repeat.
    """

    rows: int
    rows_by_day: Dictionary[date | None, int]
    partitions: int
    currencies: tuple[str, ...]
    filled: Dictionary[str, int]
    unknown_values: tuple[UnknownValue, ...]
    invariants: tuple[Invariant, ...]
    time_notes: tuple[str, ...]


def tallies_of(*, kept: pl.LazyFrame, mapping: Mapping, plan: Plan, rows: int) -> Tallies:
    """Count over kept rows, each count by itself."""
    month = pl.col("event_date").dt.truncate("1mo")
    columns = counted_columns(plan=plan)
    filled = kept.select(pl.col(columns).count()).collect(engine="streaming") if columns else pl.DataFrame()
    return Tallies(
        rows=rows,
        rows_by_day=dict(kept.group_by("event_date").len().collect(engine="streaming").iter_rows()),
        partitions=int(kept.select("retailer_id", month).unique().select(pl.len()).collect().item()),
        currencies=tuple(kept.select(pl.col("currency").unique().sort()).collect()["currency"]),
        filled={name: filled[name][0] for name in columns},
        unknown_values=unknown_values(kept=kept, plan=plan, rows=pl.len()),
        invariants=check_invariants(kept=kept, plan=plan),
        time_notes=time_notes(kept=kept, mapping=mapping, plan=plan),
    )


def counted_columns(*, plan: Plan) -> list[str]:
    """Columns of converted rows whose coverage is told."""
    return [*(one.mapping.name for one in plan.fields), *(one.name for one in plan.outcomes)]


def unknown_values(*, kept: pl.LazyFrame, plan: Plan, rows: pl.Expr) -> tuple[UnknownValue, ...]:
    """Words that no entry of the mapping knows; ``rows`` counts the rows of a group."""
    found: list[UnknownValue] = []
    for source in plan.fields:
        name = source.mapping.name
        if FIELDS[name].type is not FieldType.ENUM:
            continue
        word = pl.col(RAW.format(name))
        is_unknown = (word != "") & ~word.str.to_lowercase().is_in(list(source.mapping.values))
        counts = kept.filter(is_unknown).group_by(word.alias("value")).agg(rows.alias("rows"))
        shown = counts.sort(["rows", "value"], descending=[True, False]).head(MOST_UNKNOWN).collect()
        found += [
            UnknownValue(field=name, value=value, taken_as=source.mapping.otherwise, rows=count)
            for value, count in shown.iter_rows()
        ]
    return tuple(found)
