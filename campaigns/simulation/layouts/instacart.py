"""Instacart's products report (v2 CSV): linear attribution, so units come in fractions; no placement."""

import uuid

import numpy as np
import polars as pl

from campaigns.simulation.layouts import columns
from campaigns.simulation.observing import Observed
from campaigns.simulation.world import Cell, World

NAMESPACE = uuid.UUID("5d0f5a5e-0000-4000-8000-51a7ed000000")


def render(world: World, observed: Observed) -> bytes:
    """The report as CSV."""
    sales, rows = observed.windows[14], len(observed.day)
    cells = observed.cells
    frame = pl.DataFrame(
        {
            "date": columns.dates(world=world, observed=observed, pattern="%Y-%m-%d"),
            "status": np.full(rows, "active"),
            "campaign": columns.campaign_names(observed=observed),
            "ad_group": np.char.add(columns.brands(observed=observed), " all items"),
            "product": columns.names(observed=observed),
            "product_size": columns.of_sku(observed=observed, values=[_size(sku.name) for sku in observed.skus]),
            "upc": columns.of_sku(observed=observed, values=[sku.gtin[-12:] for sku in observed.skus]),
            "spend": columns.money(observed.cost_cents),
            "attributed_sales": columns.money(sales.cents),
            # Linear attribution shares a basket between the ads that led to it: quarters of a unit.
            "attributed_quantities": sales.units - 0.25 * (sales.halo_units % 2),
            "roas": columns.ratio(part=sales.cents, whole=observed.cost_cents, digits=4),
            "impressions": observed.impressions,
            "clicks": observed.clicks,
            "ctr": columns.ratio(part=observed.clicks, whole=observed.impressions, digits=6),
            "average_cpc": columns.ratio(part=observed.cost_cents, whole=100 * observed.clicks, digits=4),
            "ntb_attributed_sales": columns.money(sales.new_cents),
            "percent_ntb_attributed_sales": columns.ratio(part=100 * sales.new_cents, whole=sales.cents, digits=2),
            "id": columns.item_ids(observed=observed),
            "campaign_uuid": columns.of_cell(observed=observed, values=[_uuid(cell, "campaign") for cell in cells]),
            "ad_group_uuid": columns.of_cell(observed=observed, values=[_uuid(cell, "ad group") for cell in cells]),
        }
    )
    return frame.write_csv().encode()


def _size(name: str) -> str:
    return " ".join(name.split()[-2:])


def _uuid(cell: Cell, kind: str) -> str:
    return str(uuid.uuid5(NAMESPACE, "/".join((kind, *cell.path))))
