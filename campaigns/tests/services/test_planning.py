"""From a draft to a proposal, through an operation or at once."""

import pytest

from campaigns.models import Plan, PlanCell
from campaigns.services.drafting import draft_plan, edit_constraints
from campaigns.services.planning import PlanningRefused, plan_now, request_planning
from campaigns.services.relaxing import apply_relaxation
from campaigns.tests.market import BRIEF, stock_market
from harmonization.models import DailyFact
from tenants.models import Operation
from tenants.services.operation_runs import OperationProblem
from tenants.services.operations import cancel_operation


def test_an_operation_plans_a_draft(draft, analyst, run_operations):
    operation = request_planning(plan=draft, method="convex", by=analyst)

    assert Plan.objects.get().state == Plan.State.PLANNING
    assert run_operations() == ["done"]

    plan, operation = Plan.objects.get(), Operation.objects.get(pk=operation.pk)
    assert plan.state == Plan.State.PROPOSED
    assert operation.result_url == f"/plans/{plan.pk}/"
    assert plan.result["certificate"]["gap"] <= 1e-6


def test_a_double_click_starts_one_operation(draft, analyst):
    first = request_planning(plan=draft, method="convex", by=analyst)
    second = request_planning(plan=draft, method="convex", by=analyst)

    assert first == second
    assert Operation.objects.count() == 1


def test_the_proposal_keeps_its_rules(proposed):
    spend = {cell.cell_key: float(cell.proposed_spend) for cell in PlanCell.objects.filter(plan=proposed)}

    assert sum(spend.values()) <= 150_000 * 0.9 + 0.05
    assert max(spend.values()) <= 150_000 * 0.4 + 0.01


def test_the_proposal_beats_the_same_split_and_says_how_probably(proposed):
    headline = proposed.explanation["headline"]

    assert headline["gain"]["mean"] > 0
    assert 0.5 < headline["beats_current"] <= 1
    assert headline["floor_probability"] is not None


def test_both_methods_agree(proposed):
    assert proposed.explanation["cross_check"]["method"] == "lp"
    assert proposed.explanation["cross_check"]["difference"] <= 1e-3


def test_exploring_plan_keeps_its_rules_and_its_log(draft, analyst):
    plan = plan_now(plan=draft, method="bandit", by=analyst)

    spend = {cell.cell_key: float(cell.proposed_spend) for cell in PlanCell.objects.filter(plan=plan)}
    assert plan.result["status"] == "explored"
    assert max(spend.values()) <= 150_000 * 0.4 + 0.01
    assert sum(plan.result["exploration"]["propensities"].values()) == pytest.approx(1.0)
    assert "Explores on purpose" in plan.explanation["certificate"]["sentence"]
    assert plan.explanation["cross_check"]["method"] == "auto"


def test_planning_twice_gives_the_same_figures(draft, analyst):
    first = plan_now(plan=draft, method="convex", by=analyst)
    second = plan_now(plan=first, method="convex", by=analyst)

    assert first.result["spend"] == pytest.approx(second.result["spend"])
    assert second.version == first.version + 1


def test_simulated_data_marks_the_plan(proposed):
    assert proposed.is_simulated


def test_a_thin_cell_is_held_and_said_to_be_insufficient(acme, analyst):
    stock_market(thin=True)
    plan = plan_now(plan=draft_plan(brief=BRIEF, by=analyst), method="lp", by=analyst)

    (held,) = PlanCell.objects.filter(plan=plan, status=PlanCell.Status.INSUFFICIENT)
    assert (held.retailer_id, held.placement) == ("walmart", "home")
    assert "days" in held.reason
    assert plan.explanation["insufficient"][0]["spend"] == pytest.approx(float(held.proposed_spend), abs=0.01)


def test_without_a_budget_planning_is_refused(market, analyst):
    plan = draft_plan(brief="ROAS at least 3", by=analyst)

    with pytest.raises(PlanningRefused, match="no budget"):
        request_planning(plan=plan, method="convex", by=analyst)


