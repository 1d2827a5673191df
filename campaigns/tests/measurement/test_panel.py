"""What a panel refuses."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.measurement.panel import InsufficientData, MeasurementRefused, panel_of_rows
from campaigns.tests.measurement.worlds import steady_panel

TIMES = ["1", "2", "3", "4"]
ROWS = [(unit, time, float(place), 1.0) for unit in "ab" for place, time in enumerate(TIMES)]


def test_rows_become_a_panel():
    panel = panel_of_rows(rows=ROWS, times=TIMES, treated=["a"], start="4")

    assert (panel.units, panel.start, panel.treated_count, panel.test_periods) == (("a", "b"), 3, 1, 1)
    assert panel.outcome.tolist() == [[0, 1, 2, 3]] * 2


def test_row_that_stands_twice_is_named():
    with pytest.raises(MeasurementRefused) as refused:
        panel_of_rows(rows=[*ROWS, ROWS[0]], times=TIMES, treated=["a"], start="4")

    assert refused.value.where == "a, 1"


def test_absent_row_is_named():
    with pytest.raises(MeasurementRefused) as refused:
        panel_of_rows(rows=ROWS[:-1], times=TIMES, treated=["a"], start="4")

    assert refused.value.where == "b, 4"


def test_absent_row_may_count_as_zero():
    panel = panel_of_rows(rows=ROWS[:-1], times=TIMES, treated=["a"], start="4", absent_is_zero=True)

    assert panel.outcome[1, 3] == 0


def test_missing_value_is_never_zero():
    rows = [*ROWS[:-1], ("b", "4", float("nan"), 1.0)]

    with pytest.raises(MeasurementRefused, match="no number"):
        panel_of_rows(rows=rows, times=TIMES, treated=["a"], start="4", absent_is_zero=True)


def test_unknown_treated_unit_is_refused():
    with pytest.raises(MeasurementRefused, match="“zebra”"):
        panel_of_rows(rows=ROWS, times=TIMES, treated=["zebra"], start="4")


@pytest.mark.parametrize("treated", [[], ["a", "b"]])
def test_both_groups_are_needed(treated):
    with pytest.raises(MeasurementRefused):
        panel_of_rows(rows=ROWS, times=TIMES, treated=treated, start="4")


@pytest.mark.parametrize(("start", "title"), [("2", "history"), ("9", "Nothing")])
def test_history_and_test_period_are_needed(start, title):
    with pytest.raises(InsufficientData, match=title):
        panel_of_rows(rows=ROWS, times=TIMES, treated=["a"], start=start)


def test_negative_cost_is_refused():
    rows = [*ROWS[:-1], ("b", "4", 1.0, -5.0)]

    with pytest.raises(MeasurementRefused, match="negative"):
        panel_of_rows(rows=rows, times=TIMES, treated=["a"], start="4")


def test_spend_that_both_groups_had_is_not_incremental():
    panel = steady_panel()
    cost = np.full(panel.outcome.shape, 3.0)
    cost[:, panel.start :] += 1.0
    cost[panel.treated, panel.start :] += 5.0

    assert replace(panel, cost=cost).incremental_cost() == pytest.approx(5.0 * 2 * 3)
    assert panel.incremental_cost() is None
