"""Criteo Retail Media's performance report for one of its retailers."""

import numpy as np
import polars as pl

from campaigns.simulation.layouts import columns
from campaigns.simulation.observing import Observed, campaign_number
from campaigns.simulation.world import World

PAGE_TYPES = {
    "search": "search",
    "browse": "browse",
    "product_detail": "productDetail",
    "home": "home",
    "checkout": "checkout",
}


def render(world: World, observed: Observed) -> bytes:
    """The report as CSV; attribution is 14 days after a click and 1 day after a view, as requested of the API."""
    rows, sales = len(observed.day), observed.windows[14]
    numbers = np.array([campaign_number(cell=cell, digits=9) for cell in observed.cells])[observed.cell]
    frame = pl.DataFrame(
        {
            "date": columns.dates(world=world, observed=observed, pattern="%Y-%m-%d"),
            "accountId": np.full(rows, 700_000 + world.manufacturer.number),
            "accountName": np.full(rows, f"{world.manufacturer.name} (simulated)"),
            "campaignId": numbers,
            "campaignName": columns.campaign_names(observed=observed),
            "campaignType": np.full(rows, "sponsoredProducts"),
            "lineItemId": numbers + 1,
            "lineItemName": np.char.add(columns.brands(observed=observed), " all items"),
            "retailerId": np.full(rows, observed.retailer.retailer_id),
            "retailerName": np.full(rows, observed.retailer.name),
            "brandName": columns.brands(observed=observed),
            "productCategory": columns.of_sku(observed=observed, values=[sku.category for sku in observed.skus]),
            "productId": columns.item_ids(observed=observed),
            "productName": columns.names(observed=observed),
            "salesChannel": np.full(rows, "online"),
            "environment": np.array(["web", "mobile", "app"])[(observed.sku + observed.day) % 3],
            "pageType": columns.renamed_placements(observed=observed, words=PAGE_TYPES),
            "impressions": observed.impressions,
            "clicks": observed.clicks,
            "spend": columns.money(observed.cost_cents),
            "attributedSales": columns.money(sales.cents),
            "attributedUnits": sales.units,
            "attributedOrders": sales.orders,
            "ctr": columns.ratio(part=observed.clicks, whole=observed.impressions, digits=6),
            "cpc": columns.ratio(part=observed.cost_cents, whole=100 * observed.clicks, digits=4),
            "roas": columns.ratio(part=sales.cents, whole=observed.cost_cents, digits=4),
            "newToBrandAttributedSales": columns.money(sales.new_cents),
            "newToBrandAttributedUnits": sales.new_units,
        }
    )
    return frame.write_csv().encode()
