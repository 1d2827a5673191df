"""Adstock against Meridian's published answers, and against the allocator's own carry-over."""

import json
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

from campaigns.optimization.carry_over import arrived_shares
from campaigns.response.adstock import adstocked, lag_weights

CASE = Path(settings.BASE_DIR).parent / "shared/cases/decisions/adstock_meridian"


@pytest.mark.skipif(not CASE.is_dir(), reason="The known answers are not beside this checkout.")
@pytest.mark.parametrize("kind", ["geometric", "binomial"])
def test_meridians_published_answers_are_reproduced(kind):
    asked = json.loads((CASE / "adstock.json").read_text())
    expected = {one["name"]: one for one in json.loads((CASE / "expected.json").read_text())["expected"]}

    media = np.array(asked["media"])
    for channel, decay in enumerate(asked["alpha"]):
        weights = lag_weights(kind=kind, decay=decay, lags=len(media) - 1)
        last = adstocked(spend=media[:, channel], weights=weights)[-1]

        known = expected[f"{kind} ch{channel + 1}"]
        assert last == pytest.approx(known["value"], abs=known["tol"])


def test_binomial_weights_of_a_quarter_are_fourth_powers_less_one():
    weights = lag_weights(kind="binomial", decay=0.25, lags=4)

    assert weights / weights[0] == pytest.approx([1, 0.512, 0.216, 0.064, 0.008])


@pytest.mark.parametrize(("kind", "decay"), [("geometric", 0.0), ("geometric", 0.6), ("binomial", 0.4)])
def test_even_spend_is_felt_whole_and_a_start_is_felt_late(kind, decay):
    weights = lag_weights(kind=kind, decay=decay, lags=13)
    even = np.full(20, 3.0)

    assert adstocked(spend=even, weights=weights, before=3.0) == pytest.approx(even)
    assert adstocked(spend=even, weights=weights)[0] == pytest.approx(3.0 * weights[0])


def test_the_allocator_and_the_estimator_mean_the_same_binomial():
    arrived = arrived_shares(kind="binomial", decay=0.4, periods=6, lags=4)

    assert arrived == pytest.approx([*np.cumsum(lag_weights(kind="binomial", decay=0.4, lags=4)), 1.0])


@pytest.mark.parametrize(("kind", "decay", "lags"), [("weibull", 0.5, 3), ("geometric", 1.0, 3), ("binomial", 0.5, -1)])
def test_impossible_adstock_is_refused(kind, decay, lags):
    with pytest.raises(ValueError, match="Adstock is"):
        lag_weights(kind=kind, decay=decay, lags=lags)
