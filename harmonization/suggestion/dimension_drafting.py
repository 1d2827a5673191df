"""Propose a mapping of a dimension for a file: fields whose usual names its columns have."""

import re

from harmonization.mapping.dimension_editing import FieldUse, with_field_uses
from harmonization.mapping.spec import Currency, Mapping, Retailer
from harmonization.rmis.dimensions import FIELDS_BY_KIND, REQUIRED, MappingKind
from harmonization.rmis.registry import FieldType
from harmonization.suggestion.date_formats import formats_of
from harmonization.suggestion.sample import FileSample

NOT_TELLING = re.compile(r"[\W_]+")
USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "sku": ("productid", "productcode", "articlenumber", "articleno", "materialnumber", "itemcode"),
    "name": ("productname", "title", "producttitle", "description", "itemname", "articlename", "audiencename"),
    "brand": ("brandname",),
    "manufacturer": ("manufacturerid", "maker", "vendor"),
    "category_path": ("category", "productcategory", "department"),
    "size": ("packagesize", "packsize", "unitsize"),
    "price": ("listprice", "retailprice", "rrp", "msrp", "unitprice"),
    "unit_cost": ("cost", "costprice", "cogs"),
    "margin_rate": ("margin", "grossmargin"),
    "gtin": ("upc", "ean", "barcode", "gtin13", "gtin14", "ean13"),
    "item_id": ("asin", "retaileritemid", "walmartitemid", "tcin"),
    "mpn": ("manufacturerpartnumber", "partnumber"),
    "people": ("audiencesize", "reach", "members"),
    "refreshed_on": ("refreshed", "lastrefresh", "updated"),
    "sku_id": ("sku", "itemid", "productid", "upc", "asin"),
    "store_id": ("store", "storenumber"),
    "event_date": ("date", "day", "transactiondate", "transactiontimestamp", "salesdate"),
    "units": ("quantity", "qty", "unitssold"),
    "revenue": ("sales", "salesvalue", "salesamount", "turnover"),
    "promo_flag": ("promo", "onpromotion", "promotion"),
    "week_start": ("week", "weekstarting", "weekof"),
    "display_location": ("display",),
    "mailer_location": ("mailer",),
    "document_id": ("document",),
    "term_kind": ("kind", "type"),
    "text": ("term", "rule", "wording"),
    "effective_on": ("effective", "effectivedate", "validfrom"),
}


def draft_dimension(*, kind: MappingKind, name: str, title: str, file: FileSample) -> Mapping:
    """A mapping of this kind with every field that a column is named after; a person gives the rest."""
    empty = Mapping(kind=kind, name=name, title=title, version="1", retailer=Retailer(), currency=Currency(), fields=())
    found = _found(kind=kind, columns=file.columns)
    return with_field_uses(mapping=empty, uses=[_use(kind, field, column, file) for field, column in found.items()])


def likely_kind(*, file: FileSample) -> MappingKind:
    """The kind that knows most of the columns and misses none that it needs; products where there is none."""
    known = {kind: _found(kind=kind, columns=file.columns) for kind in MappingKind if kind is not MappingKind.EVENTS}
    fitting = [kind for kind, found in known.items() if found.keys() >= set(REQUIRED[kind])]
    return max(fitting, key=lambda kind: len(known[kind]), default=MappingKind.PRODUCTS)


def _found(*, kind: MappingKind, columns: tuple[str, ...]) -> dict[str, str]:
    """Of each field the first column with its name, or else with a usual name of it; a column feeds one field."""
    by_word = {_word(column): column for column in reversed(columns) if _word(column)}
    fields = FIELDS_BY_KIND[kind]
    own = {field: (_word(field),) for field in fields}
    found: dict[str, str] = {}
    for names in (own, USUAL_NAMES):
        for field in fields:
            words = [word for word in names.get(field, ()) if word in by_word]
            free = [by_word[word] for word in words if by_word[word] not in found.values()]
            if field not in found and free:
                found[field] = free[0]
    return {field: found[field] for field in fields if field in found}


def _use(kind: MappingKind, field: str, column: str, file: FileSample) -> FieldUse:
    is_day = FIELDS_BY_KIND[kind][field].type is FieldType.DATE
    return FieldUse(name=field, columns=(column,), formats=formats_of(values=file.texts(column))[:1] if is_day else ())


def _word(text: str) -> str:
    return NOT_TELLING.sub("", text.lower())
