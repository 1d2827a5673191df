"""Only what differs between two splits, evaluated in the same draws."""

import numpy as np
import pytest

from campaigns.planning.cells import response_of
from campaigns.planning.differences import differences, spend_of
from campaigns.tests.planning.cast import BELIEFS, four_cells

CELLS = four_cells()
RESPONSE = response_of(cells=CELLS, beliefs=BELIEFS, rng=np.random.default_rng(1))
EVEN = np.full(4, 1_000.0)


def told(after):
    return differences(cells=CELLS, before=EVEN, after=np.array(after, dtype=float), response=RESPONSE)


def test_the_same_split_differs_in_nothing():
    found = told([1_000, 1_000, 1_000, 1_000])

    assert (found["retailers"], found["cells"], found["unchanged"]) == ([], [], 4)
    assert found["margin"]["gain"] == {"mean": 0.0, "low": 0.0, "high": 0.0}


def test_only_the_cells_that_move_are_named_largest_first():
    found = told([1_000, 1_200, 1_000, 1_500])

    assert [(row["label"], row["after"] - row["before"]) for row in found["cells"]] == [
        ("Walmart · search · Lumen", 500.0),
        ("Amazon · search · Lumen", 200.0),
    ]
    assert found["unchanged"] == 2


def test_a_move_within_one_retailer_is_no_difference_between_retailers():
    found = told([800, 1_200, 1_000, 1_000])

    assert found["retailers"] == []
    assert len(found["cells"]) == 2


def test_a_move_too_small_to_notice_is_left_out():
    assert told([1_000, 1_001, 1_000, 1_000])["cells"] == []


def test_gains_of_the_cells_add_up_to_the_whole():
    found = told([700, 1_300, 900, 1_500])

    gain = found["margin"]["gain"]["mean"]
    assert sum(row["gain"]["mean"] for row in found["cells"]) == pytest.approx(gain)
    assert gain == pytest.approx(found["margin"]["after"]["mean"] - found["margin"]["before"]["mean"])


def test_more_money_in_one_cell_is_better_in_every_draw():
    found = told([1_000, 1_000, 1_000, 2_000])

    assert found["margin"]["better"] == 1.0
    assert 0.9 < found["margin"]["better_interval"][0] < found["margin"]["better_interval"][1] <= 1.0
    assert found["margin"]["gain"]["low"] > 0


def test_a_split_of_other_cells_cannot_be_compared():
    assert spend_of(cells=CELLS, spend={"other": 1.0}) is None
    assert spend_of(cells=CELLS, spend=None) is None
    own = {cell.key: place for place, cell in enumerate(CELLS)}
    np.testing.assert_array_equal(spend_of(cells=CELLS, spend=own), [0, 1, 2, 3])
