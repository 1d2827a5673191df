"""Which figures moved together tells the cause."""

import pytest

from harmonization.monitoring.causes import UNKNOWN, likely_cause

USUAL = {"cost": 1.0, "impressions": 1.0, "ctr": 1.0, "cpc": 1.0, "roas": 1.0, "facts": 1.0}


@pytest.mark.parametrize(
    ("factors", "odd", "word"),
    [
        ({"cost": 10.5, "cpc": 10.5, "roas": 0.1}, ["cost", "cpc", "roas"], "Cost is about ten times what"),
        ({"cost": 98.0, "cpc": 98.0}, ["cost", "cpc"], "All amounts are about a hundred times what"),
        ({"cost": 0.0011, "cpc": 0.0011}, ["cost"], "a thousand times less"),
        ({"cost": 2.1, "impressions": 2.0}, ["cost", "impressions"], "counted twice"),
        ({"cost": 0.2, "impressions": 0.2}, ["cost"], "a part is missing"),
        ({"cost": 3.4, "impressions": 3.2}, ["cost"], "more budget"),
        ({"cost": 1.9, "cpc": 1.9}, ["cost", "cpc"], "another currency"),
        ({"cpc": 1.6, "cost": 1.6, "roas": 0.6}, ["cpc", "roas"], "bids"),
        ({"roas": 0.2}, ["roas"], "attributed sales"),
        ({"ctr": 3.0}, ["ctr"], "click-through"),
        ({"facts": 0.3}, ["facts"], "fewer rows"),
    ],
)
def test_pattern_gives_its_cause_and_advice(factors, odd, word):
    found = likely_cause(factors=USUAL | factors, odd=odd)

    assert word in found.cause
    assert found.advice


def test_what_fits_no_pattern_is_said_to_be_unknown():
    assert likely_cause(factors=USUAL | {"impressions": 9.0, "ctr": 0.2}, odd=["impressions", "ctr"]) == UNKNOWN
