"""Local times of a report as instants in UTC, with what happens when clocks are put forward or back."""

import polars as pl

from harmonization.mapping.spec import Mapping, is_absolute

INSTANT = pl.Datetime("us", "UTC")
UTC = "UTC"


def instant(*, text: pl.Expr, formats: tuple[str, ...], zone: str) -> pl.Expr:
    """The instant a text names; null where it is written in none of the formats, or names a time that never was."""
    return pl.coalesce([_written_so(text, one, zone=zone) for one in formats])


def start_of_hour(*, zone: str) -> pl.Expr:
    """The instant at which the row's day and hour begin in the zone.

    An hour that the clocks skip never was: null. An hour that comes twice is reported once for both; it begins with
    the first.
    """
    return _in_utc(_local_hour(), zone=zone)


def is_skipped(*, zone: str) -> pl.Expr:
    """Whether the row's hour is one the clocks skipped: the report must be in another zone than the mapping says."""
    return _local_hour().is_not_null() & start_of_hour(zone=zone).is_null()


def comes_twice(*, zone: str) -> pl.Expr:
    """Whether the row's hour is one the clocks went through twice."""
    last = _local_hour().dt.replace_time_zone(zone, ambiguous="latest", non_existent="null")
    return last.dt.convert_time_zone(UTC) != start_of_hour(zone=zone)


def event_ts(*, mapping: Mapping, present: set[str]) -> pl.Expr:
    """The row's instant: as read, else from its day and hour where the zone is known, else null."""
    if "event_ts" in present:
        return pl.col("event_ts")
    if "hour" in present and mapping.zone:
        return start_of_hour(zone=mapping.zone).alias("event_ts")
    return pl.lit(None, dtype=INSTANT).alias("event_ts")


def _written_so(text: pl.Expr, form: str, *, zone: str) -> pl.Expr:
    time = text.str.to_datetime(form.replace(".%f", "%.f"), strict=False, time_unit="us")
    if form.endswith("%z"):
        return time.dt.convert_time_zone(UTC)
    if is_absolute(form) or not zone:
        return time.dt.replace_time_zone(UTC)
    return _in_utc(time, zone=zone)


def _local_hour() -> pl.Expr:
    hour = pl.when(pl.col("hour").is_between(0, 23)).then(pl.col("hour"))
    return pl.col("event_date").cast(pl.Datetime("us")) + pl.duration(hours=hour)


def _in_utc(time: pl.Expr, *, zone: str) -> pl.Expr:
    return time.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone(UTC)
