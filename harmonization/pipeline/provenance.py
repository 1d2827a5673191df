"""Where each field of a file's rows comes from: column, transform and rule, the same for all rows and stored once.

A row names its file and its version of the mapping; by these two it joins what is written here, beside the dataset.
What differs from row to row — a cell that was empty, a word nobody knows — is told by
:mod:`harmonization.pipeline.row_trace` from the row itself.
"""

import json
from collections.abc import Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import polars as pl

from harmonization.mapping.header import normal
from harmonization.mapping.spec import FieldMapping, Mapping, Qualifier, Unit, WhenEmpty
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.reporting_currency import Reporting
from harmonization.pipeline.time_zones import UTC
from harmonization.rmis.enums import CHANNEL_OF_PLACEMENT
from harmonization.rmis.registry import FIELDS, FieldType

UNITS = {Unit.PERCENT: "divided by 100", Unit.MICROS: "divided by 10^6", Unit.MICROCENTS: "divided by 10^8"}
EMPTY = {WhenEmpty.NULL: "left empty", WhenEmpty.ZERO: "taken as zero", WhenEmpty.REJECT: "the row is rejected"}


class Origin(StrEnum):
    """How a field got its value."""

    READ = "read"
    BANNER = "banner"
    STATED = "stated"
    ASSUMED = "assumed"
    DERIVED = "derived"
    ESTIMATED = "estimated"


@dataclass(frozen=True, kw_only=True)
class FieldOrigin:
    """One field or attributed column of a file.

    Attributes:
        field: the RMIS field, or an attributed metric with its window, touch and scope.
        columns: of the file, in its own words; several where they are joined; empty where none is read.
        transform: what was done to the cell, in words; empty where it stands as it was.
        when_empty: what an empty cell means.
        unknown_word: what a word becomes that the mapping does not know; of enums only.
        rule: the place in the mapping.
        confidence: with which the column was proposed to be this field; None where a person mapped it by hand.
    """

    field: str
    origin: Origin
    columns: str
    transform: str
    when_empty: str
    unknown_word: str
    rule: str
    confidence: float | None = None


def field_origins(*, mapping: Mapping, plan: Plan, reporting: Reporting | None = None) -> tuple[FieldOrigin, ...]:
    """Everything the rows of a file carry, in the order of the mapping."""
    return (
        *_whole_file(mapping, plan),
        *(_of_field(source.mapping, column=plan.names[source.place]) for source in plan.fields),
        *_from_banner(mapping, plan),
        *(
            _origin(
                f"{source.mapping.metric}{words_of(source.mapping.qualifier)}",
                Origin.READ,
                columns=plan.names[source.place],
                transform=UNITS.get(source.mapping.unit, ""),
                rule=f"outcomes, {source.mapping.metric} from {source.mapping.columns[0]}",
            )
            for source in plan.outcomes
        ),
        *_derived(mapping, plan),
        *_estimated(plan, reporting),
    )


