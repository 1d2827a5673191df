"""A mapping: how one network's export becomes RMIS, as frozen values."""

from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from harmonization.mapping.mapping_error import MappingError as MappingError
from harmonization.mapping.shape import AS_IT_IS, Shape
from harmonization.mapping.zones import is_zone
from harmonization.rmis.dimensions import MappingKind
from harmonization.rmis.enums import Channel, DateBasis, TimeGrain

DELIVERY_FIELDS = ("impressions", "clicks", "cost")


def is_absolute(form: str) -> bool:
    """Whether a time written so tells its own offset from UTC: it ends in Z or %z."""
    return form.endswith(("Z", "%z"))


def swapped_day_and_month(form: str) -> str:
    """The format with day and month in each other's place; empty where no text could be read in both ways."""
    if "%d" not in form or "%m" not in form or form.startswith("%Y"):
        return ""
    return form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")


def column_where(column: str, where: Iterable[tuple[str, str]]) -> str:
    """The name of a column's figures in rows that say so; the column's own where nothing is said."""
    said = "; ".join(f"{key}={word.casefold()}" for key, word in sorted(where))
    return f"{column} [{said}]" if said else column


class Unit(StrEnum):
    """What a number of the source counts in."""

    ONE = "one"
    MICROS = "micros"
    MICROCENTS = "microcents"
    PERCENT = "percent"


class WhenEmpty(StrEnum):
    """What an empty cell means: unknown, zero (delivery metrics only), or a row that cannot be read."""

    NULL = "null"
    ZERO = "zero"
    REJECT = "reject"


@dataclass(frozen=True, kw_only=True)
class FieldMapping:
    """One RMIS field of event rows.

    Attributes:
        columns: source columns that mean the same; the first that a file has is read, the others are not.
        banner: a pattern with one group that finds the value of all rows above the header, where there is no column.
        formats: of dates and of the hour, as strptime writes them.
        zone: of times without an offset, the IANA zone they are in.
        values: of enums, from the source's word (lower case) to the RMIS value.
        otherwise: of enums, what an unknown word becomes; it is counted.
        weeks_from: of dates, the first day of week 1 where the column holds a week's number.
        join: of texts, what stands between the texts of all columns, which are then all read.
    """

    name: str
    columns: tuple[str, ...]
    banner: str = ""
    required: bool = False
    when_empty: WhenEmpty = WhenEmpty.NULL
    unit: Unit = Unit.ONE
    formats: tuple[str, ...] = ()
    zone: str = ""
    values: Dictionary[str, str] = field(default_factory=dict)
    otherwise: str = ""
    weeks_from: date | None = None
    join: str = ""

    @property
    def column_groups(self) -> tuple[tuple[str, ...], ...]:
        """Columns that mean the same, one group; columns that are joined, a group each."""
        return tuple((one,) for one in self.columns) if self.join else (self.columns,)


