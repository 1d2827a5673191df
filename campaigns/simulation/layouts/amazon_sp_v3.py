"""Amazon's Sponsored Products report (API v3): advertised product by day with its placement classification."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from campaigns.simulation.layouts import columns
from campaigns.simulation.observing import Observed, campaign_number
from campaigns.simulation.world import World

PLACEMENTS = {
    "search": "Top of Search on-Amazon",
    "product_detail": "Detail Page on-Amazon",
    "browse": "Other on-Amazon",
    "offsite": "Off Amazon",
}
WINDOWS = (1, 7, 14, 30)

Column = NDArray[np.generic]


def render(world: World, observed: Observed) -> bytes:
    """The report as CSV."""
    return report(world=world, observed=observed).write_csv().encode()


def render_json(world: World, observed: Observed) -> bytes:
    """The report as the API gives it before compression: one JSON array of rows."""
    return report(world=world, observed=observed).write_json().encode()


def report(*, world: World, observed: Observed) -> pl.DataFrame:
    """The report's rows, ``spAdvertisedProduct`` columns in the documentation's order."""
    return pl.DataFrame({**_entities(world=world, observed=observed), **_delivery(observed), **_sales(observed)})


def _entities(*, world: World, observed: Observed) -> dict[str, Column]:
    rows, cells = len(observed.day), observed.cells
    numbers = np.array([campaign_number(cell=cell, digits=15) for cell in cells])[observed.cell]
    daily_budgets = np.array([round(2 * cell.usual_spend) for cell in cells])
    return {
        "date": columns.dates(world=world, observed=observed, pattern="%Y-%m-%d"),
        "campaignName": columns.campaign_names(observed=observed),
        "campaignId": numbers,
        "campaignStatus": np.full(rows, "ENABLED"),
        "campaignBudgetAmount": daily_budgets[observed.cell],
        "campaignBudgetType": np.full(rows, "DAILY_BUDGET"),
        "campaignBudgetCurrencyCode": np.full(rows, "USD"),
        "adGroupName": np.char.add(columns.brands(observed=observed), " all items"),
        "adGroupId": numbers + 1,
        "adId": numbers + 100 + observed.sku,
        "portfolioId": np.full(rows, 100_000_000_000_001),
        "advertisedAsin": columns.item_ids(observed=observed),
        "advertisedSku": columns.of_sku(observed=observed, values=[f"SIM-{sku.gtin[-7:]}" for sku in observed.skus]),
        "placementClassification": columns.renamed_placements(observed=observed, words=PLACEMENTS),
    }


def _delivery(observed: Observed) -> dict[str, Column]:
    cost = observed.cost_cents
    return {
        "impressions": observed.impressions,
        "clicks": observed.clicks,
        "costPerClick": columns.ratio(part=cost, whole=100 * observed.clicks, digits=4),
        "clickThroughRate": columns.ratio(part=100 * observed.clicks, whole=observed.impressions, digits=4),
        "cost": columns.money(cost),
        "spend": columns.money(cost),
    }


def _sales(observed: Observed) -> dict[str, Column]:
    windows = observed.windows
    figures: dict[str, Column] = {}
    figures |= {f"purchases{days}d": windows[days].orders for days in WINDOWS}
    figures |= {f"purchasesSameSku{days}d": windows[days].same_orders for days in WINDOWS}
    figures |= {f"unitsSoldClicks{days}d": windows[days].units for days in WINDOWS}
    figures |= {f"sales{days}d": columns.money(windows[days].cents) for days in WINDOWS}
    figures |= {f"attributedSalesSameSku{days}d": columns.money(windows[days].same_cents) for days in WINDOWS}
    figures |= {"salesOtherSku7d": columns.money(windows[7].halo_cents)}
    figures |= {f"unitsSoldSameSku{days}d": windows[days].same_units for days in WINDOWS}
    figures |= {"unitsSoldOtherSku7d": windows[7].halo_units}
    cost = observed.cost_cents
    for days in (7, 14):
        figures[f"acosClicks{days}d"] = columns.ratio(part=100 * cost, whole=windows[days].cents, digits=4)
        figures[f"roasClicks{days}d"] = columns.ratio(part=windows[days].cents, whole=cost, digits=4)
    return figures
