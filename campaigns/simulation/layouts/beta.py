"""Beta's daily export: two lines of preamble, semicolons, decimal commas, cost in micros, a row of totals."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import polars as pl

from campaigns.simulation.layouts import columns
from campaigns.simulation.observing import Observed, campaign_number
from campaigns.simulation.world import World

SLOTS = {"search": "SERP", "browse": "CATEGORY", "product_detail": "PDP", "home": "HOMEPAGE"}
MICROS_PER_CENT = 10_000


def render(world: World, observed: Observed) -> bytes:
    """The file's bytes."""
    written_on = columns.last_day(world=world) + timedelta(days=8)
    preamble = f"Report: Beta Retail Media Daily (SIMULATED DATA)\nGenerated: {written_on.isoformat()}\n"
    body = _frame(world=world, observed=observed).write_csv(separator=";", decimal_comma=True, float_precision=2)
    return (preamble + body + _totals(observed=observed)).encode()


def _frame(*, world: World, observed: Observed) -> pl.DataFrame:
    sales = observed.windows[7]
    numbers = [f"LI-{campaign_number(cell=cell, digits=8)}" for cell in observed.cells]
    return pl.DataFrame(
        {
            "Day": columns.dates(world=world, observed=observed, pattern="%d.%m.%Y"),
            "Item ID": columns.item_ids(observed=observed),
            "GTIN": columns.of_sku(observed=observed, values=[sku.gtin for sku in observed.skus]),
            "Item": columns.names(observed=observed),
            "Brand": columns.brands(observed=observed),
            "Slot": columns.renamed_placements(observed=observed, words=SLOTS),
            "Line item ID": columns.of_cell(observed=observed, values=numbers),
            "Line item": columns.campaign_names(observed=observed),
            "Views": observed.impressions,
            "Taps": observed.clicks,
            "CTR %": 100 * columns.ratio(part=observed.clicks, whole=observed.impressions, digits=6),
            "Cost micros": observed.cost_cents * MICROS_PER_CENT,
            "Purchases 7d": sales.orders,
            "Items 7d": sales.units,
            "Turnover 7d": columns.money(sales.cents),
            "New buyer turnover 7d": columns.money(sales.new_cents),
            "Currency": np.full(len(observed.day), "USD"),
        }
    )


def _totals(*, observed: Observed) -> str:
    sales = observed.windows[7]
    views, taps = int(observed.impressions.sum()), int(observed.clicks.sum())
    figures = [
        str(views),
        str(taps),
        f"{100 * taps / max(1, views):.2f}".replace(".", ","),
        str(int(observed.cost_cents.sum()) * MICROS_PER_CENT),
        str(int(sales.orders.sum())),
        str(int(sales.units.sum())),
        _comma(int(sales.cents.sum())),
        _comma(int(sales.new_cents.sum())),
        "USD",
    ]
    return ";".join(["Total", *[""] * 7, *figures]) + "\n"


def _comma(cents: int) -> str:
    return str(Decimal(cents).scaleb(-2)).replace(".", ",")
