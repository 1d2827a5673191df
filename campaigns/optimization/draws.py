"""The draws of responses, one at a time or side by side."""

from dataclasses import replace

import numpy as np

from campaigns.optimization.curves import Array
from campaigns.optimization.model import Model
from campaigns.optimization.responses import Responses


class NoDraws(Exception):
    """The cells have no draws, or different numbers of them, so nothing is known of what varies together."""


def draws_together(*, responses: Responses) -> int:
    """How many draws the cells that have several share; 1 where none has.

    Raises:
        NoDraws: two cells have different numbers of draws.
    """
    sizes = {group.shape.until.shape[1] for group in responses.groups} - {1}
    if len(sizes) > 1:
        found = " and ".join(map(str, sorted(sizes)))
        raise NoDraws(f"Every cell with draws needs the same number of them; found {found}.")
    return sizes.pop() if sizes else 1


def one_draw(*, responses: Responses, draw: int) -> Responses:
    """The responses as one of their draws has them; a single curve stands for every draw."""
    groups = tuple(
        group if group.shape.until.shape[1] == 1 else replace(group, shape=group.shape.drawn(draw))
        for group in responses.groups
    )
    return replace(responses, groups=groups)


def revenue_by_draw(*, model: Model, spend: Array) -> Array:
    """Attributed revenue, shape (n_cells, n_draws); a cell with one curve brings the same in each.

    Up to ``model.start`` each draw is a straight line, as their mean is.
    """
    revenue = np.empty((model.count, draws_together(responses=model.responses)))
    for group in model.responses.groups:
        start, here = model.start[group.cells][:, None], spend[group.cells][:, None]
        plain = group.shape.value(here)
        if start.any():
            safe = np.where(start > 0.0, start, 1.0)
            plain = np.where(here < start, here * group.shape.value(safe) / safe, plain)
        revenue[group.cells] = plain
    return revenue


def with_return_prices(*, model: Model, multipliers: Array) -> Model:
    """The model with its ROAS floors as prices instead of rules: revenue is worth more there, money costs more.

    ``multipliers`` are objective per unit of revenue by which each floor is missed, shape (n_floors,).
    """
    weight, cost = model.weight.copy(), model.cost.copy()
    for row, multiplier in zip(model.roas_rows, multipliers.tolist(), strict=True):
        weight[row.cells] += multiplier
        cost[row.cells] += multiplier * row.floor
    return replace(model, weight=weight, cost=cost, roas_rows=())
