"""Stock in a plan's words: the day, its interval, and what it did to the money."""

from dataclasses import replace
from datetime import date

import pytest

from campaigns.planning.cell_figures import CellFigures
from campaigns.planning.history import RunsOut, StockRisk
from campaigns.planning.problem import held_amounts
from campaigns.planning.stock_words import stock_used
from campaigns.tests.planning.cast import cell

SOON = RunsOut(item="L1", probability=0.7, day=date(2026, 4, 12), low=date(2026, 4, 8), high=None)
RISK = StockRisk(probability=0.6, stock_value=5_000.0, known_share=0.8, cover_days=9.0, running_out=(SOON,))


def stocked(*, risk=RISK, fitted=True):
    plain = cell(fitted=fitted)
    return replace(plain, history=replace(plain.history, stock_risk=risk))


def told(*, proposed, threshold, risk=RISK):
    row = CellFigures(
        cell=stocked(risk=risk),
        proposed=proposed,
        expected={},
        marginal_roas=1.0,
        curve=None,
        limited_by=(),
        is_beyond_history=False,
    )
    return stock_used(figures=[row], constraints={"oos_threshold": threshold}, currency="USD")


def test_stopped_cell_says_which_item_when_and_how_sure():
    (entry,) = told(proposed=0.0, threshold=0.3)

    assert entry["standing"] == "stopped"
    assert entry["items"] == [
        {"item": "L1", "probability": 0.7, "day": "2026-04-12", "low": "2026-04-08", "high": None}
    ]
    assert entry["sentence"] == (
        "No money for Amazon · Lumen because L1 runs out on 12 Apr 2026 (90%: 8 Apr 2026 to after the plan's end). "
        "Its chance of running out, 60%, is over 30%. Known for 80% of its revenue."
    )


def test_capped_cell_says_what_its_stock_can_earn():
    # 5 000 of stock at a margin of 30 %.
    (entry,) = told(proposed=1_500.0, threshold=0.9)

    assert entry["standing"] == "capped"
    assert "is capped because L1 runs out on 12 Apr 2026" in entry["sentence"]
    assert "$1,500 a placement" in entry["sentence"]


def test_cell_below_its_cap_and_plan_without_a_rule_are_watched():
    (below,), (unruled,) = told(proposed=100.0, threshold=0.9), told(proposed=9_000.0, threshold=None)

    assert (below["standing"], unruled["standing"]) == ("watched", "watched")
    assert "the plan has no stock-out threshold" in unruled["sentence"]


def test_stock_that_lasts_is_not_mentioned():
    assert told(proposed=100.0, threshold=0.9, risk=replace(RISK, probability=0.01, running_out=())) == []


@pytest.mark.parametrize(("threshold", "held"), [(0.3, 0.0), (0.9, 1_500.0), (None, 10_000.0)])
def test_cell_without_a_curve_keeps_no_more_than_stock_allows(threshold, held):
    cells = [stocked(fitted=False)]

    found = held_amounts(cells=cells, constraints={"budget": 10_000.0, "oos_threshold": threshold})

    assert found[cells[0].key] == held
