"""When the new version of a day looks like a part of it."""

from decimal import Decimal

import pytest

from harmonization.monitoring.restatement import Restated, shrinkage


def restated(**changes) -> Restated:
    values = {
        "campaign": "Spring",
        "rows_before": 10,
        "rows_after": 10,
        "cost_before": Decimal(100),
        "cost_after": Decimal(100),
        "currency": "USD",
    }
    return Restated(**(values | changes))


def test_corrected_figures_are_no_shrinkage():
    assert shrinkage(restated=[restated(cost_after=Decimal(61)), restated(rows_after=14)]) == ""


def test_campaign_that_loses_most_rows_is_named_with_both_counts():
    reason = shrinkage(restated=[restated(), restated(campaign="Summer", rows_after=4)])

    assert reason == "“Summer” would go from 10 rows to 4"


def test_campaign_that_loses_most_cost_is_named_with_both_amounts():
    assert shrinkage(restated=[restated(cost_after=Decimal("49.5"))]) == (
        "cost of “Spring” would go from 100.00 to 49.50 USD"
    )


@pytest.mark.parametrize(
    "harmless",
    [
        restated(rows_before=3, rows_after=1),
        restated(currency="", cost_after=Decimal(1)),
        restated(cost_before=Decimal(0), cost_after=Decimal(0)),
        restated(cost_before=Decimal(-5), cost_after=Decimal(-9)),
        restated(rows_after=5),
    ],
    ids=["few rows", "other currency", "no cost", "credits", "exactly half"],
)
def test_what_is_no_sign_of_a_partial_file_passes(harmless):
    assert shrinkage(restated=[harmless]) == ""


def test_many_shrinking_campaigns_are_counted():
    assert shrinkage(restated=[restated(rows_after=1)] * 5).endswith("; and 3 more campaigns")
