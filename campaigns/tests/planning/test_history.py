"""Daily facts become series per cell."""

from datetime import date

import pytest

from campaigns.planning.history import DEFAULT_MARGIN_RATE, cell_histories
from campaigns.tests.planning.cast import row

START, END = date(2026, 3, 2), date(2026, 3, 5)


def test_days_without_rows_count_as_zero_spend():
    (found,) = cell_histories(rows=[row(day=0, spend=5.0), row(day=3, spend=7.0)], start=START, end=END)

    assert found.spend.tolist() == [5.0, 0.0, 0.0, 7.0]


def test_several_rows_of_one_day_are_added():
    (found,) = cell_histories(rows=[row(spend=5.0, revenue=1.0), row(spend=6.0, revenue=2.0)], start=START, end=END)

    assert (found.spend[0], found.revenue[0]) == (11.0, 3.0)


def test_rows_outside_the_window_are_ignored():
    rows = [row(day=-1, spend=99.0), row(day=0, spend=5.0), row(day=4, spend=99.0)]

    (found,) = cell_histories(rows=rows, start=START, end=END)

    assert found.total_spend == 5.0


def test_margin_rate_is_weighted_by_revenue_of_items_with_a_known_rate():
    rows = [
        row(revenue=100.0, margin=30.0, margin_revenue=100.0),
        row(revenue=300.0, margin=30.0, margin_revenue=300.0),
    ]

    (found,) = cell_histories(rows=rows, start=START, end=END)

    assert found.margin_rate == pytest.approx(0.15)
    assert found.margin_known_share == 1.0


def test_without_any_known_margin_the_default_is_used_and_said():
    (found,) = cell_histories(rows=[row()], start=START, end=END)

    assert found.margin_rate == DEFAULT_MARGIN_RATE
    assert found.margin_known_share == 0.0


def test_cells_come_in_the_order_of_their_paths():
    rows = [row(path=("onsite", "walmart", "search", "B")), row(path=("onsite", "amazon", "search", "A"))]

    found = cell_histories(rows=rows, start=START, end=END)

    assert [cell.key for cell in found] == ["onsite/amazon/search/A", "onsite/walmart/search/B"]
