"""The worth of each rule as a plan tells it."""

import pytest

from campaigns.planning.evaluation import Interval
from campaigns.planning.price_words import NO_RANGE, UNPRICED, last_unit, prices_in_words

PRICE = {
    "value": 2.0,
    "meaning": "One more 100 USD brings 200.",
    "step": 100.0,
    "gain": 200.0,
    "valid_from": 900.0,
    "valid_to": 1_500.0,
    "validity": "Between these values the same rules bind.",
}
RESULT = {
    "shadow_prices": {"budget": PRICE, "minimum of a": PRICE},
    "binding": ["budget", "minimum of a", "cap"],
    "objective_name": "incremental_margin",
    "currency": "USD",
}
RANGE = Interval(mean=198.0, low=-20.0, high=310.0)


def told(price=PRICE, *, ranges=None, kind="amount"):
    result = RESULT | {"shadow_prices": {"budget": price}}
    (only,) = prices_in_words(result=result, rules={"budget": kind}, ranges=ranges or {})
    return only


def test_only_rules_that_people_made_are_priced():
    found = prices_in_words(result=RESULT, rules={"budget": "amount", "cap": "share"}, ranges={"budget": RANGE})

    assert [one["rule"] for one in found] == ["budget"]
    assert (found[0]["value"], found[0]["sentence"]) == (2.0, "One more 100 USD brings 200.")


def test_a_price_has_its_interval_and_how_far_it_holds():
    found = told(ranges={"budget": RANGE})

    assert found["interval"] == {"mean": 198.0, "low": -20.0, "high": 310.0}
    assert found["sureness"].startswith("90%: -20 USD to 310 USD, over the draws")
    assert found["holds"] == "The same rules bind between $900 and $1,500."


def test_a_price_that_could_not_be_tried_says_so():
    found = told()

    assert (found["interval"], found["sureness"]) == (None, NO_RANGE)


def test_a_step_that_brings_less_than_its_price_says_what_it_brings():
    """Where several rules hold the same money back, loosening one alone brings nothing."""
    found = told(ranges={"budget": Interval(mean=0.0, low=0.0, high=0.0)})

    assert found["sureness"].startswith("Tried on its own, this step brings 0 USD (90%: 0 USD to 0 USD")


@pytest.mark.parametrize(
    ("kind", "ends", "words"),
    [
        ("share", (0.05, 0.2), "between 5% and 20%."),
        ("ratio", (2.5, 3.25), "between 2.5 and 3.25."),
        ("amount", (900.0, None), "from $900 upward."),
        ("amount", (None, 900.0), "between $0 and $900."),
    ],
)
def test_the_range_of_a_rule_is_said_in_its_own_units(kind, ends, words):
    assert told(PRICE | {"valid_from": ends[0], "valid_to": ends[1]}, kind=kind)["holds"].endswith(words)


def test_a_price_without_a_range_says_why():
    reason = "Not computed: other rules act on the same money."

    assert told(PRICE | {"valid_from": None, "valid_to": None, "validity": reason})["holds"] == reason


def test_a_plan_for_the_worst_prices_no_rule():
    found = prices_in_words(result=RESULT | {"risk": {"draws": 200}}, rules={"budget": "amount"}, ranges={})

    assert [(one["value"], one["sentence"], one["interval"]) for one in found] == [(None, UNPRICED, None)]


def test_a_budget_whose_last_unit_loses_money_is_warned_about():
    result = RESULT | {"shadow_prices": {"budget": PRICE | {"value": 0.46}}}
    sure = Interval(mean=46.0, low=31.0, high=62.0)

    (plain,) = last_unit(result=result, currency="USD", ranges={})
    (ranged,) = last_unit(result=result, currency="USD", ranges={"budget": sure})
    (unsure,) = last_unit(result=result, currency="USD", ranges={"budget": Interval(mean=46.0, low=31.0, high=130.0)})

    assert "$0.46 of incremental margin: less than" in plain
    assert "$0.46 (90%: $0.31 to $0.62) of incremental margin: less than" in ranged
    assert "probably less than it costs" in unsure


def test_a_budget_that_pays_or_does_not_bind_is_not_warned_about():
    assert last_unit(result=RESULT, currency="USD", ranges={}) == []
    assert last_unit(result=RESULT | {"shadow_prices": {}}, currency="USD", ranges={}) == []
