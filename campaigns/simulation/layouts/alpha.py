"""Alpha's daily export: plain CSV with ISO dates, one row an item and day."""

import numpy as np
import polars as pl

from campaigns.simulation.layouts import columns
from campaigns.simulation.observing import Observed
from campaigns.simulation.world import World

AUDIENCES = np.array(["in_market", "loyal", "new_to_category", "lookalike"])


def render(world: World, observed: Observed) -> bytes:
    """The file's bytes."""
    sales = observed.windows[14]
    ids = columns.item_ids(observed=observed)
    days = columns.dates(world=world, observed=observed, pattern="%Y-%m-%d")
    cells = observed.cells
    frame = pl.DataFrame(
        {
            "event_id": np.char.add(np.char.add(np.char.add("sim-", days), "-"), ids),
            "date": days,
            "retailer_sku": ids,
            "product_name": columns.names(observed=observed),
            "brand": columns.brands(observed=observed),
            "category": columns.of_sku(observed=observed, values=[sku.category for sku in observed.skus]),
            "placement": columns.renamed_placements(
                observed=observed, words={each.name: each.name for each in observed.retailer.placements}
            ),
            "audience": AUDIENCES[(observed.sku + observed.day // 7) % len(AUDIENCES)],
            "campaign_id": columns.of_cell(
                observed=observed, values=[f"al-{cell.brand.lower()}-{cell.placement}" for cell in cells]
            ),
            "campaign_name": columns.campaign_names(observed=observed),
            "impressions": observed.impressions,
            "clicks": observed.clicks,
            "spend_usd": columns.money(observed.cost_cents),
            "orders_14d": sales.orders,
            "units_14d": sales.units,
            "sales_14d_usd": columns.money(sales.cents),
            "ntb_orders_14d": sales.new_orders,
            "ntb_sales_14d_usd": columns.money(sales.new_cents),
            "price_usd": columns.money(observed.price_cents),
            "stock_level": observed.stock,
            "margin_rate": columns.of_sku(observed=observed, values=[str(sku.margin_rate) for sku in observed.skus]),
            "promo": observed.promo.astype(np.int64),
        }
    )
    return frame.write_csv(float_precision=2).encode()
