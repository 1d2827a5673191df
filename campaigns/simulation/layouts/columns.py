"""Columns that several layouts share: days, names and campaigns of observed rows."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from campaigns.simulation.observing import Observed
from campaigns.simulation.world import World

Texts = NDArray[np.str_]
Floats = NDArray[np.float64]


def dates(*, world: World, observed: Observed, pattern: str) -> Texts:
    """The day of each row as text."""
    days = [(world.start + timedelta(days=offset)).strftime(pattern) for offset in range(world.days)]
    return np.array(days)[observed.day]


def last_day(*, world: World) -> date:
    """The last day of the world's history."""
    return world.start + timedelta(days=world.days - 1)


def of_sku(*, observed: Observed, values: list[str]) -> Texts:
    """One text an item, spread over its rows."""
    return np.array(values)[observed.sku]


def item_ids(*, observed: Observed) -> Texts:
    """The retailer's id of each row's item."""
    return of_sku(observed=observed, values=[sku.retailer_ids[observed.retailer.retailer_id] for sku in observed.skus])


def names(*, observed: Observed) -> Texts:
    return of_sku(observed=observed, values=[sku.name for sku in observed.skus])


def brands(*, observed: Observed) -> Texts:
    return of_sku(observed=observed, values=[sku.brand for sku in observed.skus])


def of_cell(*, observed: Observed, values: list[str]) -> Texts:
    """One text a cell, spread over its rows."""
    return np.array(values)[observed.cell]


def campaign_names(*, observed: Observed) -> Texts:
    """Every campaign says in its name that it is simulated."""
    return of_cell(
        observed=observed, values=[f"Simulated | {cell.brand} | {cell.placement}" for cell in observed.cells]
    )


def renamed_placements(*, observed: Observed, words: dict[str, str]) -> Texts:
    """Each row's placement in the network's words."""
    return np.array([words[each.name] for each in observed.retailer.placements])[observed.placement]


def money(cents: NDArray[np.int64]) -> Floats:
    """Cents as units of currency; written with at most two decimals these floats print exactly."""
    return cents / 100


def ratio(*, part: NDArray[np.int64], whole: NDArray[np.int64], digits: int) -> Floats:
    """``part / whole`` rounded, 0 where there is no whole."""
    shares = np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
    return np.round(shares, digits)
