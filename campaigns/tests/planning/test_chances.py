"""Probabilities as draws can tell them."""

import numpy as np
import pytest

from campaigns.planning.chances import chance, chance_of, chance_with_range, stored_chance


@pytest.mark.parametrize(
    ("value", "words"), [(1.0, "over 99%"), (0.0, "under 1%"), (0.93, "93%"), (None, "–"), (0.99, "99%")]
)
def test_a_chance_is_said_no_surer_than_the_draws_allow(value, words):
    assert chance(value) == words


def test_a_claim_that_holds_in_every_draw_is_still_not_certain():
    found = chance_of(np.ones(100, dtype=bool))

    assert found.share == 1.0
    # Wilson at 100 of 100: 1 / (1 + 1.6449² / 100).
    assert found.low == pytest.approx(0.9737, abs=1e-4)
    assert found.high == pytest.approx(1.0)


def test_more_draws_leave_less_open():
    few, many = chance_of(np.arange(100) < 80), chance_of(np.arange(10_000) < 8_000)

    assert few.high - few.low == pytest.approx(10 * (many.high - many.low), rel=0.05)
    assert few.low < 0.8 < few.high


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(3)
    found = [chance_of(rng.random(200) < 0.9) for _ in range(600)]

    assert 0.86 <= np.mean([one.low <= 0.9 <= one.high for one in found]) <= 0.95


def test_a_chance_is_told_with_its_range():
    assert chance_with_range(chance_of(np.arange(200) < 186)) == "93% (90%: 89% to 95%)"


def test_a_stored_chance_of_before_has_no_range():
    assert stored_chance(figures={"better": 0.93}, name="better") == "93%"
    assert stored_chance(figures={"better": 0.93, "better_interval": [0.89, 0.95]}, name="better").endswith("95%)")
    assert stored_chance(figures={"better": None, "better_interval": None}, name="better") == "–"
