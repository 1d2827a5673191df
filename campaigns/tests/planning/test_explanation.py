"""The words around a proposal."""

import numpy as np
import pytest

from campaigns.planning.cells import response_of
from campaigns.planning.evaluation import Incrementality
from campaigns.planning.explanation import doing_nothing, insight
from campaigns.planning.over_credit import over_credit_notes
from campaigns.planning.scenarios import compare_splits
from campaigns.planning.verdict import certificate_in_words, cross_check
from campaigns.tests.planning.cast import BELIEFS, four_cells


def scenarios(spend):
    cells = four_cells()
    response = response_of(cells=cells, beliefs=BELIEFS, rng=np.random.default_rng(1))
    return compare_splits(cells=cells, spend=np.array(spend), response=response)


def test_an_even_split_of_equal_cells_is_kept():
    told = insight(scenarios=scenarios([1_000.0] * 4), cells=four_cells(), currency="USD")

    assert "already as good" in told["sentence"]


def test_moves_that_the_rules_force_are_not_sold_as_a_gain():
    found = scenarios([0.0, 4_000.0, 0.0, 0.0])

    told = insight(scenarios=found, cells=four_cells(), currency="USD")
    kept = doing_nothing(scenarios=found, currency="USD")

    assert "the rules ask for it" in told["sentence"]
    assert "more incremental margin" not in told["sentence"]
    assert "what the rules cost" in kept["sentence"]
    assert kept["amount"]["mean"] < 0


def test_the_second_method_is_compared_or_said_to_have_failed():
    found = {"status": "optimal", "objective": 100.0}

    assert cross_check(method="lp", found=101.0, result=found)["difference"] == pytest.approx(0.01)
    assert "no proof" in cross_check(method="lp", found=None, result=found)["sentence"]


def test_an_exploring_split_says_what_it_gives_up_instead_of_being_optimal():
    certificate = {"gap": 0.02, "feasibility_residual": 0.0}
    result = {"status": "explored", "objective": 100.0, "certificate": certificate}

    assert "give up at most 2.0%" in certificate_in_words(result=result, currency="USD")["sentence"]
    assert "brings 2.0% more" in cross_check(method="auto", found=102.0, result=result)["sentence"]


def test_a_guess_says_what_search_takes_off_it():
    cells = four_cells()
    guess = {
        name: Incrementality(mean=0.6, low=0.4, high=0.8, source="assumed; no experiment yet", is_guess=True)
        for name in BELIEFS
    }

    notes = over_credit_notes(cells=cells, beliefs=guess)

    assert [note.split("'s")[0] for note in notes] == [f"Nobody has set or measured {name.title()}" for name in BELIEFS]
    assert "56% of its attributed revenue counts, not the usual 60%" in notes[0]
    assert over_credit_notes(cells=cells, beliefs=BELIEFS) == []
