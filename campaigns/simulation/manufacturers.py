"""The invented manufacturers of simulated worlds: their brands and what each brand sells."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class BrandRange:
    """One invented brand and the goods it sells.

    Attributes:
        share: part of the manufacturer's ad spend, sums to 1 over its brands.
        price: lowest and highest list price, USD per unit.
        margin_rate: lowest and highest margin as a share of revenue.
        roas_factor: how much better (>1) or worse (<1) than its peers the brand converts.
    """

    name: str
    category: str
    sku_count: int
    share: float
    products: tuple[str, ...]
    variants: tuple[str, ...]
    sizes: tuple[str, ...]
    price: tuple[float, float]
    margin_rate: tuple[float, float]
    roas_factor: float


@dataclass(frozen=True, kw_only=True)
class Manufacturer:
    """One invented advertiser. ``spend_factor`` scales every retailer's daily spend."""

    slug: str
    name: str
    number: int
    spend_factor: float
    brands: tuple[BrandRange, ...]


ACME = Manufacturer(
    slug="acme",
    name="Acme Consumer Goods",
    number=1,
    spend_factor=1.0,
    brands=(
        BrandRange(
            name="Nordmill",
            category="Breakfast & cereal",
            sku_count=36,
            share=0.42,
            products=("Granola", "Porridge Oats", "Muesli", "Crunch Bars"),
            variants=("Honey Almond", "Apple Cinnamon", "Dark Chocolate", "Berry", "Original"),
            sizes=("12 oz", "24 oz"),
            price=(4.5, 11.9),
            margin_rate=(0.48, 0.58),
            roas_factor=1.05,
        ),
        BrandRange(
            name="Kettleby",
            category="Snacks",
            sku_count=34,
            share=0.33,
            products=("Potato Chips", "Popcorn", "Pretzels", "Lentil Crisps"),
            variants=("Sea Salt", "Sour Cream", "Smoky Chili", "Cheddar", "Salt & Vinegar"),
            sizes=("6 oz", "12 pack"),
            price=(3.2, 13.5),
            margin_rate=(0.44, 0.54),
            roas_factor=0.93,
        ),
        BrandRange(
            name="Brightnest",
            category="Household cleaning",
            sku_count=30,
            share=0.25,
            products=("Dish Soap", "Laundry Detergent", "Surface Spray", "Dishwasher Tablets"),
            variants=("Lemon", "Fresh Cotton", "Sensitive", "Eucalyptus"),
            sizes=("single", "3 pack"),
            price=(5.9, 21.9),
            margin_rate=(0.52, 0.62),
            roas_factor=1.02,
        ),
    ),
)

GLOBEX = Manufacturer(
    slug="globex",
    name="Globex Personal Care",
    number=2,
    spend_factor=0.6,
    brands=(
        BrandRange(
            name="Velora",
            category="Hair & skin care",
            sku_count=56,
            share=0.61,
            products=("Shampoo", "Conditioner", "Body Lotion", "Face Cream", "Hair Oil", "Shower Gel"),
            variants=("Argan", "Aloe", "Rose", "Unscented", "Coconut"),
            sizes=("8 oz", "16 oz"),
            price=(6.9, 24.9),
            margin_rate=(0.56, 0.68),
            roas_factor=1.04,
        ),
        BrandRange(
            name="Mintique",
            category="Oral care",
            sku_count=44,
            share=0.39,
            products=("Toothpaste", "Mouthwash", "Whitening Strips", "Floss", "Brush Heads"),
            variants=("Cool Mint", "Gentle", "Charcoal", "Kids Berry", "Total"),
            sizes=("single", "twin pack"),
            price=(4.2, 18.9),
            margin_rate=(0.52, 0.64),
            roas_factor=0.96,
        ),
    ),
)

MANUFACTURERS: Mapping[str, Manufacturer] = {each.slug: each for each in (ACME, GLOBEX)}
