"""Mappings of dimensions and histories."""

from datetime import date
from pathlib import Path

import pytest

from harmonization.mapping.library import FOLDER, load_mapping
from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.reader import read_mapping
from harmonization.rmis.dimensions import MappingKind

PRODUCTS = """\
kind: products
name: catalogue
title: Our catalogue
version: "1"
currency: {code: EUR}
fields:
  sku: {from: SKU, required: true}
  category_path: {from: [Department, Category], join: " > "}
  price: {from: Price}
"""
DEMAND = """\
kind: demand
name: sales
title: Sales
version: "1"
retailer: {id: alpha}
fields:
  sku_id: {from: sku, required: true}
  event_date: {from: week, required: true, weeks_from: 2024-01-01}
"""
TWICE = """\
  revenue: {from: r}
  discount: {from: r}
currency: {code: USD}
"""


def test_a_mapping_without_a_kind_is_of_events():
    assert load_mapping("alpha").kind is MappingKind.EVENTS


def test_a_mapping_of_products_is_read():
    mapping = read_mapping(text=PRODUCTS)

    assert mapping.kind is MappingKind.PRODUCTS
    assert mapping.field_named("category_path").join == " > "
    assert mapping.required_groups == (("SKU",),)
    assert ("Department",) in mapping.column_groups


def test_weeks_are_counted_from_a_day():
    assert read_mapping(text=DEMAND).field_named("event_date").weeks_from == date(2024, 1, 1)


@pytest.mark.parametrize("path", sorted((FOLDER / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_is_read(path: Path):
    assert load_mapping(path).name == path.stem


@pytest.mark.parametrize(
    ("text", "line", "field", "words"),
    [
        (PRODUCTS.replace("kind: products", "kind: prodcts"), 1, "kind", "must be one of"),
        (PRODUCTS.replace("price:", "prize:"), 9, "fields.prize", "unknown key"),
        (PRODUCTS.replace("currency: {code: EUR}\n", ""), 1, "currency", "money is mapped"),
        (PRODUCTS.replace(", required: true", ""), 7, "fields.sku", "required: true"),
        (
            PRODUCTS.replace("price: {from: Price}", "item_id: {from: Asin}"),
            9,
            "fields.item_id",
            "without the retailer",
        ),
        (PRODUCTS.replace("from: Price", "from: Price, formats: [x]"), 9, "fields.price.formats", "unknown key"),
        (PRODUCTS + "outcomes: []\n", 10, "outcomes", "unknown key"),
        (DEMAND.replace("retailer: {id: alpha}\n", ""), 1, "retailer", "needs a retailer"),
        (DEMAND.replace("2024-01-01", "January"), 8, "fields.event_date.weeks_from", "must be a day"),
        (DEMAND.replace("weeks_from", "formats: ['%Y'], weeks_from"), 8, "fields.event_date.weeks_from", "either"),
        (
            DEMAND + "  revenue: {from: r}\n  discount: {from: r}\ncurrency: {code: USD}\n",
            10,
            "fields.discount",
            "already",
        ),
    ],
)
def test_what_is_wrong_is_told_with_line_and_field(text, line, field, words):
    with pytest.raises(MappingError, match=words) as refused:
        read_mapping(text=text)

    assert (refused.value.line, refused.value.field) == (line, field)
