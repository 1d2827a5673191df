"""The rows a file leaves in the dataset: one per kept row, RMIS fields and attributed figures side by side."""

from collections.abc import Mapping as Dictionary
from typing import Any

import polars as pl

from harmonization.mapping.spec import Mapping
from harmonization.pipeline.dataset import EVENT_SCHEMA, outcome_column
from harmonization.pipeline.numbers import EXACT, constants
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.reporting_currency import Reporting, reported_cost
from harmonization.pipeline.row_stamps import meanings, provenance
from harmonization.pipeline.time_zones import event_ts
from harmonization.rmis.registry import FIELDS


def event_rows(
    *, kept: pl.LazyFrame, mapping: Mapping, plan: Plan, source_file_id: str, reporting: Reporting | None = None
) -> pl.LazyFrame:
    """Kept rows as they are stored: without what all rows lack, which readers put back as nulls.

    Texts that are the same in all rows are stored as a category, each attributed column under a name that tells its
    metric and qualifier (see :mod:`harmonization.pipeline.dataset`).
    """
    present = set(kept.collect_schema().names())
    raw = pl.col("raw_placement_type")
    expressions = [
        *provenance(mapping=mapping, source_file_id=source_file_id),
        *meanings(mapping=mapping, present=present),
        event_ts(mapping=mapping, present=present),
        *(pl.col(name) for name in FIELDS if name in present and name not in {"placement_raw", "event_ts"}),
        *([pl.when(raw != "").then(raw).alias("placement_raw")] if "raw_placement_type" in present else []),
        *reported_cost(kept=kept, reporting=reporting),
    ]
    types, fixed = kept.collect_schema(), constants(expressions)
    stored = [one for expression in expressions if (one := _stored(expression, types, fixed=fixed)) is not None]
    outcomes = [pl.col(source.name).cast(EXACT).alias(outcome_column(source)) for source in plan.outcomes]
    return kept.select(*stored, *outcomes)


def _stored(expression: pl.Expr, types: pl.Schema, *, fixed: Dictionary[str, Any]) -> pl.Expr | None:
    """The expression in the type it is stored in; None for a constant null."""
    name = expression.meta.output_name()
    kind = EVENT_SCHEMA[name]
    if name in fixed:
        if fixed[name] is None:
            return None
        return pl.lit(fixed[name], dtype=pl.Categorical if kind == pl.String else kind).alias(name)
    is_text = kind == pl.String or types.get(name) == kind
    return expression if is_text else expression.cast(kind).alias(name)
