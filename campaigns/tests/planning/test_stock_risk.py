"""Stock against demand: known by hand for steady sales."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import problem_from_json
from campaigns.planning.fitted import cells_from_json, cells_to_json
from campaigns.planning.history import RunsOut, StockRisk
from campaigns.planning.problem import build_problem
from campaigns.planning.stock_risk import (
    StockedItem,
    StockLevel,
    at_end_of_sales,
    daily_units,
    stock_risks,
    with_stock_risks,
)
from campaigns.tests.planning.cast import BELIEFS, four_cells, history

START = date(2026, 3, 2)


def item(name, *, on_hand, revenue=1_000.0, daily=10.0, days=91, brand="Lumen"):
    return StockedItem(
        retailer_id="amazon",
        brand=brand,
        item=name,
        start=START,
        units=np.full(days, daily),
        revenue=revenue,
        on_hand=on_hand,
    )


def risk(*items, horizon=28):
    return stock_risks(items=items, horizon_days=horizon, rng=np.random.default_rng(1)).get(("amazon", "lumen"))


def test_steady_sales_outlast_or_empty_the_stock():
    # Ten a day for 28 days need 280.
    enough, short = risk(item("a", on_hand=400.0)), risk(item("a", on_hand=100.0))

    assert (enough.probability, short.probability) == (0.0, 1.0)
    assert short.cover_days == pytest.approx(10.0)
    # 1 000 of revenue over 910 units.
    assert short.stock_value == pytest.approx(100.0 * 1_000.0 / 910.0)


def test_items_that_run_out_are_named_with_their_day():
    # 91 days from 2 March end on 31 May; 100 units at ten a day last through 10 June.
    (soon,) = risk(item("a", on_hand=100.0), item("b", on_hand=400.0)).running_out

    assert (soon.item, soon.probability, soon.day, soon.low, soon.high) == ("a", 1.0, *[date(2026, 6, 11)] * 3)


def test_stock_told_later_than_the_sales_runs_down_from_its_day():
    late = replace(item("a", on_hand=100.0), waited=5)

    (soon,) = risk(late).running_out

    assert soon.day == date(2026, 6, 16)
    assert risk(replace(item("a", on_hand=250.0), waited=5)).probability == 0.0


def test_what_was_sold_since_the_stock_was_told_is_gone():
    units = np.full(10, 4.0)
    told = {day: StockLevel(units=20.0, told_on=date(2026, 3, day), source="count") for day in (9, 11, 15)}

    assert at_end_of_sales(level=told[11], start=START, units=units) == (20.0, 0)
    assert at_end_of_sales(level=told[9], start=START, units=units) == (12.0, 0)
    assert at_end_of_sales(level=told[15], start=START, units=units) == (20.0, 4)
    assert at_end_of_sales(level=None, start=START, units=units) == (None, 0)


def test_items_count_by_their_revenue():
    found = risk(item("a", on_hand=400.0, revenue=3_000.0), item("b", on_hand=0.0, revenue=1_000.0))

    assert found.probability == pytest.approx(0.25)
    assert found.known_share == 1.0


def test_unknown_items_leave_the_stock_s_value_open():
    found = risk(item("a", on_hand=400.0), item("b", on_hand=None))

    assert (found.known_share, found.stock_value) == (0.5, None)


def test_without_a_level_or_with_too_short_a_history_nothing_is_claimed():
    assert risk(item("a", on_hand=None)) is None
    assert risk(item("a", on_hand=10.0, days=10)) is None


def test_days_without_rows_sold_nothing():
    rows = [(START, 2.0), (START, 1.0), (date(2026, 3, 4), 5.0), (date(2026, 5, 1), 9.0)]

    assert daily_units(rows=rows, start=START, end=date(2026, 3, 4)).tolist() == [3.0, 0.0, 5.0]


def test_risk_is_kept_with_the_cells_and_reaches_the_problem():
    soon = RunsOut(item="L1", probability=0.7, day=date(2026, 4, 12), low=date(2026, 4, 8), high=None)
    found = StockRisk(probability=0.6, stock_value=5_000.0, known_share=1.0, cover_days=9.0, running_out=(soon,))
    histories = with_stock_risks(histories=[history()], risks={("amazon", "lumen"): found})
    cells = [replace(four_cells()[0], history=histories[0])]

    (kept,) = cells_from_json(rows=cells_to_json(cells=cells))

    assert kept.history.stock_risk == found


def test_threshold_stops_the_spend_and_says_why():
    out = StockRisk(probability=0.6, stock_value=5_000.0, known_share=0.8, cover_days=9.0)
    safe = replace(out, probability=0.01)
    risks = {("amazon", "lumen"): out, ("walmart", "lumen"): safe}
    cells = tuple(
        replace(one, history=with_stock_risks(histories=[one.history], risks=risks)[0]) for one in four_cells()
    )

    built = build_problem(
        constraints={"budget": 10_000.0, "oos_threshold": 0.2}, currency="USD", cells=cells, beliefs=BELIEFS
    )
    answer = allocate(problem=problem_from_json(built.document), method="auto")

    assert [answer.spend[cell.key] for cell in cells[:2]] == [0.0, 0.0]
    # Elsewhere no more than the sellable stock's margin: 5 000 at 30 %.
    assert max(answer.spend.values()) == pytest.approx(1_500.0)
    assert "run out during the flight with a probability of 60%" in built.notes[0]
    assert "lasts 9 days" in built.notes[0]
    assert str(built.sources["stock-out threshold"]) == "oos_threshold"


def test_cells_without_a_level_are_left_alone_and_counted():
    out = StockRisk(probability=0.6, stock_value=None, known_share=0.8, cover_days=9.0)
    cells = tuple(
        replace(one, history=with_stock_risks(histories=[one.history], risks={("amazon", "lumen"): out})[0])
        for one in four_cells()
    )

    notes = build_problem(
        constraints={"budget": 10_000.0, "oos_threshold": 0.2}, currency="USD", cells=cells, beliefs=BELIEFS
    ).notes

    assert "2 of 4 cells have no stock level" in notes[-1]


def test_flight_longer_than_a_forecast_reaches_repeats_its_weeks():
    # Ten a day for 91 days need 910; the history carries a forecast of three weeks.
    assert risk(item("a", on_hand=900.0), horizon=91).probability == 1.0
    assert risk(item("a", on_hand=950.0), horizon=91).probability == 0.0
