"""The list of plans and the page of one plan."""

import pytest

from campaigns.models import Plan
from campaigns.services.approval import approve_plan
from campaigns.services.drafting import draft_plan
from campaigns.services.planning import plan_now, request_planning

MOST_QUERIES = 15


def test_an_empty_list_offers_an_example_brief(portal, analyst, acme):
    page = portal(analyst).get("/plans/")

    assert page.status_code == 200
    assert b"/plans/new/?example=1" in page.content


def test_a_viewer_sees_an_empty_list_without_buttons(portal, teammate, acme):
    page = portal(teammate).get("/plans/")

    assert b"Ask a colleague" in page.content
    assert b"New plan" not in page.content


def test_the_list_shows_state_budget_and_interval(portal, teammate, proposed):
    page = portal(teammate).get("/plans/").content.decode()

    assert "Spring push" in page
    assert "Proposed" in page
    assert "$150K" in page
    assert "likely from" in page


def test_a_new_brief_becomes_a_draft(portal, analyst, market):
    answer = portal(analyst).post("/plans/new/", {"brief": "Spend $50k on Amazon", "name": ""})

    plan = Plan.objects.get()
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/t/acme/plans/{plan.pk}/")


def test_a_clear_brief_is_planned_at_once_when_asked(portal, analyst, market, run_operations):
    portal(analyst).post("/plans/new/", {"brief": "Spend $50k on Amazon", "then": "plan"})

    assert run_operations() == ["done"]
    assert Plan.objects.get().state == Plan.State.PROPOSED


def test_a_brief_with_open_questions_waits_as_a_draft(portal, analyst, market, run_operations):
    page = portal(analyst).post("/plans/new/", {"brief": "ROAS at least 3", "then": "plan"}, follow=True)

    assert b"kept as a draft" in page.content
    assert run_operations() == []


def test_an_empty_brief_is_answered_with_what_to_write(portal, analyst, acme):
    answer = portal(analyst).post("/plans/new/", {"brief": " "})

    assert answer.status_code == 422
    assert b"how much to spend" in answer.content
    assert not Plan.objects.exists()


def test_each_example_is_understood_whole(portal, analyst, market):
    for number in (1, 2, 3):
        page = portal(analyst).get(f"/plans/new/?example={number}").content.decode()

        assert "chip__value" in page
        assert "<mark>" not in page, number


def test_the_preview_marks_what_was_not_understood(portal, analyst, market):
    answer = portal(analyst).post("/plans/new/preview/", {"brief": "Spend $50k on Amazon and paint the moon green"})

    text = answer.content.decode()
    assert "$50,000" in text
    assert "<mark>" in text
    assert not Plan.objects.exists()


def test_the_preview_escapes_markup(portal, analyst, market):
    answer = portal(analyst).post("/plans/new/preview/", {"brief": "Spend $50k <script>alert(1)</script>"})

    assert b"<script>" not in answer.content


def test_a_draft_without_a_budget_asks_for_it(portal, analyst, acme):
    plan = draft_plan(brief="ROAS at least 3", by=analyst)

    page = portal(analyst).get(f"/plans/{plan.pk}/").content.decode()

    assert "How much may this plan spend" in page
    assert "Plan it" not in page


def test_a_proposal_shows_every_card(portal, manager, proposed):
    page = portal(manager).get(f"/plans/{proposed.pk}/").content.decode()

    for heading in ("Scenarios", "Spend change by retailer", "Incremental margin, step by step", "Allocation"):
        assert f">{heading}</h2>" in page
    for heading in ("Response curve", "What held the split back", "What held the data back", "Assumptions used"):
        assert f">{heading}</h2>" in page
    assert "Proved optimal within" in page
    assert "Simulated data" in page
    assert "assumed; no experiment yet" in page


def test_the_page_holds_no_inline_style_or_script(portal, manager, proposed):
    page = portal(manager).get(f"/plans/{proposed.pk}/").content.decode()

    assert " style=" not in page
    assert "onclick" not in page
    assert "<script>" not in page


@pytest.mark.parametrize("path", ["/plans/", "/plans/new/", "/plans/{pk}/", "/plans/{pk}/curve/?cell={cell}"])
def test_pages_take_few_queries(portal, analyst, proposed, path, django_assert_max_num_queries):
    cell = proposed.cells.exclude(curve=None).first()
    client = portal(analyst)

    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(path.format(pk=proposed.pk, cell=cell.pk))

    assert answer.status_code == 200


