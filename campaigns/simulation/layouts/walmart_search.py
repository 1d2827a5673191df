"""Walmart Connect's sponsored-search item report (v2): three windows, advertised and other SKUs, in-store sales."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from campaigns.simulation.attribution import Outcomes
from campaigns.simulation.layouts import columns
from campaigns.simulation.observing import Observed, campaign_number
from campaigns.simulation.world import World

# Each placement appears under two names where the network has two.
PLACEMENTS = {
    "search": ("Search Ingrid", "Search Carousel"),
    "product_detail": ("Item Buybox", "Item Carousel"),
    "browse": ("Stock Up", "Stock Up"),
    "home": ("Home Page", "Home Page"),
}
PAGE_TYPES = {"search": "Search", "product_detail": "Item", "browse": "Browse", "home": "Home"}
WINDOWS = (3, 14, 30)
IN_STORE_SHARE = 0.35

Column = NDArray[np.generic]


def render(world: World, observed: Observed) -> bytes:
    """The report as CSV."""
    figures = _entities(world=world, observed=observed)
    for days in WINDOWS:
        figures |= _window(days=days, sales=observed.windows[days])
    return pl.DataFrame(figures).write_csv().encode()


def _entities(*, world: World, observed: Observed) -> dict[str, Column]:
    numbers = np.array([campaign_number(cell=cell, digits=7) for cell in observed.cells])[observed.cell]
    names = [PLACEMENTS[each.name] for each in observed.retailer.placements]
    return {
        "date": columns.dates(world=world, observed=observed, pattern="%Y-%m-%d"),
        "campaignId": numbers,
        "campaignName": columns.campaign_names(observed=observed),
        "adGroupId": numbers + 10_000_000,
        "adGroupName": np.char.add(columns.brands(observed=observed), " all items"),
        "itemId": columns.item_ids(observed=observed),
        "itemName": columns.names(observed=observed),
        "pageType": columns.renamed_placements(observed=observed, words=PAGE_TYPES),
        "placement": np.array(names)[observed.placement, observed.sku % 2],
        "platform": np.array(["Desktop", "Mobile", "App"])[(observed.sku + observed.day) % 3],
        "numAdsShown": observed.impressions,
        "numAdsClicks": observed.clicks,
        "adSpend": columns.money(observed.cost_cents),
    }


def _window(*, days: int, sales: Outcomes) -> dict[str, Column]:
    brand_cents = sales.halo_cents * 3 // 4
    store_same = (sales.same_cents * IN_STORE_SHARE).astype(np.int64)
    store_other = (sales.halo_cents * IN_STORE_SHARE).astype(np.int64)
    return {
        f"attributedSales{days}days": columns.money(sales.cents),
        f"attributedOrders{days}days": sales.orders,
        f"attributedUnits{days}days": sales.units,
        f"advertisedSkuSales{days}days": columns.money(sales.same_cents),
        f"otherSkuSales{days}days": columns.money(sales.halo_cents),
        f"advertisedSkuUnits{days}days": sales.same_units,
        f"otherSkuUnits{days}days": sales.halo_units,
        f"ntbOrders{days}days": sales.new_orders,
        f"ntbRevenue{days}days": columns.money(sales.new_cents),
        f"ntbUnits{days}days": sales.new_units,
        f"directAttributedSales{days}days": columns.money(sales.same_cents),
        f"brandAttributedSales{days}days": columns.money(brand_cents),
        f"relatedAttributedSales{days}days": columns.money(sales.halo_cents - brand_cents),
        f"inStoreAttributedSales{days}days": columns.money(store_same + store_other),
        f"inStoreAdvertisedSales{days}days": columns.money(store_same),
        f"inStoreOtherSales{days}days": columns.money(store_other),
        f"inStoreOrders{days}days": (sales.orders * IN_STORE_SHARE).astype(np.int64),
        f"inStoreUnitsSold{days}days": (sales.units * IN_STORE_SHARE).astype(np.int64),
    }