def test_without_history_the_operation_fails_and_says_what_to_import(acme, analyst, run_operations):
    plan = draft_plan(brief="Spend $50k", by=analyst)
    request_planning(plan=plan, method="convex", by=analyst)

    assert run_operations() == ["failed"]

    plan = Plan.objects.select_related("operation").get()
    assert plan.live_state == Plan.State.FAILED
    assert plan.is_editable
    assert plan.operation.problem["title"] == "There is no spend to learn from"


def test_mixed_currencies_are_refused(market, analyst):
    DailyFact.objects.filter(retailer_id="walmart").update(currency="EUR")
    plan = draft_plan(brief=BRIEF, by=analyst)

    with pytest.raises(OperationProblem, match="EUR, USD"):
        plan_now(plan=plan, method="lp", by=analyst)

    plan.refresh_from_db()
    assert plan.state == Plan.State.FAILED


def test_a_budget_in_another_currency_is_refused(market, analyst):
    plan = draft_plan(brief="Spend €50k on Amazon", by=analyst)

    with pytest.raises(OperationProblem, match="nothing is converted"):
        plan_now(plan=plan, method="lp", by=analyst)


def test_an_unknown_name_is_refused_with_what_is_known(draft, analyst):
    cap = {"level": "retailer", "name": "Tesco", "share": 0.5}
    plan = edit_constraints(plan=draft, constraints={"budget": 9_000, "caps": [cap]}, version=1, by=analyst)

    with pytest.raises(OperationProblem, match=r"“Tesco”.*amazon"):
        plan_now(plan=plan, method="lp", by=analyst)


def test_an_infeasible_brief_names_the_conflict_and_a_way_out(market, analyst):
    plan = draft_plan(brief="Spend $100k, at least 80% at Amazon, no placement above 30%", by=analyst)

    plan = plan_now(plan=plan, method="convex", by=analyst)

    assert plan.state == Plan.State.INFEASIBLE
    told = plan.explanation["infeasible"]
    assert len(told["conflict"]) >= 2
    assert any(relaxation["key"] for relaxation in told["relaxations"])
    assert not PlanCell.objects.filter(plan=plan).exists()


def test_applying_a_relaxation_makes_the_plan_feasible(market, analyst):
    plan = draft_plan(brief="Spend $100k, at least 80% at Amazon, no placement above 30%", by=analyst)
    plan = plan_now(plan=plan, method="convex", by=analyst)
    offered = plan.explanation["infeasible"]["relaxations"]
    number = next(place for place, relaxation in enumerate(offered) if relaxation["key"])

    relaxed = apply_relaxation(plan=plan, number=number, version=plan.version, by=analyst)
    planned = plan_now(plan=relaxed, method="convex", by=analyst)

    assert planned.state == Plan.State.PROPOSED


@pytest.mark.parametrize("method", ["convex", "lp"])
@pytest.mark.parametrize("floor", [60, 200, 1000])
def test_a_floor_that_no_spend_reaches_is_refused_with_what_the_first_money_brings(market, analyst, method, floor):
    plan = draft_plan(brief="Allocate $900k", by=analyst)
    edit_constraints(plan=plan, constraints=plan.constraints | {"roas_floor": floor}, version=1, by=analyst)

    with pytest.raises(OperationProblem) as refusal:
        plan_now(plan=Plan.objects.get(), method=method, by=analyst)

    assert refusal.value.problem["title"] == "The constraints leave nothing to spend"
    assert "ROAS floor" in refusal.value.problem["detail"]
    assert "brings at most" in refusal.value.problem["detail"]
    assert Plan.objects.get().state == Plan.State.FAILED


def test_an_edit_while_the_operation_waits_makes_it_fail_without_effect(draft, analyst, run_operations):
    operation = request_planning(plan=draft, method="convex", by=analyst)
    cancel_operation(operation=operation, by=analyst)
    plan = Plan.objects.select_related("operation").get()
    assert plan.live_state == Plan.State.FAILED
    edit_constraints(plan=plan, constraints={"budget": 9_000}, version=plan.version, by=analyst)
    Operation.objects.filter(pk=operation.pk).update(state="queued", cancel_requested=False)

    assert run_operations() == ["failed"]

    assert Plan.objects.get().state == Plan.State.DRAFT