def test_queries_of_the_list_do_not_grow_with_plans(portal, analyst, market, django_assert_max_num_queries):
    for number in range(8):
        draft_plan(brief="Spend $50k", name=f"Plan {number}", by=analyst)
    client = portal(analyst)

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/plans/")


def test_planning_shows_its_progress(portal, analyst, draft):
    request_planning(plan=draft, method="convex", by=analyst)

    page = portal(analyst).get(f"/plans/{draft.pk}/").content.decode()

    assert f"/plans/{draft.pk}/progress/" in page
    assert "Queued" in page


def test_the_page_appears_when_planning_has_ended(portal, analyst, draft, run_operations):
    request_planning(plan=draft, method="convex", by=analyst)
    waiting = portal(analyst).get(f"/plans/{draft.pk}/progress/")
    run_operations()
    ended = portal(analyst).get(f"/plans/{draft.pk}/progress/")

    assert "HX-Redirect" not in waiting
    assert ended["HX-Redirect"].endswith(f"/plans/{draft.pk}/")


def test_a_failed_planning_says_what_to_do(portal, analyst, acme, run_operations):
    plan = draft_plan(brief="Spend $50k", by=analyst)
    request_planning(plan=plan, method="convex", by=analyst)
    run_operations()

    page = portal(analyst).get(f"/plans/{plan.pk}/").content.decode()

    assert "There is no spend to learn from" in page
    assert "Import a retailer" in page


def test_an_infeasible_plan_explains_itself_and_offers_a_way_out(portal, analyst, market):
    plan = draft_plan(brief="Spend $100k, at least 80% at Amazon, no placement above 30%", by=analyst)
    plan_now(plan=plan, method="convex", by=analyst)

    page = portal(analyst).get(f"/plans/{plan.pk}/").content.decode()

    assert "No split can keep all the rules" in page
    assert "Apply and plan again" in page


def test_figures_of_an_earlier_version_say_so(portal, analyst, proposed):
    Plan.objects.filter(pk=proposed.pk).update(state="draft")

    page = portal(analyst).get(f"/plans/{proposed.pk}/").content.decode()

    assert "These figures are of an earlier version" in page


def test_the_curve_of_a_chosen_cell_is_a_fragment(portal, teammate, proposed):
    cell = proposed.cells.exclude(curve=None).last()

    answer = portal(teammate).get(f"/plans/{proposed.pk}/curve/", {"cell": str(cell.pk)})

    assert answer.status_code == 200
    assert cell.placement.encode() in answer.content
    assert b"<html" not in answer.content


@pytest.mark.parametrize("cell", ["", "nonsense", "0198f7a2-0000-7000-8000-000000000001"])
def test_a_curve_that_is_not_there_is_404(portal, teammate, proposed, cell):
    assert portal(teammate).get(f"/plans/{proposed.pk}/curve/", {"cell": cell}).status_code == 404


def test_an_approved_plan_offers_undo_and_not_approve(portal, manager, proposed, django_now):
    approve_plan(plan=proposed, by=manager, version=proposed.version, now=django_now)

    page = portal(manager).get(f"/plans/{proposed.pk}/").content.decode()

    assert 'data-dialog="undo"' in page
    assert 'data-dialog="approve"' not in page


def test_an_analyst_is_not_shown_approve(portal, analyst, proposed):
    page = portal(analyst).get(f"/plans/{proposed.pk}/").content.decode()

    assert 'data-dialog="approve"' not in page


def test_a_plan_name_with_markup_is_escaped(portal, analyst, market):
    plan = draft_plan(brief="Spend $50k", name="<b>bold</b>", by=analyst)

    assert b"<b>bold" not in portal(analyst).get(f"/plans/{plan.pk}/").content


def test_every_line_of_the_allocation_has_its_interval_and_its_reason(portal, teammate, proposed):
    page = portal(teammate).get(f"/plans/{proposed.pk}/").content.decode()

    table = page[page.index('id="allocation"') :]
    table = table[: table.index("</table>")]
    lines = [line for line in table.split("<tr")[1:] if 'class="level-3"' in line]
    assert lines
    for line in lines:
        assert line.count("interval__range") == 2 or "Insufficient data" in line
        why = line[line.rindex("<td") :].partition(">")[2].partition("</td>")[0]
        assert why.strip()
    assert "Incremental margin (90% interval)" in page
