"""A plan made for the worst outcomes: figures with intervals and a reason, approval, what-if, and what excludes it."""

import pytest

from campaigns.briefs.constraint_json import ConstraintError
from campaigns.models import Plan
from campaigns.selectors.what_if import answer_at, ask_plan, frontier_of, tornado_of
from campaigns.services.approval import approve_plan
from campaigns.services.planning import plan_now
from campaigns.services.resolving import edit_and_solve
from tenants.services.operation_runs import OperationProblem


@pytest.fixture
def careful(proposed, analyst) -> Plan:
    """The proposal, split anew for the worst fifth of outcomes."""
    wanted = proposed.constraints | {"risk": 0.2}
    return edit_and_solve(plan=proposed, constraints=wanted, version=proposed.version, by=analyst)


def test_caution_brings_at_least_as_much_in_the_worst_outcomes_and_says_why(careful):
    told = careful.explanation["risk"]

    chosen, average = told["chosen"], told["best_on_average"]
    assert chosen["worst"] >= average["worst"] * (1 - 1e-4)
    assert chosen["mean"] <= average["mean"] * (1 + 1e-9)
    assert chosen["worst_interval"][0] < chosen["worst"] < chosen["worst_interval"][1]
    assert told["sentence"].startswith("In the worst 20% of outcomes this split brings")
    assert "200 draws" in told["why"]
    assert "in its worst 20% of outcomes" in careful.explanation["certificate"]["sentence"]
    assert careful.result["certificate"]["gap"] <= 1e-3


def test_rules_that_bind_are_named_without_a_price(careful):
    prices = careful.explanation["prices"]

    assert "budget" in {price["rule"] for price in prices}
    assert {price["value"] for price in prices} == {None}


def test_a_plan_for_the_worst_can_be_approved(careful, owner, django_now):
    approved = approve_plan(plan=careful, by=owner, version=careful.version, now=django_now)

    assert approved.state == Plan.State.APPROVED


def test_other_budgets_are_answered_for_the_worst_too(careful):
    asked = ask_plan(plan=careful)

    own = answer_at(asked=asked, plan=careful, budget=careful.budget)

    assert own["spend"] == pytest.approx(careful.explanation["headline"]["spend"])
    assert own["next_unit"] is None
    assert own["prices"] == []
    assert tornado_of(asked=asked)["bars"] is None
    curve = frontier_of(asked=asked)
    assert not curve["is_tabulated"]
    assert len(curve["points"]) >= 3


def test_without_the_rule_the_plan_looks_at_the_mean_again(careful, analyst):
    wanted = {name: value for name, value in careful.constraints.items() if name != "risk"}

    back = edit_and_solve(plan=careful, constraints=wanted, version=careful.version, by=analyst)

    assert back.explanation["risk"] is None
    assert back.result["risk"] is None


def test_a_target_and_caution_exclude_each_other(proposed, analyst):
    wanted = proposed.constraints | {"risk": 0.2, "target": {"revenue": 1_000.0}}

    with pytest.raises(ConstraintError, match="reached on average"):
        edit_and_solve(plan=proposed, constraints=wanted, version=proposed.version, by=analyst)


def test_exploring_and_caution_exclude_each_other(careful, analyst):
    with pytest.raises(OperationProblem, match="exclude each other"):
        plan_now(plan=careful, method="bandit", by=analyst)
