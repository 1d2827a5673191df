"""Chips: edit, add, remove, go back."""

import pytest

from campaigns.models import Plan
from campaigns.services.drafting import edit_constraints

HTMX = {"HX-Request": "true"}


def constraints(plan):
    return Plan.objects.get(pk=plan.pk).constraints


def test_a_chip_opens_its_form_filled_with_what_was_said(portal, analyst, draft):
    form = portal(analyst).get(f"/plans/{draft.pk}/constraints/reserve/", headers=HTMX).content.decode()

    assert 'value="10.0"' in form
    assert "<html" not in form


def test_without_htmx_the_form_is_a_page(portal, analyst, draft):
    page = portal(analyst).get(f"/plans/{draft.pk}/constraints/budget/").content.decode()

    assert "<html" in page


def test_saving_a_chip_changes_only_it(portal, analyst, draft):
    before = draft.constraints

    answer = portal(analyst).post(
        f"/plans/{draft.pk}/constraints/reserve/", {"reserve-value": "5", "reserve-version": "1"}, headers=HTMX
    )

    assert answer["HX-Redirect"].endswith(f"/plans/{draft.pk}/")
    assert constraints(draft) == before | {"reserve": 0.05}


def test_saving_a_chip_of_a_proposal_swaps_in_the_new_figures(portal, analyst, proposed):
    answer = portal(analyst).post(
        f"/plans/{proposed.pk}/constraints/budget/",
        {"budget-value": "120000", "budget-version": str(proposed.version)},
        headers=HTMX,
    )

    assert answer["HX-Retarget"] == "#plan-page"
    page = answer.content.decode()
    assert "What changed since the version before" in page
    assert "spends $27,000 less" in page
    assert "<html" not in page
    assert f"?version={proposed.version + 2}" in page


def test_saving_what_needs_other_curves_says_to_plan_again(portal, analyst, proposed):
    page = portal(analyst).post(
        f"/plans/{proposed.pk}/constraints/period/",
        {"period-weeks": "6", "period-version": str(proposed.version)},
        follow=True,
    )

    assert b"Plan again to see its effect" in page.content
    assert constraints(proposed)["weeks"] == 6


def test_a_stale_chip_is_refused_in_its_form(portal, analyst, draft):
    edit_constraints(plan=draft, constraints={"budget": 9_000}, version=1, by=analyst)

    answer = portal(analyst).post(
        f"/plans/{draft.pk}/constraints/reserve/", {"reserve-value": "5", "reserve-version": "1"}, headers=HTMX
    )

    assert answer.status_code == 422
    assert b"Reload and repeat" in answer.content
    assert constraints(draft) == {"budget": 9_000}


@pytest.mark.parametrize("value", ["-5", "100", "140", "many", ""])
def test_a_value_it_cannot_have_is_refused_beside_the_field(portal, analyst, draft, value):
    answer = portal(analyst).post(
        f"/plans/{draft.pk}/constraints/reserve/", {"reserve-value": value, "reserve-version": "1"}, headers=HTMX
    )

    assert answer.status_code == 422
    assert b"field__errors" in answer.content


def test_a_cap_is_added(portal, analyst, draft):
    form = {"caps-version": "1", "caps-level": "retailer", "caps-name": "amazon", "caps-share": "60"}

    portal(analyst).post(f"/plans/{draft.pk}/constraints/caps/", form)

    assert constraints(draft)["caps"][-1] == {"level": "retailer", "name": "amazon", "share": 0.6}


def test_a_cap_with_share_and_amount_is_refused(portal, analyst, draft):
    form = {"caps-version": "1", "caps-level": "retailer", "caps-share": "60", "caps-amount": "5"}

    answer = portal(analyst).post(f"/plans/{draft.pk}/constraints/caps/", form)

    assert answer.status_code == 422
    assert b"either a percent of the budget or an amount" in answer.content


def test_a_chip_is_removed(portal, analyst, draft):
    portal(analyst).post(f"/plans/{draft.pk}/constraints/caps-0/remove/?version=1")

    assert "caps" not in constraints(draft)


def test_an_edit_is_undone_from_the_page(portal, analyst, draft):
    before = draft.constraints
    edit_constraints(plan=draft, constraints={"budget": 9_000}, version=1, by=analyst)

    portal(analyst).post(f"/plans/{draft.pk}/versions/1/restore/", {"version": "2"})

    assert constraints(draft) == before
    assert Plan.objects.get().version == 3


@pytest.mark.parametrize("key", ["nonsense", "caps-9", "fixed-9"])
def test_a_chip_that_is_not_there_is_404(portal, analyst, draft, key):
    assert portal(analyst).get(f"/plans/{draft.pk}/constraints/{key}/").status_code == 404


def test_every_kind_of_form_opens(portal, analyst, draft):
    kinds = "budget objective retailers brand roas_floor cpa_ceiling reserve change_limit caps floors fixed period"

    for kind in kinds.split():
        assert portal(analyst).get(f"/plans/{draft.pk}/constraints/{kind}/", headers=HTMX).status_code == 200, kind


def test_a_viewer_sees_chips_without_forms(portal, teammate, draft):
    panel = portal(teammate).get(f"/plans/{draft.pk}/constraints/").content.decode()

    assert "$150,000" in panel
    assert "/remove/" not in panel
