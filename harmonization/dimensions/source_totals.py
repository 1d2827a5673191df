"""The file's own totals, added up from its texts by Python's decimals: nothing of the conversion takes part."""

from collections import defaultdict
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import polars as pl

from harmonization.dimensions.conversion import DIVISORS, places_of
from harmonization.dimensions.source_rows import SourceTable
from harmonization.mapping.spec import FieldMapping, Mapping
from harmonization.rmis.dimensions import FIELDS_BY_KIND, MappingKind
from harmonization.rmis.registry import FieldType

ADDITIVE = {MappingKind.DEMAND: ("units", "revenue", "discount")}
DAY_FIELD = {MappingKind.DEMAND: "event_date", MappingKind.PLACEMENTS: "week_start"}
Key = tuple[str, date | None]


@dataclass(kw_only=True)
class SourceTotals:
    """Sums by metric and day while slices go by; a day that cannot be read is None.

    Attributes:
        rejected: the part of ``sums`` that stands in rows which were rejected.
    """

    mapping: Mapping
    table: SourceTable
    sums: dict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    rejected: dict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def add(self, rows: pl.DataFrame, *, is_rejected: pl.Series) -> None:
        """Add the rows of a slice, kept and rejected alike."""
        days = self._days(rows)
        flags = is_rejected.to_list()
        for metric, (column, divisor) in self._columns().items():
            for text, day, is_out in zip(rows[column].to_list(), days, flags, strict=True):
                amount = _amount(text, self.table.decimal) / divisor
                self.sums[metric, day] += amount
                if is_out:
                    self.rejected[metric, day] += amount
        for day, is_out in zip(days, flags, strict=True):
            self.sums["rows", day] += 1
            self.rejected["rows", day] += is_out

    def reject(self, *, metrics: Dictionary[str, Decimal], day: date | None) -> None:
        """A row that was taken out after its slice went by."""
        for metric, amount in metrics.items():
            self.rejected[metric, day] += amount

    def _columns(self) -> dict[str, tuple[str, int]]:
        found: dict[str, tuple[str, int]] = {}
        for name in ADDITIVE.get(self.mapping.kind, ()):
            given = self.mapping.field_named(name)
            places = places_of(columns=given.columns, names=self.table.names) if given else []
            if given and places:
                found[name] = (f"c{places[0]}", DIVISORS.get(given.unit, 1))
        return found

    def _days(self, rows: pl.DataFrame) -> list[date | None]:
        given = self.mapping.field_named(DAY_FIELD.get(self.mapping.kind, ""))
        places = places_of(columns=given.columns, names=self.table.names) if given else []
        if given is None or not places:
            return [None] * rows.height
        return [_day(text.strip(), given) for text in rows[f"c{places[0]}"].to_list()]


def additive_fields(kind: MappingKind) -> tuple[str, ...]:
    """The metrics of a kind that are added up and reconciled, besides its rows."""
    known = FIELDS_BY_KIND[kind]
    return tuple(name for name in ADDITIVE.get(kind, ()) if known[name].type is not FieldType.TEXT)


@lru_cache(maxsize=10_000)
def _parsed_day(text: str, formats: tuple[str, ...]) -> date | None:
    for form in formats:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _day(text: str, given: FieldMapping) -> date | None:
    if given.weeks_from is None:
        return _parsed_day(text, given.formats)
    is_week = text.isascii() and text.isdigit() and 1 <= int(text) <= 600
    return given.weeks_from + timedelta(days=7 * (int(text) - 1)) if is_week else None


@lru_cache(maxsize=50_000)
def _amount(text: str, decimal: str) -> Decimal:
    bare = text.strip().lstrip("$€£¥₹₩").strip()
    thousands = "," if decimal == "." else "."
    bare = bare.replace(thousands, "").replace(decimal, ".")
    try:
        amount = Decimal(bare) if bare else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() else Decimal(0)
