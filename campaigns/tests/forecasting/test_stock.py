"""Stock over simulated futures."""

import numpy as np
import pytest

from campaigns.forecasting.history import ForecastRefused
from campaigns.forecasting.stock import stock_outlook

CERTAIN = np.full((10, 5), 4.0)


def test_stock_that_runs_out_on_a_known_day():
    found = stock_outlook(paths=CERTAIN, on_hand=10)

    assert (found.probability, found.first_day, found.sellable, found.lost, found.cover_days) == (1.0, 3, 10.0, 10.0, 2)


def test_intervals_are_those_of_the_futures():
    # A day of 4 for nine in ten futures, of 8 for the tenth: 16 units last four days or two.
    paths = np.vstack([np.full((90, 5), 4.0), np.full((10, 5), 8.0)])

    found = stock_outlook(paths=paths, on_hand=16, confidence=0.9)

    assert found.runs_out == (3, 5, 5)
    assert found.cover_interval == (2.0, 4.0)
    assert (found.sellable_interval, found.lost_interval) == ((16.0, 16.0), (4.0, 24.0))


def test_day_after_the_horizon_is_not_claimed():
    paths = np.vstack([np.full((50, 5), 4.0), np.full((50, 5), 1.0)])

    assert stock_outlook(paths=paths, on_hand=12).runs_out == (4, 4, None)


def test_stock_that_lasts():
    found = stock_outlook(paths=CERTAIN, on_hand=20)

    assert (found.probability, found.first_day, found.lost, found.cover_days) == (0.0, None, 0.0, 5)


def test_receipts_help_only_from_their_day():
    late, early = (
        stock_outlook(paths=CERTAIN, on_hand=8, receipts=np.array(receipts, dtype=float))
        for receipts in ([0, 0, 0, 12, 0], [0, 0, 12, 0, 0])
    )

    assert late.probability == 1.0
    assert early.probability == 0.0


def test_probability_is_the_share_of_futures():
    paths = np.vstack([np.full((30, 2), 1.0), np.full((70, 2), 9.0)])

    assert stock_outlook(paths=paths, on_hand=5).probability == pytest.approx(0.7)


@pytest.mark.parametrize(("on_hand", "receipts"), [(-1, None), (5, [1.0]), (5, [-1.0] * 5)])
def test_impossible_stock_is_refused(on_hand, receipts):
    with pytest.raises(ForecastRefused):
        stock_outlook(paths=CERTAIN, on_hand=on_hand, receipts=None if receipts is None else np.array(receipts))
