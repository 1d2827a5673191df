"""A mapping of a dimension, proposed by the names of columns."""

import pytest

from harmonization.rmis.dimensions import MappingKind
from harmonization.suggestion.dimension_drafting import draft_dimension, likely_kind
from harmonization.suggestion.sample import FileSample

PRODUCTS = ("SKU", "Product name", "UPC", "List price", "Shelf")
DEMAND = ("product_id", "store_id", "Date", "quantity", "sales_value")


def sample(columns, **values):
    return FileSample(name="f.csv", columns=columns, values={one: values.get(one, ("1",)) for one in columns})


def columns_of(mapping):
    return {one.name: one.columns[0] for one in mapping.fields}


def test_columns_with_usual_names_become_fields_and_others_nothing():
    mapping = draft_dimension(kind=MappingKind.PRODUCTS, name="n", title="N", file=sample(PRODUCTS))

    assert columns_of(mapping) == {"sku": "SKU", "name": "Product name", "gtin": "UPC", "price": "List price"}
    assert mapping.field_named("sku").required


def test_a_column_of_the_very_name_comes_before_a_usual_one():
    mapping = draft_dimension(kind=MappingKind.PRODUCTS, name="n", title="N", file=sample(("title", "name", "sku")))

    assert columns_of(mapping)["name"] == "name"


def test_a_column_feeds_one_field_only():
    mapping = draft_dimension(kind=MappingKind.DEMAND, name="n", title="N", file=sample(("sku", "upc", "date")))

    assert columns_of(mapping) == {"sku_id": "sku", "event_date": "date"}


def test_days_are_written_as_the_file_writes_them():
    file = sample(("sku", "date"), date=("31.12.2025", "01.01.2026"))

    mapping = draft_dimension(kind=MappingKind.DEMAND, name="n", title="N", file=file)

    assert mapping.field_named("event_date").formats == ("%d.%m.%Y",)


@pytest.mark.parametrize(
    ("columns", "kind"), [(PRODUCTS, "products"), (DEMAND, "demand"), (("a", "b"), "products"), ((), "products")]
)
def test_the_kind_that_knows_most_columns_is_likely(columns, kind):
    assert likely_kind(file=sample(columns)) == kind
