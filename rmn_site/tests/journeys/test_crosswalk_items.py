"""Identifiers of items, read from the event rows of several networks side by side."""

from datetime import date
from decimal import Decimal

from campaigns.simulation import build_world, write_exports
from harmonization.mapping.library import load_mapping
from harmonization.pipeline.run import harmonize_file
from harmonization.selectors.crosswalk import FactItem, retailer_items


def fact_item(*, retailer_id: str, item_id: str) -> FactItem:
    return FactItem(
        retailer_id=retailer_id,
        item_id=item_id,
        currency="USD",
        retailer_name=retailer_id.title(),
        name="Oat Milk",
        brand="Oats",
        rows=1,
        spend=Decimal(1),
        product_id=None,
    )


def test_items_of_two_networks_get_their_own_identifiers(tmp_path):
    world = build_world(seed=3, start=date(2026, 6, 1), days=14, manufacturer="acme")
    for export in write_exports(world=world, directory=tmp_path / "in", retailer_ids=("alpha", "amazon")):
        harmonize_file(input_path=export.path, mapping=load_mapping(export.mapping_name), output_dir=tmp_path / "rmis")
    sku = next(sku for sku in world.skus if {"alpha", "amazon"} <= set(sku.retailer_ids))
    asked = tuple(fact_item(retailer_id=name, item_id=sku.retailer_ids[name]) for name in ("alpha", "amazon"))

    found = {item.retailer_id: item for item in retailer_items(items=asked, events=tmp_path / "rmis" / "events")}

    assert found["amazon"].seller_sku.startswith("SIM-")
    assert found["alpha"].seller_sku == ""


def test_without_events_items_have_only_their_names(tmp_path):
    asked = (fact_item(retailer_id="alpha", item_id="A-1"),)

    (item,) = retailer_items(items=asked, events=tmp_path / "absent")

    assert (item.name, item.gtin, item.seller_sku) == ("Oat Milk", "", "")
