"""The SKUs of a simulated world, with the ids each retailer knows them by."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product

import numpy as np

from campaigns.simulation.manufacturers import BrandRange, Manufacturer
from campaigns.simulation.retailers import RETAILERS, Retailer
from harmonization.rmis.gtin import check_digit

ASIN_LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, kw_only=True)
class Sku:
    """One item.

    Attributes:
        gtin: 14 digits, valid check digit, in the range GS1 keeps for restricted circulation.
        price: list price in USD.
        margin_rate: margin as a share of revenue.
        popularity: relative weight of demand within its brand.
        retailer_ids: the item's id at each retailer that sells it.
    """

    gtin: str
    name: str
    brand: str
    category: str
    price: Decimal
    margin_rate: Decimal
    popularity: float
    retailer_ids: Mapping[str, str]


def simulated_gtin(*, manufacturer: int, item: int) -> str:
    """GTIN-14 whose UPC-A starts with 4: GS1 prefixes 040–049 never leave a company, so it cannot be a real product."""
    body = f"004{manufacturer:04d}{item:06d}"
    return f"{body}{check_digit(body)}"


def item_id(*, retailer_id: str, manufacturer: int, item: int) -> str:
    """The retailer's own id of an item, in the retailer's own style."""
    number = manufacturer * 10_000 + item
    if retailer_id == "amazon":
        letters, rest = "", number * 7_368_787 % 34**7
        for _ in range(7):
            rest, place = divmod(rest, 34)
            letters = ASIN_LETTERS[place] + letters
        return f"B0S{letters}"
    style = {"alpha": f"A-{number:06d}", "beta": f"77{number:05d}", "gamma": f"GM{number:06d}"}
    return style.get(retailer_id, str(900_000_000 + number))


def make_skus(*, manufacturer: Manufacturer, rng: np.random.Generator) -> tuple[Sku, ...]:
    """All items of a manufacturer, brand by brand."""
    total = sum(brand.sku_count for brand in manufacturer.brands)
    sold_at = {name: _sold(retailer=retailer, count=total, rng=rng) for name, retailer in RETAILERS.items()}
    skus: list[Sku] = []
    for brand in manufacturer.brands:
        for name in _names(brand=brand):
            skus.append(_sku(manufacturer=manufacturer, brand=brand, name=name, item=len(skus), sold=sold_at, rng=rng))
    return tuple(skus)


def _names(*, brand: BrandRange) -> list[str]:
    every = product(brand.sizes, brand.variants, brand.products)
    names = (f"{brand.name} {kind} {variant} {size}" for size, variant, kind in every)
    return list(islice(names, brand.sku_count))


def _sold(*, retailer: Retailer, count: int, rng: np.random.Generator) -> frozenset[int]:
    chosen = rng.permutation(count)[: round(retailer.sku_share * count)]
    return frozenset(int(item) for item in chosen)


def _sku(
    *,
    manufacturer: Manufacturer,
    brand: BrandRange,
    name: str,
    item: int,
    sold: Mapping[str, frozenset[int]],
    rng: np.random.Generator,
) -> Sku:
    dollars = round(float(rng.uniform(*brand.price)))
    ids = {
        retailer_id: item_id(retailer_id=retailer_id, manufacturer=manufacturer.number, item=item + 1)
        for retailer_id, items in sold.items()
        if item in items
    }
    return Sku(
        gtin=simulated_gtin(manufacturer=manufacturer.number, item=item + 1),
        name=name,
        brand=brand.name,
        category=brand.category,
        price=Decimal(dollars) - Decimal("0.01"),
        margin_rate=Decimal(str(round(float(rng.uniform(*brand.margin_rate)), 3))),
        popularity=float(rng.lognormal(0.0, 0.5)),
        retailer_ids=ids,
    )
