"""What a mapping says of a file as a whole, to be edited apart from its columns."""

from dataclasses import dataclass, replace
from decimal import Decimal

from harmonization.mapping.spec import Mapping, Qualifier
from harmonization.rmis.enums import Channel, DateBasis


@dataclass(frozen=True, kw_only=True)
class FileSettings:
    """The settings of a file.

    Attributes:
        vat_rate: a fraction; None where it is not stated.
        headline: what daily facts carry where a file has it; None where there are no outcomes.
    """

    title: str
    retailer_id: str
    retailer_name: str
    currency: str
    is_currency_assumed: bool
    timezone: str
    date_basis: DateBasis
    channel: Channel
    vat_included: bool | None
    vat_rate: Decimal | None
    decimal: str
    separator: str
    totals: tuple[str, ...]
    headline: Qualifier | None


def settings_of(*, mapping: Mapping) -> FileSettings:
    """The settings a mapping has."""
    return FileSettings(
        title=mapping.title,
        retailer_id=mapping.retailer.id,
        retailer_name=mapping.retailer.name,
        currency=mapping.currency.code,
        is_currency_assumed=mapping.currency.is_assumed,
        timezone=mapping.timezone,
        date_basis=mapping.date_basis,
        channel=mapping.channel,
        vat_included=mapping.vat_included,
        vat_rate=mapping.vat_rate,
        decimal=mapping.decimal,
        separator=mapping.separator,
        totals=mapping.totals,
        headline=mapping.headline[0] if mapping.headline else None,
    )


def with_settings(*, mapping: Mapping, settings: FileSettings) -> Mapping:
    """The mapping with these settings; a headline comes first, and those there are follow it."""
    others = tuple(one for one in mapping.headline if one != settings.headline)
    return replace(
        mapping,
        title=settings.title,
        retailer=replace(mapping.retailer, id=settings.retailer_id, name=settings.retailer_name),
        currency=replace(mapping.currency, code=settings.currency, is_assumed=settings.is_currency_assumed),
        timezone=settings.timezone,
        date_basis=settings.date_basis,
        channel=settings.channel,
        vat_included=settings.vat_included,
        vat_rate=settings.vat_rate if settings.vat_included is not None else None,
        decimal=settings.decimal,
        separator=settings.separator,
        totals=settings.totals,
        headline=(settings.headline, *others) if settings.headline else mapping.headline,
    )
