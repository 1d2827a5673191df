"""Facts around a plan's figures: the budget adds up before the reader's eyes."""

import re

import pytest

from campaigns.models import Plan
from campaigns.views.plan_facts import approve_question, money_parts
from campaigns.views.share_bars import share_bars


def plan(*, spend=2_250_000.0, budget=2_500_000.0, currency="USD", **constraints):
    headline = {
        "spend": spend,
        "incremental_margin": {"mean": 3e6, "low": 2e6, "high": 4e6},
        "roas_floor": 3.0,
        "floor_probability": 0.93,
        "floor_probability_interval": [0.89, 0.95],
    }
    return Plan(
        currency=currency, constraints={"budget": budget} | constraints, explanation={"headline": headline}, result={}
    )


def amounts(parts):
    return [int(re.sub(r"[^0-9]", "", part["amount"])) for part in parts]


def test_budget_reserve_and_spend_add_up():
    parts = money_parts(plan=plan(reserve=0.1))

    assert [part["label"] for part in parts] == ["Budget", "Spent by this split", "Held for experiments, 10%"]
    assert amounts(parts) == [2_500_000, 2_250_000, 250_000]


@pytest.mark.parametrize(
    ("spend", "reserve"), [(1_999_999.4, 0.1), (100_000.5, 0.333), (2_500_000.0, 0.0), (0.4, 0.05)]
)
def test_whatever_is_spent_the_parts_add_up_to_the_unit(spend, reserve):
    whole, *rest = amounts(money_parts(plan=plan(spend=spend, reserve=reserve)))

    assert whole == sum(rest)


def test_what_rules_leave_over_is_named():
    assert [part["label"] for part in money_parts(plan=plan(spend=2_000_000.0))][-1] == "Left unspent"


def test_figures_of_another_budget_or_of_a_target_are_not_added_up():
    assert money_parts(plan=plan(budget=2_000_000.0)) == []
    assert money_parts(plan=plan(target={"revenue": 5_000_000})) == []


def test_approving_says_how_sure_the_floor_is():
    assert "with a probability of 93% (90%: 89% to 95%)." in approve_question(plan=plan())


def test_shares_are_drawn_beside_each_other():
    arms = [{"name": "Search", "current": 0.25, "shares": 0.4}, {"name": "Browse", "current": 0.75, "shares": 0.6}]

    drawn = share_bars(arms=arms, label="Shares", table={"rows": []})

    assert drawn["data"]["categories"] == ["Search", "Browse"]
    assert [one["values"] for one in drawn["data"]["series"]] == [[0.25, 0.75], [0.4, 0.6]]


@pytest.mark.django_db
def test_the_page_shows_the_parts_and_how_sure_prices_are(portal, teammate, proposed):
    page = portal(teammate).get(f"/plans/{proposed.pk}/").content.decode()

    assert "money-parts" in page
    assert "over the draws of every curve and of incrementality" in page
    assert "same rules bind" in page
