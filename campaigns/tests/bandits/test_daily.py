"""Daily splits over cells whose response is known."""

import numpy as np
import pytest

from campaigns.bandits.daily import DailyRules, propose_daily, replay_daily
from campaigns.bandits.daily_response import CellDays, estimate_daily
from campaigns.bandits.decisions import BanditRefused

# name → value of a day at 100 of spend, elasticity
KNOWN = {"search": (400.0, 0.7), "home": (150.0, 0.5), "shelf": (200.0, 0.6)}


def days(*, count=90, seed=1, known=KNOWN, noise=0.1, follows_demand=0.0):
    rng = np.random.default_rng(seed)
    demand = np.exp(0.3 * np.sin(np.arange(count)) + rng.normal(0, 0.1, count))
    cells = []
    for name, (value, elasticity) in known.items():
        spend = 100.0 * np.exp(rng.normal(0, 0.3, count)) * demand**follows_demand
        brought = demand * value * (spend / 100.0) ** elasticity * np.exp(rng.normal(0, noise, count))
        cells.append(CellDays(name=name, spend=spend, value=brought))
    return cells


def proposed(cells, *, budget=None, **rules):
    rng = np.random.default_rng(5)
    return propose_daily(cells=cells, rules=DailyRules(**rules), budget=budget, confidence=0.9, rng=rng)


def test_elasticities_are_found_though_budgets_follow_demand():
    found = estimate_daily(cells=days(follows_demand=1.0), draws=400, rng=np.random.default_rng(1))

    truth = [elasticity for _, elasticity in KNOWN.values()]
    low, high = np.quantile(found.elasticity, [0.02, 0.98], axis=0)
    assert np.all((low < truth) & (truth < high))
    assert np.all(high - low < 0.3)


def test_money_moves_to_where_the_next_unit_brings_most():
    found = proposed(days())

    assert found.marginal.argmax() == 0
    assert found.shares[0] > found.current[0]
    assert found.shares[1] < found.current[1]
    assert found.gain[1] > 0


def test_shares_keep_the_guardrails_and_sum_to_one():
    found = proposed(days(), floor=0.1, cap=0.5, change=0.2)

    assert found.shares.sum() == pytest.approx(1)
    assert found.shares.min() >= 0.1 - 1e-9
    assert found.shares.max() <= 0.5 + 1e-9
    reach = 0.2 * np.maximum(found.current, 1 / 3)
    assert np.all(np.abs(found.shares - found.current) <= reach + 1e-9)


def test_cell_over_its_cap_comes_down_as_fast_as_the_change_limit_lets_it():
    found = proposed(days(), cap=0.35, floor=0.3, change=0.05)

    above = found.current > 0.35
    assert np.all(found.shares[above] < found.current[above])
    assert np.all(np.abs(found.shares - found.current) <= 0.05 * np.maximum(found.current, 1 / 3) + 1e-9)


def test_equal_marginal_value_is_what_splits_lead_to():
    # With no guardrail the best split has equal marginal value; by hand: x^(−1/2) = 2 (100 − x)^(−1/2).
    cells = days(known={"a": (100.0, 0.5), "b": (200.0, 0.5)}, noise=0.001, count=400)

    found = proposed(cells, budget=100.0, change=10.0)

    assert found.shares == pytest.approx([0.2, 0.8], abs=0.06)


def test_cell_with_few_days_keeps_its_share():
    cells = days()
    cells[2] = CellDays(
        name="shelf", spend=np.r_[np.zeros(85), np.full(5, 100.0)], value=np.r_[np.zeros(85), np.ones(5)]
    )

    found = proposed(cells)

    assert not found.is_known[2]
    assert found.shares[2] == pytest.approx(found.current[2])


def test_replay_says_better_where_there_was_much_to_gain():
    found = replay_daily(
        cells=days(count=90, known={"a": (900.0, 0.7), "b": (50.0, 0.4), "c": (60.0, 0.4)}),
        rules=DailyRules(),
        confidence=0.9,
        rng=np.random.default_rng(2),
    )

    assert found.days == 45
    assert found.difference[1] > 0
    assert "more than what was done" in found.claim


def test_replay_claims_nothing_between_cells_that_are_alike():
    alike = {"a": (100.0, 0.6), "b": (100.0, 0.6), "c": (100.0, 0.6)}
    claims = []
    for seed in range(8):
        cells = days(count=60, known=alike, seed=seed, noise=0.3)
        rng = np.random.default_rng(seed)
        claims.append(replay_daily(cells=cells, rules=DailyRules(), confidence=0.9, rng=rng).difference[1] > 0)

    assert sum(claims) <= 2


def test_short_history_is_not_replayed():
    found = replay_daily(cells=days(count=35), rules=DailyRules(), confidence=0.9, rng=np.random.default_rng(0))

    assert found is None


@pytest.mark.parametrize(
    ("cells", "rules", "where"),
    [
        (days()[:1], {}, "cells"),
        (days(count=10), {}, "days"),
        (days(), {"floor": 0.4}, "guardrails"),
        ([*days()[:2], CellDays(name="bad", spend=np.full(90, np.nan), value=np.ones(90))], {}, "bad"),
        ([*days()[:2], CellDays(name="idle", spend=np.zeros(9), value=np.zeros(9))], {}, "cells"),
    ],
)
def test_what_cannot_be_split_is_refused_with_its_place(cells, rules, where):
    with pytest.raises(BanditRefused) as refused:
        proposed(cells, **rules)

    assert refused.value.where == where
