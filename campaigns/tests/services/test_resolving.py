"""A changed rule is answered at once from the curves the plan keeps, with the figures that planning anew would give."""

import pytest

from campaigns.models import Plan, PlanCell, PlanCurves, PlanVersion
from campaigns.selectors.curves import kept_curves
from campaigns.services.drafting import EditRefused, StaleVersion, edit_constraints
from campaigns.services.planning import plan_now
from campaigns.services.resolving import NotSolved, edit_and_solve, solve_now


def test_an_edit_is_solved_at_once(proposed, analyst):
    edited = edit_and_solve(
        plan=proposed,
        constraints=proposed.constraints | {"budget": 120_000.0},
        version=proposed.version,
        by=analyst,
    )

    assert edited.state == Plan.State.PROPOSED
    assert edited.explanation["headline"]["spend"] == pytest.approx(120_000 * 0.9, abs=1)
    assert PlanVersion.objects.filter(plan=edited, reason="Edited").exists()
    assert sum(float(cell.proposed_spend) for cell in PlanCell.objects.filter(plan=edited)) == pytest.approx(108_000)


def test_a_target_spends_only_what_reaches_it_and_says_so(proposed, analyst):
    reached = proposed.explanation["headline"]["incremental_margin"]["mean"] / 2

    edited = edit_and_solve(
        plan=proposed,
        constraints=proposed.constraints | {"target": {"incremental_margin": reached}},
        version=proposed.version,
        by=analyst,
    )

    assert edited.state == Plan.State.PROPOSED
    assert edited.explanation["headline"]["spend"] < proposed.explanation["headline"]["spend"] / 2
    assert any("is the least budget that reaches" in note for note in edited.explanation["notes"])
    assert edited.explanation["cross_check"]["difference"] <= 1e-4


def test_a_target_out_of_reach_offers_what_would_do(proposed, analyst):
    asked = proposed.explanation["headline"]["incremental_margin"]["mean"] * 1.2

    edited = edit_and_solve(
        plan=proposed,
        constraints=proposed.constraints | {"target": {"incremental_margin": asked}},
        version=proposed.version,
        by=analyst,
    )

    assert edited.state == Plan.State.INFEASIBLE
    offered = {one["key"] for one in edited.explanation["infeasible"]["relaxations"]}
    assert "target" in offered


def test_solving_at_once_gives_what_planning_anew_gives(proposed, analyst):
    wanted = proposed.constraints | {"reserve": 0.2}

    at_once = edit_and_solve(plan=proposed, constraints=wanted, version=proposed.version, by=analyst)
    anew = plan_now(plan=at_once, method="convex", by=analyst)

    assert anew.result["spend"] == pytest.approx(at_once.result["spend"])
    assert anew.explanation["headline"]["gain"] == pytest.approx(at_once.explanation["headline"]["gain"])
    assert anew.explanation["scenarios"][2]["incremental_margin"] == pytest.approx(
        at_once.explanation["scenarios"][2]["incremental_margin"]
    )


def test_nothing_is_fitted_for_an_edit(proposed, analyst, monkeypatch):
    def refuse(**inputs):
        raise AssertionError("a curve was fitted")

    monkeypatch.setattr("campaigns.planning.estimating.estimate_response", refuse)

    edited = edit_and_solve(
        plan=proposed, constraints=proposed.constraints | {"roas_floor": 2.5}, version=proposed.version, by=analyst
    )

    assert edited.state == Plan.State.PROPOSED


def test_only_what_differs_is_told(proposed, analyst):
    cap = {"level": "retailer", "name": "walmart", "share": 0.3}
    caps = [*proposed.constraints["caps"], cap]

    edited = edit_and_solve(
        plan=proposed, constraints=proposed.constraints | {"caps": caps}, version=proposed.version, by=analyst
    )

    told = edited.explanation["changes"]
    assert {row["label"] for row in told["retailers"]} == {"Amazon", "Walmart"}
    walmart = next(row for row in told["retailers"] if row["label"] == "Walmart")
    assert walmart["after"] == pytest.approx(45_000)
    assert walmart["before"] > walmart["after"]
    assert told["margin"]["gain"]["mean"] < 0
    assert len(told["cells"]) + told["unchanged"] == 4


@pytest.mark.parametrize("change", [{"retailers": ["amazon"]}, {"brand": "Lumen"}, {"weeks": 6}, {"currency": "EUR"}])
def test_what_needs_other_curves_waits_to_be_planned(proposed, analyst, change):
    with pytest.raises(NotSolved, match="fitted anew"):
        edit_and_solve(plan=proposed, constraints=proposed.constraints | change, version=proposed.version, by=analyst)

    kept = Plan.objects.get()
    assert kept.state == Plan.State.DRAFT
    assert kept.constraints.items() >= change.items()


def test_a_period_of_the_same_length_needs_no_other_curves(proposed, analyst):
    period = {"start": "2026-06-01", "end": "2026-08-09"}

    edited = edit_and_solve(
        plan=proposed, constraints=proposed.constraints | period, version=proposed.version, by=analyst
    )

    assert edited.horizon_days == 70
    assert edited.state == Plan.State.PROPOSED


def test_a_plan_without_curves_waits_to_be_planned(proposed, analyst):
    PlanCurves.objects.all().delete()

    with pytest.raises(NotSolved):
        solve_now(plan=proposed, by=analyst)


def test_a_contradiction_is_told_at_once(proposed, analyst):
    floors = [{"level": "retailer", "name": "amazon", "share": 0.9}]

    edited = edit_and_solve(
        plan=proposed, constraints=proposed.constraints | {"floors": floors}, version=proposed.version, by=analyst
    )

    assert edited.state == Plan.State.INFEASIBLE
    assert edited.explanation["infeasible"]["relaxations"]


def test_a_floor_that_no_money_reaches_is_kept_and_told(proposed, analyst):
    with pytest.raises(NotSolved, match="leave nothing to spend"):
        edit_and_solve(
            plan=proposed, constraints=proposed.constraints | {"roas_floor": 900}, version=proposed.version, by=analyst
        )

    assert Plan.objects.get().constraints["roas_floor"] == 900


def test_a_stale_edit_keeps_nothing(proposed, analyst):
    with pytest.raises(StaleVersion):
        edit_and_solve(plan=proposed, constraints={"budget": 1.0}, version=proposed.version - 1, by=analyst)

    assert Plan.objects.get().constraints == proposed.constraints


def test_an_approved_plan_is_not_edited(proposed, analyst):
    Plan.objects.filter(pk=proposed.pk).update(state=Plan.State.APPROVED, approved_at=proposed.planned_at)

    with pytest.raises(EditRefused):
        edit_and_solve(plan=proposed, constraints={"budget": 1.0}, version=proposed.version, by=analyst)


def test_curves_are_kept_to_the_last_digit(proposed):
    kept = kept_curves(plan=proposed)

    problem = Plan.objects.get().problem
    assert [cell.key for cell in kept.cells] == [cell["id"] for cell in problem["cells"]]
    assert kept.cells[0].beta.tolist() == [draw["beta"] for draw in problem["cells"][0]["draws"]]


def test_curves_follow_a_plan_that_is_planned_anew(proposed, analyst):
    edited = edit_constraints(
        plan=proposed, constraints=proposed.constraints | {"weeks": 6}, version=proposed.version, by=analyst
    )
    assert kept_curves(plan=edited) is None

    planned = plan_now(plan=edited, method="auto", by=analyst)

    assert kept_curves(plan=planned).inputs.horizon_days == 42
