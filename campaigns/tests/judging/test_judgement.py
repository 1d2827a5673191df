"""The judge: heuristics, truth, and what it says of the planner."""

import json
from dataclasses import replace
from io import StringIO

import numpy as np
import pytest
from django.core.management import call_command

from campaigns.judging.judgement import judge_planner
from campaigns.judging.splits import by_attributed_revenue, by_attributed_roas, last_period
from campaigns.judging.worlds import DAYS, judged_world
from campaigns.simulation.observing import observe


@pytest.fixture(scope="module")
def judged():
    return judged_world(seed=3)


@pytest.fixture(scope="module")
def judgement():
    return judge_planner(worlds=3, seed=1)


@pytest.mark.parametrize("split", [last_period, by_attributed_revenue, by_attributed_roas])
def test_every_heuristic_spends_the_budget(judged, split):
    spend = split(histories=judged.histories)

    assert sum(spend.values()) == pytest.approx(judged.budget)
    assert min(spend.values()) >= 0
    assert judged.margin(spend) <= judged.best


def test_heuristic_funds_the_best_attributed_roas_first(judged):
    spend = by_attributed_roas(histories=judged.histories)

    ranked = sorted(judged.histories, key=lambda one: -one.total_revenue / one.total_spend)
    assert spend[ranked[0].path] == pytest.approx(2 * ranked[0].total_spend)
    assert spend[ranked[-1].path] == 0


def test_retailers_credit_more_than_ads_caused(judged):
    """Attributed revenue is incremental revenue over the cell's own incrementality, in expectation."""
    seen = observe(world=judged.world, retailer_id="amazon")
    caused = np.bincount(seen.cell, weights=seen.incremental)
    credited = np.bincount(seen.cell, weights=seen.windows[seen.retailer.headline_days].cents / 100)
    truth = np.array([judged.world.truth[cell.path].incrementality for cell in seen.cells])

    assert len(set(truth)) > 3
    assert caused / credited == pytest.approx(truth, rel=0.08)


def test_truth_has_the_sold_out_days_that_the_history_has(judged):
    seen = observe(world=judged.world, retailer_id="amazon")
    for place, cell in enumerate(seen.cells[:3]):
        rows = seen.cell == place
        sold_out = np.mean(np.bincount(seen.day[rows], weights=seen.stock[rows] == 0) / np.bincount(seen.day[rows]))
        kept = judged.lived.truth[cell.path].beta / judged.world.truth[cell.path].beta

        assert 0 < sold_out < 0.1
        assert kept == pytest.approx(1 - sold_out / 2)


def test_budgets_follow_demand_in_confounded_worlds(judged):
    world = replace(judged.world, confounding=3.0)
    free = replace(judged.world, confounding=0.0)

    def weekend_share(of):
        seen = observe(world=of, retailer_id="walmart")
        daily = np.bincount(seen.day, weights=seen.cost_cents, minlength=DAYS)
        return daily.reshape(-1, 7)[:, 4:].sum() / daily.sum()

    assert weekend_share(world) > weekend_share(free) + 0.03


def test_same_seed_gives_the_same_judgement(judgement):
    assert judge_planner(worlds=3, seed=1) == judgement


def test_planner_beats_the_heuristic_and_not_the_oracle(judgement):
    shares = judgement.share_of_oracle

    assert shares["oracle"].mean == 1
    assert shares["attributed_roas"].mean < shares["planner"].mean < 1
    assert judgement.gain_over_attributed_roas["planner"].low > 0


def test_planner_knows_iroas_better_than_attribution(judgement):
    assert judgement.iroas_error["planner"].mean < judgement.iroas_error["attributed_roas"].mean


def test_what_the_planner_knows_better_is_the_paired_difference(judgement):
    errors, gain = judgement.iroas_error, judgement.iroas_gain["planner"]

    assert gain.mean == pytest.approx(errors["attributed_roas"].mean - errors["planner"].mean)
    assert gain.low > 0


def test_cells_of_a_world_are_mostly_inside_their_intervals(judgement):
    assert 0.5 < judgement.cell_coverage["planner_with_lift_tests"].mean <= 1


def test_the_planner_sees_promotion_and_stock(judged):
    history = judged.histories[0]

    assert 0 < history.promo.mean() < 0.2
    assert 0.9 < history.stock.mean() < 1


def test_figures_lie_in_their_intervals(judgement):
    for figures in (
        judgement.share_of_oracle,
        judgement.regret,
        judgement.coverage,
        judgement.cell_coverage,
        judgement.iroas_error,
        judgement.iroas_gain,
    ):
        assert all(figure.low <= figure.mean <= figure.high for figure in figures.values())


@pytest.mark.parametrize(("worlds", "seed"), [(1, 1), (3, -1)])
def test_too_few_worlds_are_refused(worlds, seed):
    with pytest.raises(ValueError, match="two worlds"):
        judge_planner(worlds=worlds, seed=seed)


def test_command_says_that_it_is_simulated():
    out = StringIO()

    call_command("judge_planner", "--worlds", "2", "--json", stdout=out)

    answer = json.loads(out.getvalue())
    assert answer["simulated"] is True
    assert set(answer["share_of_oracle"]) >= {"planner", "attributed_roas", "proportional", "last_period", "oracle"}
