"""Inverse slopes undo slopes, for every kind and over many orders of magnitude."""

import numpy as np
import pytest

from campaigns.optimization.curves import concave_shape
from campaigns.optimization.inverse_slopes import inverse_slope

SHAPES = [
    ("michaelis_menten", (300.0, 40.0)),
    ("exponential", (300.0, 40.0)),
    ("hill", (300.0, 40.0, 0.3)),
    ("hill", (300.0, 40.0, 1.0)),
    ("hill", (300.0, 40.0, 2.5)),
    ("hill", (300.0, 40.0, 10.0)),
    ("logistic", (300.0, 30.0, 10.0)),
    ("logistic", (300.0, 0.0, 10.0)),
]


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
@pytest.mark.parametrize(("kind", "parameters"), SHAPES)
def test_inverse_undoes_the_slope_beyond_the_hull(kind, parameters, unit):
    scaled = (parameters[0] * unit, *parameters[1:])
    shape = concave_shape(kind=kind, columns=tuple(np.full(60, value) for value in scaled))
    spend = shape.until[0] * 1.001 + np.geomspace(1e-3, 200.0, 60)

    found = inverse_slope(shape=shape, slope=shape.slope(spend))

    assert found == pytest.approx(spend, rel=1e-6)


def test_slope_steeper_than_the_hull_buys_nothing():
    shape = concave_shape(kind="hill", columns=(np.array([300.0]), np.array([40.0]), np.array([2.0])))

    # The hull rises 3.75 up to its tangent point at 40.
    assert inverse_slope(shape=shape, slope=np.array([3.76])).tolist() == [0.0]
    assert inverse_slope(shape=shape, slope=np.array([3.74]))[0] >= 40.0