@dataclass(frozen=True, kw_only=True)
class Qualifier:
    """What an attributed number counts; None where the source does not say.

    Attributes:
        window_days: days after the touch in which outcomes count.
    """

    window_days: int | None = None
    touch: str | None = None
    scope: str = "total"
    sales_channel: str | None = None
    attr_model: str | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomeMapping:
    """One attributed column: a metric with its qualifier. Twins stand in one entry; the first present is read.

    Attributes:
        where: columns and the words by which a row says that its figures are meant so; of other rows nothing is read.
    """

    metric: str
    columns: tuple[str, ...]
    qualifier: Qualifier
    unit: Unit = Unit.ONE
    where: tuple[tuple[str, str], ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Its columns as they are named once rows are told apart."""
        return tuple(column_where(column, self.where) for column in self.columns)


@dataclass(frozen=True, kw_only=True)
class CheckMapping:
    """A derived figure of the source (``ctr`` or ``cpc``), compared with what the row itself gives; never ingested.

    Attributes:
        unit: None where documentation does not tell whether a rate is a fraction or a percentage; the file shows it.
    """

    metric: str
    columns: tuple[str, ...]
    unit: Unit | None = None


@dataclass(frozen=True, kw_only=True)
class Retailer:
    """Whose shoppers: a constant, or columns; the first column a file has is read."""

    id: str = ""
    name: str = ""
    id_columns: tuple[str, ...] = ()
    name_columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Currency:
    """ISO 4217 code of all amounts: from a column, or ``code``.

    Attributes:
        is_assumed: the export does not state its currency, so ``code`` is a guess that the quality report tells.
    """

    code: str = ""
    columns: tuple[str, ...] = ()
    is_assumed: bool = False


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """How one report layout is read.

    Attributes:
        kind: what the rows are; fields other than those of events are in ``rmis.dimensions``.
        separator: tried first; another one is taken where it fits the header better.
        decimal: the decimal mark of numbers.
        encoding: of files that are not Unicode; empty to tell it from their letters.
        totals: first cells that mark a row of totals, lower case; such rows are left out and counted.
        unique: columns of an identifier that no two rows share; of rows that do, the first is kept.
        timezone: an IANA zone, or words where the zone depends on the account.
        vat_included: whether cost holds value-added tax; None where the documentation does not say.
        vat_rate: that tax as a fraction; None where it is not stated.
        final_after_days: days after which the network restates a day no more; None where it does not say.
        shape: what is done to the table before its columns are read.
        headline: which outcome daily facts carry, best first; the first whose revenue a file has is taken.
        ignored: columns known and left out on purpose, with the reason.
        digest: of the file's text, so that a changed mapping has another version.
    """

    name: str
    title: str
    version: str
    retailer: Retailer
    currency: Currency
    fields: tuple[FieldMapping, ...]
    outcomes: tuple[OutcomeMapping, ...] = ()
    headline: tuple[Qualifier, ...] = ()
    checks: tuple[CheckMapping, ...] = ()
    ignored: Dictionary[str, str] = field(default_factory=dict)
    timezone: str = ""
    date_basis: DateBasis = DateBasis.CLICK
    time_grain: TimeGrain | None = None
    vat_included: bool | None = None
    vat_rate: Decimal | None = None
    final_after_days: int | None = None
    channel: Channel = Channel.ONSITE
    separator: str = ","
    decimal: str = "."
    encoding: str = ""
    shape: Shape = AS_IT_IS
    totals: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    digest: str = ""
    kind: MappingKind = MappingKind.EVENTS

    @property
    def full_version(self) -> str:
        """Version and digest, as rows carry it."""
        return f"{self.version}+{self.digest[:8]}"

    @property
    def zone(self) -> str:
        """The IANA zone of the report's days; empty where only words tell it, or nothing does."""
        return self.timezone if is_zone(self.timezone) else ""

    @property
    def grain(self) -> TimeGrain:
        """What one row covers: as stated, else an hour where hours are mapped, else a day."""
        is_hourly = self.field_named("hour") is not None or self.field_named("event_ts") is not None
        return self.time_grain or (TimeGrain.HOUR if is_hourly else TimeGrain.DAY)

    def field_named(self, name: str) -> FieldMapping | None:
        """The mapping of one RMIS field."""
        return next((one for one in self.fields if one.name == name), None)

    @property
    def told_apart_by(self) -> tuple[str, ...]:
        """Columns in which a row says what its attributed figures count."""
        return tuple(dict.fromkeys(column for one in self.outcomes for column, _ in one.where))

    @property
    def column_groups(self) -> tuple[tuple[str, ...], ...]:
        """Groups of source columns that mean the same, over everything the mapping reads or ignores."""
        read = (
            *(group for one in self.fields for group in one.column_groups),
            *(one.columns for one in self.outcomes),
            *(one.columns for one in self.checks),
        )
        whole_file = (self.retailer.id_columns, self.retailer.name_columns, self.currency.columns)
        groups = (*read, *whole_file, self.unique, *((one,) for one in self._columns_alone))
        return tuple(dict.fromkeys(group for group in groups if group))

    @property
    def _columns_alone(self) -> tuple[str, ...]:
        return (*self.ignored, *self.shape.columns, *self.told_apart_by)

    @property
    def required_groups(self) -> tuple[tuple[str, ...], ...]:
        """Groups of which a table must have at least one column each, once it has the shape to be read."""
        retailer = () if self.retailer.id else (self.retailer.id_columns,)
        currency = () if self.currency.code else (self.currency.columns,)
        fields = (one.columns for one in self.fields if one.required)
        return tuple(group for group in (*fields, *retailer, *currency, *self._outcomes_alone) if group)

    @property
    def _outcomes_alone(self) -> tuple[tuple[str, ...], ...]:
        """Of a report of outcomes only, all its attributed columns: without any of them it says nothing."""
        if any(self.field_named(name) for name in DELIVERY_FIELDS):
            return ()
        return (tuple(column for one in self.outcomes for column in one.columns),)

    @property
    def required_in_file(self) -> tuple[tuple[str, ...], ...]:
        """Groups of which the file itself must have a column each: without those that unpivoting makes."""
        if self.shape.unpivot is None:
            return self.required_groups
        level = ((self.shape.level.column,),) if self.shape.level else ()
        return level + tuple(group for group in self.required_groups if not self._is_made(group))

    def _is_made(self, group: tuple[str, ...]) -> bool:
        unpivot = self.shape.unpivot
        return unpivot is not None and (unpivot.name in group or not unpivot.value or unpivot.value in group)
