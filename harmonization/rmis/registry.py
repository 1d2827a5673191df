"""The registry of RMIS: every field with its group, type, unit and definition, and where the definition comes from.

``FIELDS`` are read from source columns, ``STAMPS`` are written by the pipeline itself, ``METRICS`` and ``QUALIFIERS``
make the long table of attribution, ``DERIVED`` is computed from sums.
"""

from dataclasses import dataclass
from enum import StrEnum

from harmonization.rmis.definitions import (
    DEFINED_FIELDS,
    DEFINED_METRICS,
    DEFINED_QUALIFIERS,
    DERIVED_METRICS,
    STAMPED_FIELDS,
)
from harmonization.rmis.enums import (
    AttributionModel,
    Channel,
    DateBasis,
    PlacementType,
    SalesChannel,
    Scope,
    TimeGrain,
    Touch,
)


class FieldType(StrEnum):
    """What the values of a field are. COUNT is a whole number; QUANTITY may be a fraction (linear attribution)."""

    DATE = "date"
    TIMESTAMP = "timestamp"
    FLAG = "flag"
    TEXT = "text"
    ENUM = "enum"
    GTIN = "gtin"
    COUNT = "count"
    QUANTITY = "quantity"
    MONEY = "money"
    RATIO = "ratio"


@dataclass(frozen=True, kw_only=True)
class RmisField:
    """One field of the canonical schema.

    Attributes:
        unit: what one is of: "impressions", "currency unit", "fraction" ...; empty for text.
        source: the standard whose definition this is, or "RMIS" where none speaks.
        choices: the values of an enum, empty for others.
    """

    name: str
    group: str
    type: FieldType
    unit: str
    definition: str
    source: str
    choices: tuple[str, ...] = ()


CHOICES: dict[str, tuple[str, ...]] = {
    "placement_type": tuple(PlacementType),
    "channel": tuple(Channel),
    "sales_channel": tuple(SalesChannel),
    "date_basis": tuple(DateBasis),
    "time_grain": tuple(TimeGrain),
    "touch": tuple(Touch),
    "scope": tuple(Scope),
    "attr_model": tuple(AttributionModel),
}


def _fields(defined: dict[str, tuple[tuple[str, str, str, str, str], ...]]) -> dict[str, RmisField]:
    return {
        name: RmisField(
            name=name,
            group=group,
            type=FieldType(kind),
            unit=unit,
            definition=definition,
            source=source,
            choices=CHOICES.get(name, ()),
        )
        for group, entries in defined.items()
        for name, kind, unit, definition, source in entries
    }


FIELDS: dict[str, RmisField] = _fields(DEFINED_FIELDS)
STAMPS: dict[str, RmisField] = _fields(STAMPED_FIELDS)
QUALIFIERS: dict[str, RmisField] = _fields(DEFINED_QUALIFIERS)
METRICS: dict[str, RmisField] = _fields(DEFINED_METRICS)
DERIVED: dict[str, RmisField] = _fields(DERIVED_METRICS)
EVERYTHING: dict[str, RmisField] = {**FIELDS, **STAMPS, **METRICS, **QUALIFIERS, **DERIVED}
ALIASES = {
    "spend": "cost",
    "attributed_revenue": "revenue",
    "attributed_orders": "orders",
    "attributed_units": "units",
    "attribution_window_days": "window_days",
}


def definition_of(name: str) -> str:
    """The definition of a field or metric with its source, as a hint in the portal shows it; empty when unknown."""
    field = EVERYTHING.get(ALIASES.get(name, name))
    return f"{field.definition} ({field.source})" if field else ""
