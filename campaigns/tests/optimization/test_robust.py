"""Robust splits: known by hand, never below what they prove, and honest about chances."""

import numpy as np
import pytest

from campaigns.optimization.allocation import allocate
from campaigns.optimization.draws import NoDraws
from campaigns.optimization.robust import allocate_robust
from campaigns.optimization.solution import Infeasible
from campaigns.optimization.sureness import sureness_of, worst_mean
from campaigns.tests.optimization.problems import cell, problem


def drawn(name, betas, *, k=40.0, **more):
    draws = [{"kind": "michaelis_menten", "beta": beta, "k": k} for beta in betas]
    return {"id": name, "path": ["onsite", name], "draws": draws, **more}


def test_mean_of_the_worst_counts_the_last_draw_in_part():
    # The worst 2.5 of 5: (1 + 2 + 3/2) / 2.5.
    assert worst_mean(outcomes=np.array([5.0, 1.0, 4.0, 2.0, 3.0]), share=0.5) == pytest.approx(1.8)


def test_opposite_risks_are_hedged_although_the_mean_prefers_one():
    # Either a or b does well. The worst draw is best when both do equally, at even spend by symmetry.
    plan = problem(budget=100.0, cells=[drawn("a", [100.0, 500.0]), drawn("b", [500.0, 100.0])])

    split = allocate_robust(problem=plan, share=0.5)

    assert split.spend == pytest.approx([50.0, 50.0], rel=1e-2)
    assert split.sureness.worst == pytest.approx(600.0 * 50.0 / 90.0, rel=1e-4)


def test_sure_cell_is_preferred_to_a_slightly_better_gamble():
    plan = problem(budget=100.0, cells=[cell("sure", beta=300.0, k=40.0), drawn("gamble", [50.0, 590.0])])

    plain = allocate(problem=plan, method="auto")
    robust = allocate_robust(problem=plan, share=0.5)

    # In the worse draw: 300 x/(40 + x) + 50 y/(40 + y), x + y = 100: 40 + x = sqrt(6) (40 + y).
    assert robust.spend[0] == pytest.approx(np.sqrt(6.0) * 180.0 / (1.0 + np.sqrt(6.0)) - 40.0, rel=1e-2)
    assert robust.sureness.worst > plain_worst(plan, plain)
    assert robust.sureness.mean < plain.objective


def plain_worst(plan, allocation):
    return sureness_of(problem=plan, spend=np.array(list(allocation.spend.values())), share=0.5).worst


def test_robust_split_is_at_least_as_good_in_bad_draws_as_any_found_at_random():
    rng = np.random.default_rng(0)
    cells = [drawn(f"c{i}", rng.lognormal(5.5, 0.6, 40).tolist(), max=40.0) for i in range(5)]
    plan = problem(budget=100.0, cells=cells)

    split = allocate_robust(problem=plan, share=0.2)

    tried = rng.dirichlet(np.ones(5), size=300) * 100.0
    feasible = [spend for spend in tried if spend.max() <= 40.0]
    assert len(feasible) > 30
    worst = [sureness_of(problem=plan, spend=spend, share=0.2).worst for spend in feasible]
    assert max(worst) <= split.bound * (1 + 1e-9)
    assert split.gap <= 1e-3
    assert split.spend.sum() <= 100.0 * (1 + 1e-7)


def test_chances_are_shares_of_draws():
    plan = problem(budget=100.0, cells=[drawn("a", [100.0, 200.0, 300.0, 400.0], current=10.0)])

    sure = sureness_of(problem=plan, spend=np.array([60.0]), share=0.25, roas_floor=2.0)

    # Revenue 60, 120, 180, 240 against 120 asked; more spend brings more in every draw.
    assert (sure.floor_chance, sure.beats_current) == (0.75, 1.0)
    assert 0 < sure.beats_current_interval[0] < sure.beats_current_interval[1] <= 1.0
    assert (sure.mean, sure.worst) == (pytest.approx(150.0), pytest.approx(60.0))


def test_draws_that_do_not_vary_give_the_plain_split():
    plan = problem(budget=100.0, cells=[drawn("a", [300.0] * 3), drawn("b", [200.0] * 3, k=60.0)])

    robust, plain = allocate_robust(problem=plan, share=0.1), allocate(problem=plan, method="auto")

    assert robust.spend == pytest.approx(list(plain.spend.values()), rel=1e-4)


