"""Cells as columns are the cells they were read from, however they were read."""

import numpy as np
import pytest

from campaigns.optimization.cell_reading import read_cells
from campaigns.optimization.cells import table_of
from campaigns.optimization.curves import KINDS

CURVES = [
    {"kind": "michaelis_menten", "beta": 300, "k": 40.0},
    {"kind": "hill", "beta": 200.0, "k": 20.0, "s": 2.0},
    {"kind": "logistic", "beta": 100.0, "midpoint": 0, "width": 5.0},
    {"kind": "michaelis_menten", "beta": 100.0, "k": 10},
]


def documents(**changes):
    return [
        {"id": f"c{i}", "path": ["onsite", f"r{i % 2}"], "curve": curve, "max": None if i else 50.0} | changes
        for i, curve in enumerate(CURVES)
    ]


def test_columns_hold_what_was_said_and_what_goes_without_saying():
    table = read_cells(documents(), currency="USD")

    assert table.numbers["cap"].tolist() == [50.0, np.inf, np.inf, np.inf]
    assert table.numbers["margin_rate"].tolist() == [1.0] * 4
    assert [cell.cap for cell in table] == [50.0, None, None, None]
    assert [cell.oos_probability for cell in table] == [None] * 4


def test_cells_come_back_with_their_own_curves():
    table = read_cells(documents(), currency="USD")

    for cell, document in zip(table, CURVES, strict=True):
        assert cell.curve.kind == document["kind"]
        for name in KINDS[cell.curve.kind].parameters:
            assert cell.curve.parameters[name].tolist() == [float(document[name])]


def test_reading_cell_by_cell_gives_the_same_columns():
    # A currency given as null is legal but not plain, so this takes the slow way.
    fast, slow = (read_cells(documents(**more), currency="USD") for more in ({}, {"currency": None}))

    assert fast.ids == slow.ids
    assert fast.paths == slow.paths
    for name in fast.numbers:
        np.testing.assert_array_equal(fast.numbers[name], slow.numbers[name])
    spend = np.array([10.0, 15.0, 3.0, 40.0])
    assert fast.responses.values(spend=spend) == pytest.approx(slow.responses.values(spend=spend))


def test_table_of_a_table_is_itself():
    table = read_cells(documents(), currency="USD")

    assert table_of(cells=table) is table
    assert table_of(cells=tuple(table)).numbers["cap"].tolist() == table.numbers["cap"].tolist()


def test_part_of_a_table_is_its_cells():
    table = read_cells(documents(), currency="USD")

    assert [cell.id for cell in table[1:3]] == ["c1", "c2"]
    assert table[-1].id == "c3"
    with pytest.raises(IndexError):
        table[4]
