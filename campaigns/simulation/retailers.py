"""The retailers of simulated worlds: placements, prices of media, and how generously each attributes."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Where ads stand at one retailer, and how they do at the usual level of spend.

    Attributes:
        share: part of the retailer's spend, sums to 1 over its placements.
        roas: attributed revenue per unit of spend.
        cost_per_click: USD.
        click_rate: clicks per impression.
    """

    name: str
    share: float
    roas: float
    cost_per_click: float
    click_rate: float
    channel: str = "onsite"


@dataclass(frozen=True, kw_only=True)
class Retailer:
    """One retailer and its reporting.

    Attributes:
        network: name of the export layout.
        daily_spend: USD a day for a manufacturer with spend factor 1.
        incrementality: share of attributed revenue that ads caused (0 to 1); the base value of a world.
        sku_share: part of the manufacturer's SKUs sold here.
        placements_per_sku: how many placements show a SKU on one day.
        headline_days: attribution window of the figures this retailer leads with.
    """

    retailer_id: str
    name: str
    number: int
    network: str
    daily_spend: float
    incrementality: float
    new_to_brand_share: float
    sku_share: float
    placements_per_sku: int
    headline_days: int
    placements: tuple[Placement, ...]


def _placement(name: str, share: float, roas: float, cost: float, rate: float, channel: str = "onsite") -> Placement:
    return Placement(name=name, share=share, roas=roas, cost_per_click=cost, click_rate=rate, channel=channel)


AMAZON = Retailer(
    retailer_id="amazon",
    name="Amazon",
    number=3,
    network="amazon_sp_v3",
    daily_spend=13_800,
    incrementality=0.55,
    new_to_brand_share=0.24,
    sku_share=0.82,
    placements_per_sku=2,
    headline_days=14,
    placements=(
        _placement("search", 0.49, 4.3, 1.25, 0.011),
        _placement("product_detail", 0.25, 3.6, 0.86, 0.005),
        _placement("browse", 0.16, 3.0, 0.72, 0.004),
        _placement("offsite", 0.10, 2.4, 0.58, 0.003, "offsite"),
    ),
)

WALMART = Retailer(
    retailer_id="walmart",
    name="Walmart",
    number=4,
    network="walmart_search",
    daily_spend=8_450,
    incrementality=0.66,
    new_to_brand_share=0.31,
    sku_share=0.74,
    placements_per_sku=2,
    headline_days=14,
    placements=(
        _placement("search", 0.46, 4.1, 0.88, 0.012),
        _placement("product_detail", 0.24, 3.5, 0.64, 0.006),
        _placement("browse", 0.18, 2.9, 0.52, 0.005),
        _placement("home", 0.12, 2.5, 0.47, 0.004),
    ),
)


def _demo_placements(cost: float) -> tuple[Placement, ...]:
    return (
        _placement("search", 0.42, 4.4, cost, 0.013),
        _placement("browse", 0.22, 3.3, cost * 0.7, 0.006),
        _placement("product_detail", 0.24, 3.8, cost * 0.8, 0.007),
        _placement("home", 0.12, 2.6, cost * 0.6, 0.004),
    )


ALPHA = Retailer(
    retailer_id="alpha",
    name="Alpha",
    number=1,
    network="alpha",
    daily_spend=3_900,
    incrementality=0.72,
    new_to_brand_share=0.27,
    sku_share=1.0,
    placements_per_sku=1,
    headline_days=14,
    placements=_demo_placements(0.74),
)

BETA = Retailer(
    retailer_id="beta",
    name="Beta",
    number=2,
    network="beta",
    daily_spend=2_800,
    incrementality=0.61,
    new_to_brand_share=0.22,
    sku_share=1.0,
    placements_per_sku=1,
    headline_days=7,
    placements=_demo_placements(0.66),
)

GAMMA = Retailer(
    retailer_id="gamma",
    name="Gamma Market",
    number=5,
    network="criteo",
    daily_spend=2_100,
    incrementality=0.6,
    new_to_brand_share=0.3,
    sku_share=0.6,
    placements_per_sku=2,
    headline_days=14,
    placements=(
        _placement("search", 0.4, 4.2, 0.7, 0.012),
        _placement("browse", 0.2, 3.2, 0.5, 0.006),
        _placement("product_detail", 0.2, 3.6, 0.55, 0.006),
        _placement("home", 0.12, 2.6, 0.4, 0.004),
        _placement("checkout", 0.08, 3.1, 0.45, 0.005),
    ),
)

INSTACART = Retailer(
    retailer_id="instacart",
    name="Instacart",
    number=6,
    network="instacart",
    daily_spend=1_900,
    incrementality=0.58,
    new_to_brand_share=0.35,
    sku_share=0.65,
    placements_per_sku=1,
    headline_days=14,
    placements=(_placement("other", 1.0, 3.7, 0.8, 0.011),),
)

RETAILERS: Mapping[str, Retailer] = {
    each.retailer_id: each for each in (ALPHA, BETA, AMAZON, WALMART, GAMMA, INSTACART)
}
