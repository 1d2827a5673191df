"""Splits for the worst draws, through the JSON: what they say of themselves holds; what cannot be asked."""

import json

import numpy as np
import pytest

from campaigns.optimization.allocation import allocate
from campaigns.optimization.fields import ProblemError
from campaigns.optimization.problem import problem_from_json
from campaigns.optimization.results import allocation_to_json
from campaigns.optimization.sureness import chance_interval, sureness_of, worst_interval, worst_mean


def drawn(name, betas):
    draws = [{"kind": "michaelis_menten", "beta": beta, "k": 40.0} for beta in betas]
    return {"id": name, "path": ["onsite", name], "draws": draws}


SURE, GAMBLE = drawn("sure", [300.0, 300.0]), drawn("gamble", [50.0, 590.0])


def document(*, share=0.5, cells=(SURE, GAMBLE), **more):
    return {"budget": 100.0, "currency": "USD", "cells": list(cells), "risk": {"worst_share": share}} | more


def test_the_sure_cell_gets_more_than_in_the_split_that_is_best_on_average():
    careful = allocate(problem=problem_from_json(document()), method="auto")
    average = allocate(problem=problem_from_json(document(risk=None)), method="auto")

    # In the worse draw: 300 x/(40 + x) + 50 y/(40 + y), x + y = 100: 40 + x = sqrt(6) (40 + y).
    assert careful.spend["sure"] == pytest.approx(np.sqrt(6.0) * 180.0 / (1.0 + np.sqrt(6.0)) - 40.0, rel=1e-2)
    assert careful.spend["sure"] > average.spend["sure"]
    assert careful.risk.chosen.worst > careful.risk.best_on_average.worst
    assert careful.risk.best_on_average.mean == pytest.approx(average.objective)
    assert careful.risk.chosen.worst <= careful.risk.bound * (1 + 1e-9)
    assert careful.certificate.gap <= 1e-3


@pytest.mark.parametrize("method", ["auto", "convex", "lp"])
def test_all_draws_counted_as_worst_give_the_split_that_is_best_on_average(method):
    careful = allocate(problem=problem_from_json(document(share=1.0)), method=method)

    average = allocate(problem=problem_from_json(document(risk=None)), method=method)
    assert careful.objective == pytest.approx(average.objective, rel=1e-6)


def test_the_answer_is_json_with_every_figure_and_its_interval():
    rules = [{"kind": "roas_floor", "name": "floor", "value": 1.0}]
    answer = allocate(problem=problem_from_json(document(rules=rules)), method="auto")

    told = json.loads(json.dumps(allocation_to_json(allocation=answer), allow_nan=False))["risk"]

    chosen = told["chosen"]
    assert chosen["worst_interval"][0] <= chosen["worst"] <= chosen["worst_interval"][1]
    assert chosen["interval"][0] <= chosen["mean"] <= chosen["interval"][1]
    assert chosen["floor_chance_interval"][0] <= chosen["floor_chance"] <= chosen["floor_chance_interval"][1]
    assert (told["worst_share"], told["draws"]) == (0.5, 2)
    assert "worst 50% of 2 draws" in answer.notes[0]


def test_rules_that_contradict_each_other_are_told_as_without_risk():
    floors = [
        {"kind": "node_floor", "name": name, "path": ["onsite", name], "value": 80.0} for name in ("sure", "gamble")
    ]

    answer = allocate(problem=problem_from_json(document(rules=floors)), method="auto")

    assert (answer.status, answer.risk, len(answer.conflict) > 0) == ("infeasible", None, True)


@pytest.mark.parametrize(
    ("bad", "title"),
    [
        (document(share=0.0), "A number too small"),
        (document(share=1.5), "A number too large"),
        (document(risk=0.2), "An object is expected"),
        (document(risk={"worst": 0.2}), "Unknown field"),
        (document(target={"revenue": 10.0}), "Risk and target together"),
        (document(cells=[drawn("a", [1.0])]), "Draws missing"),
        (document(cells=[drawn("a", [1.0, 2.0]), drawn("b", [1.0, 2.0, 3.0])]), "Draws missing"),
    ],
)
def test_risk_that_cannot_be_read_is_refused_with_its_place(bad, title):
    with pytest.raises(ProblemError) as refusal:
        problem_from_json(bad)

    assert refusal.value.title == title
    assert refusal.value.where.startswith("risk")


def test_exploring_and_caution_exclude_each_other():
    with pytest.raises(ProblemError, match="choose another"):
        allocate(problem=problem_from_json(document()), method="bandit")


def test_interval_of_the_worst_mean_covers_the_truth_as_often_as_it_says():
    # The mean of the worst fifth of a standard normal is -phi(z)/0.2 with z its 20% quantile: -1.39981.
    rng = np.random.default_rng(3)

    ranges = [worst_interval(outcomes=rng.normal(size=200), share=0.2) for _ in range(400)]

    covered = np.mean([low <= -1.39981 <= high for low, high in ranges])
    assert 0.84 <= covered <= 0.95


def test_interval_of_a_chance_has_width_even_where_all_draws_agree():
    low, high = chance_interval(chance=1.0, draws=200)

    assert high == 1.0
    assert 0.98 < low < 0.99


def test_sureness_of_a_split_is_read_from_its_outcomes():
    plan = problem_from_json(document())

    sure = sureness_of(problem=plan, spend=np.array([60.0, 40.0]), share=0.5)

    outcomes = np.array([300.0 * 0.6 + 50.0 * 0.5, 300.0 * 0.6 + 590.0 * 0.5])
    assert sure.worst == pytest.approx(worst_mean(outcomes=outcomes, share=0.5))
    assert sure.interval == pytest.approx(tuple(np.percentile(outcomes, [5, 95])))
