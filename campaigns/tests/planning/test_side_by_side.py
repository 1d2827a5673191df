"""Splits side by side: only differences, and claims only where draws are shared."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.planning.cells import response_of
from campaigns.planning.evaluation import outcome_of
from campaigns.planning.explanation import cell_label
from campaigns.planning.side_by_side import NotComparable, Side, side_by_side
from campaigns.tests.planning.cast import BELIEFS, four_cells

CELLS = four_cells()
RESPONSE = response_of(cells=CELLS, beliefs=BELIEFS, rng=np.random.default_rng(1))


def side(key, spend, *, rules=None, draws="same", currency="USD", drop=0) -> Side:
    cells = CELLS[: len(CELLS) - drop]
    response = replace(
        RESPONSE,
        **{name: getattr(RESPONSE, name)[..., : len(cells)] for name in ("beta", "k", "incrementality", "margin_rate")},
    )
    return Side(
        key=key,
        name=f"Plan {key}",
        currency=currency,
        horizon_days=28,
        rules=rules or {"Budget": "$4,000", "ROAS at least": "2×"},
        labels={cell.key: cell_label(cell) for cell in cells},
        retailers=[cell.history.retailer_name for cell in cells],
        outcome=outcome_of(spend=np.array(spend, dtype=float), response=response),
        draws=draws,
    )


EVEN = side("a", [1_000] * 4)


def test_equal_splits_differ_in_nothing():
    told = side_by_side(sides=[EVEN, side("b", [1_000] * 4)])

    assert (told["rules"], told["retailers"], told["cells"]) == ([], [], [])
    assert (told["same_rules"], told["same_cells"]) == (2, 4)
    assert told["sides"][1]["against_first"] == {"mean": 0.0, "low": 0.0, "high": 0.0}


def test_only_rules_that_are_not_said_alike_are_told():
    other = side("b", [1_000] * 4, rules={"Budget": "$4,000", "Held for experiments": "10%"})

    told = side_by_side(sides=[EVEN, other])

    assert told["rules"] == [
        {"name": "ROAS at least", "values": ["2×", ""]},
        {"name": "Held for experiments", "values": ["", "10%"]},
    ]
    assert told["same_rules"] == 1


def test_cells_that_differ_come_largest_first_and_the_rest_is_counted():
    told = side_by_side(sides=[EVEN, side("b", [1_000, 1_200, 1_000, 500])])

    assert [row["name"] for row in told["cells"]] == ["Walmart · search · Lumen", "Amazon · search · Lumen"]
    assert [value["spend"] for value in told["cells"][0]["values"]] == [1_000, 500]
    assert told["same_cells"] == 2


def test_a_move_inside_a_retailer_is_no_difference_between_retailers():
    assert side_by_side(sides=[EVEN, side("b", [800, 1_200, 1_000, 1_000])])["retailers"] == []


def test_the_difference_is_taken_draw_by_draw_and_after_the_cost():
    other = side("b", [1_000, 1_000, 1_000, 2_000])

    told = side_by_side(sides=[EVEN, other])["sides"][1]

    draws = other.outcome.total("incremental_margin") - EVEN.outcome.total("incremental_margin") - 1_000
    assert told["against_first"]["mean"] == pytest.approx(draws.mean())
    assert told["against_first"]["low"] == pytest.approx(np.percentile(draws, 5))


def test_sides_of_other_draws_are_shown_but_no_difference_is_claimed():
    told = side_by_side(sides=[EVEN, side("b", [2_000] * 4, draws="other")])["sides"][1]

    assert told["against_first"] is None
    assert told["better_than_first"] is None
    assert told["better_than_first_interval"] is None
    assert told["incremental_margin"]["low"] <= told["incremental_margin"]["mean"]


def test_a_cell_that_one_side_lacks_is_told_without_a_figure():
    told = side_by_side(sides=[EVEN, side("b", [1_000] * 3, drop=1, draws="other")])

    assert told["cells"][0]["values"][1] is None
    assert told["same_cells"] == 3


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        ([EVEN], "2 to 4"),
        ([side(str(place), [1_000] * 4) for place in range(5)], "2 to 4"),
        ([EVEN, EVEN], "twice"),
        ([EVEN, side("b", [1_000] * 4, currency="EUR")], "EUR and USD"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(sides, said):
    with pytest.raises(NotComparable, match=said):
        side_by_side(sides=sides)
