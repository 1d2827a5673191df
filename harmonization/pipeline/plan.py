"""Lay a mapping on a table's header: which column feeds what in this very file."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from harmonization.mapping.header import normal
from harmonization.mapping.spec import DELIVERY_FIELDS, CheckMapping, FieldMapping, Mapping, OutcomeMapping, Qualifier
from harmonization.rmis.enums import ReportPart
from harmonization.rmis.registry import FIELDS, FieldType

HEADLINE_METRICS = ("revenue", "orders", "units", "ntb_revenue")


@dataclass(frozen=True, kw_only=True)
class FieldSource:
    """A field and the place of its column in the header."""

    mapping: FieldMapping
    place: int


@dataclass(frozen=True, kw_only=True)
class OutcomeSource:
    """An attributed column; ``name`` is unique within the plan."""

    mapping: OutcomeMapping
    place: int
    name: str


@dataclass(frozen=True, kw_only=True)
class CheckSource:
    """A derived figure of the source and the place of its column."""

    mapping: CheckMapping
    place: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is read from where. Places count from zero; None where the file has no such column.

    Attributes:
        banner: values of fields that stand above the header, the same for all rows.
        headline: the qualifier daily facts carry; None where the file has none of the mapping's.
        headline_outcomes: by metric, the outcome column daily facts add up.
        unmapped: columns of the file the mapping does not know.
    """

    names: tuple[str, ...]
    fields: tuple[FieldSource, ...]
    banner: dict[str, str]
    outcomes: tuple[OutcomeSource, ...]
    checks: tuple[CheckSource, ...]
    retailer_id: int | None
    retailer_name: int | None
    currency: int | None
    unique: int | None
    headline: Qualifier | None
    headline_outcomes: dict[str, OutcomeSource]
    unmapped: tuple[str, ...]
    ignored: dict[str, str]

    def field_named(self, name: str) -> FieldSource | None:
        """The source of one field."""
        return next((one for one in self.fields if one.mapping.name == name), None)

    @property
    def part(self) -> ReportPart:
        """Which figures of a day this file states."""
        has_delivery = any(self.field_named(name) for name in DELIVERY_FIELDS)
        if not self.headline_outcomes:
            return ReportPart.DELIVERY
        return ReportPart.WHOLE if has_delivery else ReportPart.OUTCOMES

    @property
    def currency_stands_in_amounts(self) -> bool:
        """Whether the currency is read from a column of amounts, such as "USD 28.00"."""
        amounts = (one.place for one in self.fields if FIELDS[one.mapping.name].type is FieldType.MONEY)
        return self.currency in set(amounts)


def lay_plan(*, mapping: Mapping, names: tuple[str, ...], banner: str = "") -> Plan:
    """Resolve every entry of the mapping to the first of its columns that the header has, else to the banner."""
    places = {normal(name): place for place, name in reversed(list(enumerate(names)))}
    fields = ((one, _place(one.columns, places)) for one in mapping.fields)
    outcomes = ((one, _place(one.places, places)) for one in mapping.outcomes)
    checks = ((one, _place(one.columns, places)) for one in mapping.checks)
    found = tuple(
        OutcomeSource(mapping=one, place=place, name=f"outcome_{number}")
        for number, (one, place) in enumerate(outcomes)
        if place is not None
    )
    headline = _headline(mapping, found)
    known = {normal(column) for group in mapping.column_groups for column in group}
    known |= {normal(column) for one in mapping.outcomes for column in one.places}
    reasons = {normal(column): reason for column, reason in mapping.ignored.items()}
    return Plan(
        names=names,
        fields=tuple(FieldSource(mapping=one, place=place) for one, place in fields if place is not None),
        banner=_from_banner(mapping, places, banner=banner),
        outcomes=found,
        checks=tuple(CheckSource(mapping=one, place=place) for one, place in checks if place is not None),
        retailer_id=_place(mapping.retailer.id_columns, places),
        retailer_name=_place(mapping.retailer.name_columns, places),
        currency=_place(mapping.currency.columns, places),
        unique=_place(mapping.unique, places),
        headline=headline,
        headline_outcomes=_headline_outcomes(headline, found),
        unmapped=tuple(name for name in names if name and normal(name) not in known),
        ignored={name: reasons[normal(name)] for name in names if normal(name) in reasons},
    )


def _from_banner(mapping: Mapping, places: dict[str, int], *, banner: str) -> dict[str, str]:
    """Values found in the banner, for fields without a column. Polars' expressions take linear time on any text."""
    wanted = (one for one in mapping.fields if one.banner and _place(one.columns, places) is None)
    found = {one.name: pl.Series([banner]).str.extract(one.banner, 1).item() for one in wanted}
    return {name: value for name, value in found.items() if value}


def _place(columns: Sequence[str], places: dict[str, int]) -> int | None:
    return next((places[normal(column)] for column in columns if normal(column) in places), None)


def _headline(mapping: Mapping, outcomes: Sequence[OutcomeSource]) -> Qualifier | None:
    """The best qualifier by which the file has revenue; failing that, any headline metric."""
    for metric in HEADLINE_METRICS:
        for qualifier in mapping.headline:
            if any(one.mapping.metric == metric and one.mapping.qualifier == qualifier for one in outcomes):
                return qualifier
    return None


def _headline_outcomes(headline: Qualifier | None, outcomes: Sequence[OutcomeSource]) -> dict[str, OutcomeSource]:
    return {
        one.mapping.metric: one
        for one in outcomes
        if one.mapping.qualifier == headline and one.mapping.metric in HEADLINE_METRICS
    }
