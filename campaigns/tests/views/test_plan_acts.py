"""Buttons of a plan: plan, approve, undo, withdraw, relax, export."""

import pytest

from campaigns.models import Plan
from campaigns.services.drafting import draft_plan
from campaigns.services.planning import plan_now
from tenants.models import Operation


def state_of(plan):
    return Plan.objects.get(pk=plan.pk).state


def test_a_double_clicked_plan_button_starts_one_operation(portal, analyst, draft):
    client = portal(analyst)

    for _ in range(2):
        client.post(f"/plans/{draft.pk}/plan/", {"method": "lp"})

    assert Operation.objects.count() == 1
    assert Plan.objects.get().method == "lp"


def test_a_plan_without_budget_is_told_so(portal, analyst, acme):
    plan = draft_plan(brief="ROAS at least 3", by=analyst)

    page = portal(analyst).post(f"/plans/{plan.pk}/plan/", {"method": "lp"}, follow=True)

    assert b"no budget yet" in page.content
    assert not Operation.objects.exists()


def test_a_manager_approves_and_undoes(portal, manager, proposed):
    client = portal(manager)

    approved = client.post(f"/plans/{proposed.pk}/approve/?version={proposed.version}", follow=True)
    assert b"is approved" in approved.content
    assert state_of(proposed) == Plan.State.APPROVED

    undone = client.post(f"/plans/{proposed.pk}/undo/", follow=True)
    assert b"approval is undone" in undone.content
    assert state_of(proposed) == Plan.State.PROPOSED


def test_what_changed_since_the_page_was_read_is_not_approved(portal, manager, proposed):
    stale = proposed.version - 1

    page = portal(manager).post(f"/plans/{proposed.pk}/approve/?version={stale}", follow=True)

    assert b"Reload and repeat" in page.content
    assert state_of(proposed) == Plan.State.PROPOSED


@pytest.mark.parametrize("verb", ["approve", "undo", "withdraw"])
def test_without_javascript_a_page_asks_first(portal, manager, proposed, verb):
    page = portal(manager).get(f"/plans/{proposed.pk}/{verb}/")

    assert page.status_code == 200
    assert b"No, go back" in page.content
    assert state_of(proposed) == Plan.State.PROPOSED


def test_withdrawing_puts_a_plan_aside(portal, analyst, draft):
    portal(analyst).post(f"/plans/{draft.pk}/withdraw/")

    assert state_of(draft) == Plan.State.SUPERSEDED


def test_one_click_applies_a_relaxation_and_splits_again_without_a_worker(portal, analyst, market, run_operations):
    plan = draft_plan(brief="Spend $100k, at least 80% at Amazon, no placement above 30%", by=analyst)
    plan = plan_now(plan=plan, method="convex", by=analyst)
    offered = plan.explanation["infeasible"]["relaxations"]
    number = next(place for place, relaxation in enumerate(offered) if relaxation["key"])

    portal(analyst).post(f"/plans/{plan.pk}/relaxations/{number}/apply/", {"version": plan.version})

    assert run_operations() == []
    assert state_of(plan) == Plan.State.PROPOSED


@pytest.mark.parametrize(("form", "beginning"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_a_proposal_is_exported_as_a_table(portal, analyst, proposed, form, beginning):
    answer = portal(analyst).get(f"/plans/{proposed.pk}/export/{form}/")

    assert answer.status_code == 200
    assert answer.content.startswith(beginning)
    assert "attachment" in answer["Content-Disposition"]


def test_a_bulk_file_of_a_plan_that_is_not_approved_is_refused(portal, analyst, proposed):
    page = portal(analyst).get(f"/plans/{proposed.pk}/export/amazon_bulk/", follow=True)

    assert b"approved" in page.content
    assert "attachment" not in page.get("Content-Disposition", "")


def test_a_plan_is_copied_as_a_variant_by_a_button(portal, analyst, draft):
    client = portal(analyst)
    page = client.get(f"/plans/{draft.pk}/").content.decode()

    answer = client.post(f"/plans/{draft.pk}/copy/", follow=True)

    copied = Plan.objects.exclude(pk=draft.pk).get()
    assert f"/plans/{draft.pk}/copy/" in page
    assert answer.redirect_chain[-1][0].endswith(f"/plans/{copied.pk}/")
    assert "is a draft of its own" in answer.content.decode()


def test_who_may_only_read_finds_no_such_button(portal, teammate, draft):
    client = portal(teammate)

    assert "Copy as variant" not in client.get(f"/plans/{draft.pk}/").content.decode()
    assert client.post(f"/plans/{draft.pk}/copy/").status_code in (403, 404)
