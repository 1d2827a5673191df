"""What the quality report says of hours that the clocks of the report's zone skip or repeat."""

import polars as pl

from harmonization.mapping.spec import Mapping
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.time_zones import comes_twice, is_skipped


def time_notes(*, kept: pl.LazyFrame, mapping: Mapping, plan: Plan) -> tuple[str, ...]:
    """Sentences about skipped and repeated hours; none where hours are not read or the zone is not known."""
    has_hours = plan.field_named("hour") is not None and plan.field_named("event_ts") is None
    if not has_hours or not mapping.zone:
        return ()
    zone = mapping.zone
    counts = kept.select(is_skipped(zone=zone).sum().alias("skipped"), comes_twice(zone=zone).sum().alias("twice"))
    skipped, twice = counts.collect().row(0)
    notes = []
    if skipped:
        notes.append(f"{skipped} rows name an hour that clocks in {zone} skip; their instant in UTC is left empty.")
    if twice:
        notes.append(f"{twice} rows name an hour that comes twice in {zone}; their instant is that of the first.")
    return tuple(notes)
