"""One world as the planner sees it and as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from campaigns.planning.evaluation import Incrementality
from campaigns.planning.history import CellHistory, Path
from campaigns.simulation.observing import LOSS_WHEN_SOLD_OUT, observe
from campaigns.simulation.truth import plan_margin, true_optimum
from campaigns.simulation.varied import vary_world
from campaigns.simulation.world import World, build_world

START, DAYS = date(2026, 1, 5), 91
RETAILERS = ("amazon", "walmart", "instacart")
BELIEF = Incrementality(mean=0.6, low=0.4, high=0.8, source="assumption", is_guess=True)
LIFT_TEST_ERROR = 0.05
Z90 = 1.6448536269514722


@dataclass(frozen=True, kw_only=True, eq=False)
class JudgedWorld:
    """A world, its histories, and what would be best.

    Attributes:
        lived: the same world with what sold-out items lose taken off each response. The histories have those days in
            them and the next period will have them too, so this is what a plan is held against.
        histories: what the retailers report, by cell.
        budget: of the next period: what was spent in the last, USD.
        assumed, tested: beliefs about incrementality by retailer: the house assumption, and from one lift test each.
        best: the highest true incremental margin of the budget, USD per period.
    """

    world: World
    lived: World
    histories: tuple[CellHistory, ...]
    budget: float
    assumed: Mapping[str, Incrementality]
    tested: Mapping[str, Incrementality]
    best: float

    def margin(self, spend: Mapping[Path, float]) -> float:
        """True incremental margin of a split of the period's budget, USD."""
        daily = {path: amount / DAYS for path, amount in spend.items()}
        return plan_margin(world=self.lived, spend=daily) * DAYS


def judged_world(*, seed: int) -> JudgedWorld:
    """World number ``seed``; the same seed gives the same world."""
    world = vary_world(world=build_world(seed=seed, start=START, days=DAYS, manufacturer="acme"))
    histories = tuple(history for name in RETAILERS for history in _histories(world, name))
    budget = sum(history.total_spend for history in histories)
    lived = _lived(world, histories)
    optimum = true_optimum(world=lived, budget=budget / DAYS, cells=world.cells_at(retailer_ids=RETAILERS))
    rng = world.generator(subject=902)
    return JudgedWorld(
        world=world,
        lived=lived,
        histories=histories,
        budget=budget,
        assumed=dict.fromkeys(RETAILERS, BELIEF),
        tested={name: _lift_test(histories, world, name, rng=rng) for name in RETAILERS},
        best=optimum.margin * DAYS,
    )


def _lived(world: World, histories: tuple[CellHistory, ...]) -> World:
    """Responses less what a cell's items lose while they are sold out, as often as they were in the history."""
    truth = dict(world.truth)
    for history in histories:
        in_stock = 1.0 if history.stock is None else float(history.stock.mean())
        curve = truth[history.path]
        truth[history.path] = replace(curve, beta=curve.beta * (1 - LOSS_WHEN_SOLD_OUT * (1 - in_stock)))
    return replace(world, truth=truth)


def _histories(world: World, retailer_id: str) -> list[CellHistory]:
    """Daily spend, attributed revenue, promotion and stock of each cell, in the retailer's headline window."""
    seen = observe(world=world, retailer_id=retailer_id)
    count = len(seen.cells)
    places = seen.day * count + seen.cell
    cents = seen.windows[seen.retailer.headline_days].cents
    spend, revenue = (
        np.bincount(places, weights=values / 100, minlength=DAYS * count).reshape(DAYS, count).astype(np.float64)
        for values in (seen.cost_cents, cents)
    )
    rows = np.maximum(np.bincount(places, minlength=DAYS * count).reshape(DAYS, count), 1)
    promo, stock = (
        np.bincount(places, weights=holds, minlength=DAYS * count).reshape(DAYS, count) / rows
        for holds in (seen.promo, seen.stock > 0)
    )
    orders = np.bincount(seen.cell, weights=seen.windows[seen.retailer.headline_days].orders, minlength=count)
    return [
        CellHistory(
            path=cell.path,
            retailer_name=seen.retailer.name,
            spend=spend[:, place],
            revenue=revenue[:, place],
            orders=float(orders[place]),
            margin_rate=world.truth[cell.path].margin_rate,
            margin_known_share=1.0,
            promo=promo[:, place],
            stock=stock[:, place],
        )
        for place, cell in enumerate(seen.cells)
    ]


def _lift_test(
    histories: tuple[CellHistory, ...], world: World, retailer_id: str, *, rng: np.random.Generator
) -> Incrementality:
    """What one lift test of a whole retailer would read: the truth with an error of 0.05."""
    own = [history for history in histories if history.path[1] == retailer_id]
    weights = [history.total_revenue for history in own]
    truth = float(np.average([world.truth[history.path].incrementality for history in own], weights=weights))
    read = float(np.clip(rng.normal(truth, LIFT_TEST_ERROR), 0.05, 1.0))
    reach = Z90 * LIFT_TEST_ERROR
    return Incrementality(mean=read, low=max(0.01, read - reach), high=read + reach, source="simulated lift test")