@pytest.mark.parametrize("cells", [[cell("a", beta=1.0, k=1.0)], [drawn("a", [1.0, 2.0]), drawn("b", [1.0, 2.0, 3.0])]])
def test_draws_that_do_not_belong_together_are_refused(cells):
    with pytest.raises(NoDraws):
        sureness_of(problem=problem(budget=1.0, cells=cells), spend=np.zeros(len(cells)), share=0.1)


def test_roas_floor_holds_on_average_in_the_robust_split():
    # One sure cell: 300 x / (40 + x) >= 4 x up to x = 35; the gamble earns as much in the mean, 0 in its bad draw.
    rules = [{"kind": "roas_floor", "value": 4.0}]
    cells = [cell("sure", beta=300.0, k=40.0), drawn("gamble", [0.0, 600.0])]
    plan = problem(budget=100.0, cells=cells, rules=rules)

    split = allocate_robust(problem=plan, share=0.5)

    earned = sum(one.curve.value(spend=split.spend[i : i + 1])[0] for i, one in enumerate(plan.cells))
    assert earned >= 4.0 * split.spend.sum() * (1 - 1e-7)
    # In the worst draw only the sure cell earns, and its spend is best where the floor leaves it most: 100 of budget
    # would break it (300 * 100/140 = 214 < 400), and the gamble's 300 y / (40 + y) - 4 y pays for it while y is small.
    assert split.sureness.worst > 300.0 * 35.0 / 75.0
    assert split.gap <= 1e-3
    assert split.sureness.floor_chance == pytest.approx(0.5)


def test_robust_split_with_a_floor_is_at_least_as_good_as_any_found_at_random():
    rng = np.random.default_rng(1)
    cells = [drawn(f"c{i}", rng.lognormal(5.5, 0.6, 40).tolist()) for i in range(4)]
    plan = problem(budget=100.0, cells=cells, rules=[{"kind": "roas_floor", "value": 3.2}])

    split = allocate_robust(problem=plan, share=0.2)

    def earned(spend):
        return sum(float(one.curve.value(spend=spend[i : i + 1])[0]) for i, one in enumerate(plan.cells))

    tried = rng.dirichlet(np.ones(4), size=400) * rng.uniform(20.0, 100.0, size=(400, 1))
    kept = [spend for spend in tried if earned(spend) >= 3.2 * spend.sum()]
    assert len(kept) > 30
    assert earned(split.spend) >= 3.2 * split.spend.sum() * (1 - 1e-7)
    worst = [sureness_of(problem=plan, spend=spend, share=0.2).worst for spend in kept]
    assert max(worst) <= split.bound * (1 + 1e-9)
    assert max(worst) <= split.sureness.worst * (1 + 1e-3)


def test_least_spends_are_kept_by_the_robust_split():
    # Left alone each of three equal gambles would get a third; at least 50 or nothing leaves room for two.
    rng = np.random.default_rng(2)
    cells = [drawn(name, rng.uniform(200.0, 400.0, 30).tolist()) for name in "abc"]
    plan = problem(budget=100.0, cells=cells, rules=[{"kind": "min_spend", "name": "least", "value": 50.0}])

    split = allocate_robust(problem=plan, share=0.3)

    assert sorted(split.spend.round(6).tolist()) == pytest.approx([0.0, 50.0, 50.0], abs=1e-6)
    pairs = [np.array(spend) for spend in ([50.0, 50.0, 0.0], [50.0, 0.0, 50.0], [0.0, 50.0, 50.0], [100.0, 0.0, 0.0])]
    worst = [sureness_of(problem=plan, spend=spend, share=0.3).worst for spend in pairs]
    assert split.sureness.worst == pytest.approx(max(worst), rel=1e-3)


def test_floor_nobody_can_reach_is_infeasible():
    plan = problem(
        budget=100.0,
        cells=[drawn("a", [100.0, 200.0], min=10.0)],
        rules=[{"kind": "roas_floor", "value": 20.0}],
    )

    with pytest.raises(Infeasible):
        allocate_robust(problem=plan, share=0.5)


@pytest.mark.parametrize("share", [0.0, 1.5, -1.0])
def test_share_that_is_none_is_refused(share):
    plan = problem(budget=100.0, cells=[drawn("a", [100.0, 200.0])])

    with pytest.raises(ValueError, match="share of worst draws"):
        allocate_robust(problem=plan, share=share)
