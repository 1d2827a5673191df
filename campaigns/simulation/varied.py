"""Worlds that mislead: credit unlike what ads caused from place to place, and spend that follows demand."""

from dataclasses import replace

import numpy as np

from campaigns.simulation.retailers import RETAILERS
from campaigns.simulation.world import World

MEAN, SPREAD_OF_RETAILERS, SPREAD_OF_PLACEMENTS = 0.6, 0.1, 0.08
LEAST, MOST = 0.2, 0.95
SEARCH_OVER_CREDIT = 0.06
MOST_CONFOUNDING = 1.0
SUBJECT = 901


def vary_world(*, world: World) -> World:
    """The same market with incrementality drawn by retailer and placement, and budgets that chase demand.

    Incrementality is normal around 0.6, search lower because last touch credits what would have been bought anyway
    (Blake, Nosko, Tadelis 2015); what ads cause stays as it was, so only what retailers report changes. Confounding is
    uniform in 0…1: budgets are multiplied by demand to that power.
    """
    rng = world.generator(subject=SUBJECT)
    of_retailer = {name: rng.normal(MEAN, SPREAD_OF_RETAILERS) for name in sorted(RETAILERS)}
    truth = {}
    for cell in world.cells:
        placement = rng.normal(0, SPREAD_OF_PLACEMENTS) - SEARCH_OVER_CREDIT * (cell.placement == "search")
        drawn = float(np.clip(of_retailer[cell.retailer_id] + placement, LEAST, MOST))
        truth[cell.path] = replace(world.truth[cell.path], incrementality=drawn)
    return replace(world, truth=truth, confounding=float(rng.uniform(0, MOST_CONFOUNDING)))