def write_provenance(*, origins: tuple[FieldOrigin, ...], source_file_id: str, mapping: Mapping, path: Path) -> None:
    """Write the origins of one file, a JSON object a line: whoever scans a dataset for Parquet must not meet them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = {"source_file_id": source_file_id, "mapping_version": mapping.full_version, "mapping_name": mapping.name}
    lines = (json.dumps({**keys, **vars(one)}, ensure_ascii=False) for one in origins)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def note_confidences(*, path: Path, confidences: Dictionary[tuple[str, str], float]) -> None:
    """Write beside the origins at ``path`` how sure a proposal was, by its column as compared and its field."""
    origins = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for one in origins:
        one["confidence"] = confidences.get((normal(one["columns"]), one["field"]))
    copy = path.with_suffix(".noted")
    copy.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in origins), encoding="utf-8")
    copy.replace(path)


PROVENANCE_SCHEMA: dict[str, pl.DataType] = {
    **dict.fromkeys(("source_file_id", "mapping_version", "mapping_name", "field", "origin", "columns"), pl.String()),
    **dict.fromkeys(("transform", "when_empty", "unknown_word", "rule"), pl.String()),
    "confidence": pl.Float64(),
}


def scan_provenance(folder: Path) -> pl.LazyFrame:
    """The origins of every field of every file below a folder; event rows join by ``source_file_id`` and
    ``mapping_version``.
    """
    paths = sorted(folder.glob("*.jsonl"))
    return pl.scan_ndjson(paths, schema=PROVENANCE_SCHEMA) if paths else pl.LazyFrame(schema=PROVENANCE_SCHEMA)


def words_of(qualifier: Qualifier) -> str:
    """The qualifier of an outcome in brackets; empty where nothing is stated."""
    window = f"{qualifier.window_days} days" if qualifier.window_days is not None else ""
    parts = (window, qualifier.touch, qualifier.scope, qualifier.sales_channel, qualifier.attr_model)
    said = ", ".join(str(part) for part in parts if part)
    return f" ({said})" if said else ""


def _origin(field: str, origin: Origin, *, rule: str, columns: str = "", transform: str = "") -> FieldOrigin:
    return FieldOrigin(
        field=field, origin=origin, columns=columns, transform=transform, when_empty="", unknown_word="", rule=rule
    )


def _of_field(mapping: FieldMapping, *, column: str) -> FieldOrigin:
    return FieldOrigin(
        field=mapping.name,
        origin=Origin.READ,
        columns=column,
        transform=transform_of(mapping),
        when_empty=EMPTY[mapping.when_empty],
        unknown_word=mapping.otherwise,
        rule=f"fields.{mapping.name}",
    )


def transform_of(mapping: FieldMapping) -> str:
    """What is done to a cell of a field, in words."""
    kind = FIELDS[mapping.name].type
    if mapping.formats:
        return f"written {' or '.join(mapping.formats)}"
    if kind is FieldType.ENUM:
        return "word looked up in the mapping"
    if kind is FieldType.GTIN:
        return "14 digits, check digit verified"
    return UNITS.get(mapping.unit, "")


def _whole_file(mapping: Mapping, plan: Plan) -> Iterator[FieldOrigin]:
    for field, place in (("retailer_id", plan.retailer_id), ("retailer_name", plan.retailer_name)):
        if place is None:
            yield _origin(field, Origin.STATED, rule="retailer")
        else:
            yield _origin(field, Origin.READ, columns=plan.names[place], rule="retailer")
    if plan.currency is not None:
        yield _origin("currency", Origin.READ, columns=plan.names[plan.currency], rule="currency.from")
    else:
        origin = Origin.ASSUMED if mapping.currency.is_assumed else Origin.STATED
        yield _origin("currency", origin, rule="currency.code")


def _from_banner(mapping: Mapping, plan: Plan) -> Iterator[FieldOrigin]:
    for name in plan.banner:
        yield _origin(name, Origin.BANNER, rule=f"fields.{name}.banner", transform="read above the header")


def _derived(mapping: Mapping, plan: Plan) -> Iterator[FieldOrigin]:
    placement = plan.field_named("placement_type")
    if plan.field_named("channel") is None:
        places = {str(place) for place in CHANNEL_OF_PLACEMENT}
        if placement and places & {*placement.mapping.values.values(), placement.mapping.otherwise}:
            column = plan.names[placement.place]
            yield _origin("channel", Origin.DERIVED, columns=column, transform="from the placement", rule="channel")
        else:
            yield _origin("channel", Origin.STATED, rule="channel")
    hour = plan.field_named("hour")
    if hour and mapping.zone and plan.field_named("event_ts") is None:
        words = f"day and hour in {mapping.zone}, as an instant in {UTC}"
        yield _origin("event_ts", Origin.DERIVED, columns=plan.names[hour.place], transform=words, rule="timezone")
    pulled = plan.field_named("report_pulled_at") or plan.banner.get("report_pulled_at")
    if pulled and mapping.final_after_days is not None:
        words = f"the report was made more than {mapping.final_after_days} days after the day"
        yield _origin("is_final", Origin.DERIVED, transform=words, rule="final_after_days")


def _estimated(plan: Plan, reporting: Reporting | None) -> Iterator[FieldOrigin]:
    cost = plan.field_named("cost")
    if reporting and cost:
        words = f"cost at the day's rate into {reporting.currency}; rate and its day stand in fx_rate and fx_date"
        column = plan.names[cost.place]
        yield _origin("cost_reporting", Origin.ESTIMATED, columns=column, transform=words, rule="exchange rates")
