"""Cells without room: a carried spend is kept, whatever it brings, and the rest is split around it."""

import pytest

from campaigns.optimization.allocation import BANDIT, METHODS, allocate
from campaigns.tests.optimization.problems import problem


def drawn(name, *, k, fixed=None):
    """A cell with a mean over draws, for which no method has an exact form."""
    curves = [{"kind": "michaelis_menten", "beta": beta, "k": k} for beta in (280.0, 320.0)]
    limits = {"min": fixed, "max": fixed} if fixed is not None else {"min": 0.0, "max": None}
    return {"id": name, "path": ["onsite", name], "draws": curves, **limits}


@pytest.mark.parametrize("method", sorted(set(METHODS) - {BANDIT}))
def test_cell_that_is_fixed_keeps_its_spend_and_bounds_the_plan(method):
    # c takes 20 and brings 300 * 20 / 1020 on average; a and b are twins and share the 80 that are left.
    cells = [drawn("a", k=40.0), drawn("b", k=40.0), drawn("c", k=1_000.0, fixed=20.0)]

    allocation = allocate(problem=problem(budget=100.0, cells=cells), method=method)

    assert allocation.status == "optimal"
    assert allocation.spend == pytest.approx({"a": 40.0, "b": 40.0, "c": 20.0}, rel=1e-4)
    assert allocation.objective == pytest.approx(2 * 300.0 * 40.0 / 80.0 + 300.0 * 20.0 / 1_020.0, rel=1e-6)
