"""The demo's product catalogue, loaded as a user would: a mapping of one's own, a file, a look at all items."""

import csv
from pathlib import Path

from django.core.files import File

from campaigns.simulation import World
from harmonization.services.crosswalk import request_crosswalk
from harmonization.services.mapping_versions import save_version
from harmonization.services.uploads import receive_upload
from tenants.models import Operation, User

MAPPING_NAME = "our-catalogue"
MAPPING = """\
kind: products
name: our-catalogue
title: Our product catalogue
version: "1"
currency: {code: USD}
fields:
  sku: {from: SKU, required: true}
  name: {from: Product}
  brand: {from: Brand}
  category_path: {from: Category}
  gtin: {from: GTIN}
  price: {from: Price}
  margin_rate: {from: Margin}
notes:
  - Simulated. Amazon names our SKU. The GTINs are of the range for restricted circulation, so they join nothing.
"""


def write_catalogue(*, world: World, path: Path) -> int:
    """The world's products as a CSV file; how many there are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["SKU", "Product", "Brand", "Category", "GTIN", "Price", "Margin"])
        for sku in world.skus:
            writer.writerow(
                [f"SIM-{sku.gtin[-7:]}", sku.name, sku.brand, sku.category, sku.gtin, sku.price, sku.margin_rate]
            )
    return len(world.skus)


def begin_products(*, world: World, folder: Path, by: User) -> Operation | None:
    """Save the mapping and receive the catalogue; the operation that loads it, None where it is loaded already."""
    path = folder / f"simulated-catalogue-{world.manufacturer.number}.csv"
    write_catalogue(world=world, path=path)
    save_version(name=MAPPING_NAME, text=MAPPING, note="The demo's catalogue", parent_number=None, by=by)
    with path.open("rb") as file:
        _, operation = receive_upload(file=File(file), file_name=path.name, mapping_name=MAPPING_NAME, by=by)
    return operation


def begin_joining(*, by: User) -> Operation:
    """Queue the look at all items of all retailers."""
    return request_crosswalk(by=by)
