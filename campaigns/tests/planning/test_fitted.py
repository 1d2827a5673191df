"""Fitted cells survive being kept; what they depend on decides when they may be used again."""

import json

import numpy as np
import pytest

from campaigns.planning.fitted import cells_from_json, cells_to_json, fit_scope
from campaigns.tests.planning.cast import cell, four_cells


def test_cells_come_back_as_they_were():
    cells = (*four_cells(), cell(path=("onsite", "kroger", "home", "Lumen"), beta=1 / 3, fitted=False))

    back = cells_from_json(rows=json.loads(json.dumps(cells_to_json(cells=cells))))

    assert [each.key for each in back] == [each.key for each in cells]
    assert back[-1].reason == cells[-1].reason
    assert not back[-1].is_fitted
    for one, other in zip(back, cells, strict=True):
        assert one.current == other.current
        assert one.history.orders == other.history.orders
        np.testing.assert_array_equal(one.beta, other.beta)
        np.testing.assert_array_equal(one.k, other.k)
        np.testing.assert_array_equal(one.history.spend, other.history.spend)


@pytest.mark.parametrize(
    "change", [{"budget": 5.0}, {"roas_floor": 9.0}, {"retailers": ["walmart", "amazon"]}, {"brand": "LUMEN"}]
)
def test_rules_and_the_order_of_names_need_no_other_curves(change):
    said = {"budget": 1.0, "retailers": ["amazon", "walmart"], "brand": "Lumen"}

    before = fit_scope(constraints=said, horizon_days=70)

    assert fit_scope(constraints=said | change, horizon_days=70) == before


@pytest.mark.parametrize("change", [{"retailers": ["amazon"]}, {"brand": "Aster"}])
def test_whose_history_is_read_needs_other_curves(change):
    said = {"retailers": ["amazon", "walmart"], "brand": "Lumen"}

    assert fit_scope(constraints=said | change, horizon_days=70) != fit_scope(constraints=said, horizon_days=70)
    assert fit_scope(constraints=said, horizon_days=42) != fit_scope(constraints=said, horizon_days=70)
