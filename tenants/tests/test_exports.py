"""CSV cells: formulas become text, numbers stay numbers."""

import pytest

from tenants.exports import csv_text, escape_formula


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "\n=1", "－1+1"])
def test_formula_becomes_text(cell):
    assert escape_formula(cell).startswith("'")


@pytest.mark.parametrize("cell", ["-12.50", "1e3", "plain", "a=b", "", 7])
def test_harmless_cell_stays_as_it_is(cell):
    assert escape_formula(cell) == str(cell)


def test_missing_value_is_an_empty_cell():
    assert csv_text(header=["a", "b"], rows=[[None, 1]]) == "a,b\r\n,1\r\n"
