"""What a mapping can be of besides events: the dimensions of RMIS and two histories, each with its own fields."""

from enum import StrEnum

from harmonization.rmis.definitions import GS1, RMIS, Entries
from harmonization.rmis.registry import FIELDS, FieldType, RmisField


class MappingKind(StrEnum):
    """What the rows of a file are."""

    EVENTS = "events"
    PRODUCTS = "products"
    AUDIENCES = "audiences"
    POLICIES = "policies"
    DEMAND = "demand"
    PLACEMENTS = "placements"


class TermKind(StrEnum):
    """What a policy term asks for."""

    RETAILER_SPEC = "retailer_spec"
    DISALLOWED_TERM = "disallowed_term"
    REQUIRED_DISCLAIMER = "required_disclaimer"


class Severity(StrEnum):
    """What becomes of a creative that breaks a term."""

    BLOCK = "block"
    WARN = "warn"


PRODUCTS: Entries = (
    ("sku", "text", "", "The tenant's own identifier of the product; everything else joins to it.", RMIS),
    ("name", "text", "", "Name of the product.", RMIS),
    ("brand", "text", "", "Brand of the product.", RMIS),
    ("manufacturer", "text", "", "Who makes it.", RMIS),
    ("category_path", "text", "", "Categories from the widest to the narrowest, joined by “ > ”.", RMIS),
    ("size", "text", "", "What one package holds, as written: 12 x 330 ml.", RMIS),
    ("price", "money", "currency unit", "Recommended price of one package.", RMIS),
    ("unit_cost", "money", "currency unit", "What one package costs the tenant.", RMIS),
    ("margin_rate", "ratio", "fraction", "Gross margin per unit of revenue, where no unit cost is given.", RMIS),
    ("gtin", "gtin", "", "Global Trade Item Number, 14 digits with a valid check digit.", GS1),
    ("item_id", "text", "", "A retailer's own identifier of it: ASIN, Walmart item id. Needs a retailer.", RMIS),
    ("seller_sku", "text", "", "The seller's own identifier, where it differs from the tenant's.", RMIS),
    ("mpn", "text", "", "Manufacturer's part number.", RMIS),
)
AUDIENCES: Entries = (
    ("audience_id", "text", "", "The network's identifier of the audience.", RMIS),
    ("name", "text", "", "Name of the audience.", RMIS),
    ("description", "text", "", "Who is in it.", RMIS),
    ("audience_type", "text", "", "How it came about: in-market, lapsed buyers, lookalike.", RMIS),
    ("provider", "text", "", "Whose data it rests on.", RMIS),
    ("people", "count", "people", "How many are in it.", RMIS),
    ("refreshed_on", "date", "day", "Day of its last refresh.", RMIS),
)
POLICIES: Entries = (
    ("document_id", "text", "", "Identifier of the document the term stands in.", RMIS),
    ("document_title", "text", "", "Title of that document.", RMIS),
    ("document_version", "text", "", "Its version.", RMIS),
    ("document_url", "text", "", "Where it can be read.", RMIS),
    ("effective_on", "date", "day", "Day from which it holds.", RMIS),
    ("term_id", "text", "", "Identifier of the term within its document.", RMIS),
    ("term_kind", "enum", "", "Retailer specification, disallowed term, or required disclaimer.", RMIS),
    ("text", "text", "", "The term itself: the words that are disallowed or required, or the specification.", RMIS),
    ("category", "text", "", "Category of products it is about; empty for all.", RMIS),
    ("severity", "enum", "", "Whether a breach blocks a creative or warns.", RMIS),
    ("note", "text", "", "What to do instead.", RMIS),
)
DEMAND: Entries = (
    ("sku_id", "text", "", "The retailer's identifier of the item sold, or the tenant's own.", RMIS),
    ("store_id", "text", "", "Store it was sold in; empty for online or all stores.", RMIS),
    ("region", "text", "", "Region it was sold in.", RMIS),
    ("event_date", "date", "day", "Day of the sale.", RMIS),
    ("units", "quantity", "items", "Items sold, attributed to an ad or not.", RMIS),
    ("revenue", "money", "currency unit", "What shoppers paid for them.", RMIS),
    ("price", "money", "currency unit", "Price of one item on that day.", RMIS),
    (
        "discount",
        "money",
        "currency unit",
        "Taken off the shelf price; a row with a discount counts as promoted.",
        RMIS,
    ),
    ("promo_flag", "flag", "", "Whether the item was on promotion.", RMIS),
)
PLACEMENTS: Entries = (
    ("sku_id", "text", "", "The retailer's identifier of the item placed, or the tenant's own.", RMIS),
    ("store_id", "text", "", "Store it was placed in.", RMIS),
    ("week_start", "date", "day", "First day of the week; a week's number with weeks_from gives it too.", RMIS),
    ("display_location", "text", "", "Where in the store it was displayed, in the retailer's own words.", RMIS),
    ("mailer_location", "text", "", "Where in the printed mailer it stood, in the retailer's own words.", RMIS),
)
CHOICES: dict[str, tuple[str, ...]] = {"term_kind": tuple(TermKind), "severity": tuple(Severity)}


def _fields(group: MappingKind, entries: Entries) -> dict[str, RmisField]:
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
        for name, kind, unit, definition, source in entries
    }


FIELDS_BY_KIND: dict[MappingKind, dict[str, RmisField]] = {
    MappingKind.EVENTS: FIELDS,
    MappingKind.PRODUCTS: _fields(MappingKind.PRODUCTS, PRODUCTS),
    MappingKind.AUDIENCES: _fields(MappingKind.AUDIENCES, AUDIENCES),
    MappingKind.POLICIES: _fields(MappingKind.POLICIES, POLICIES),
    MappingKind.DEMAND: _fields(MappingKind.DEMAND, DEMAND),
    MappingKind.PLACEMENTS: _fields(MappingKind.PLACEMENTS, PLACEMENTS),
}
REQUIRED: dict[MappingKind, tuple[str, ...]] = {
    MappingKind.EVENTS: ("event_date",),
    MappingKind.PRODUCTS: ("sku",),
    MappingKind.AUDIENCES: ("audience_id",),
    MappingKind.POLICIES: ("term_kind", "text"),
    MappingKind.DEMAND: ("sku_id", "event_date"),
    MappingKind.PLACEMENTS: ("sku_id", "store_id", "week_start"),
}
UNIQUE_BY: dict[MappingKind, tuple[str, ...]] = {
    MappingKind.PRODUCTS: ("sku",),
    MappingKind.AUDIENCES: ("retailer_id", "audience_id"),
    MappingKind.POLICIES: ("retailer_id", "document_id", "term_kind", "text", "category"),
    MappingKind.PLACEMENTS: ("retailer_id", "sku_id", "store_id", "week_start"),
}
NEEDS_RETAILER = frozenset({MappingKind.DEMAND, MappingKind.PLACEMENTS})


def dimension_definition(*, kind: MappingKind, name: str) -> str:
    """The definition of a field of this kind with its source; empty when unknown."""
    field = FIELDS_BY_KIND[kind].get(name)
    return f"{field.definition} ({field.source})" if field else ""
