"""Plans through the API: draft, read, change, allocate, approve, undo, export."""

import json

import pytest

from campaigns.models import Plan
from campaigns.services.drafting import draft_plan
from campaigns.services.planning import plan_now
from campaigns.tests.market import BRIEF
from tenants.models import Operation

PROBLEM = "application/problem+json"


def send(client, method, path, body=None, **headers):
    if method == "get":
        return client.get(f"/api/v1{path}", headers=headers)
    return getattr(client, method)(
        f"/api/v1{path}", data=json.dumps(body or {}), content_type="application/json", headers=headers
    )


def test_a_brief_is_drafted_with_its_constraints(api, analyst, market):
    answer = send(api(analyst), "post", "/plans/", {"brief": BRIEF, "name": "Spring"})

    plan = Plan.objects.get()
    assert answer.status_code == 201
    assert answer["Location"].endswith(f"/api/v1/plans/{plan.pk}/")
    assert answer["ETag"] == '"1"'
    assert answer.json()["constraints"]["roas_floor"] == 2
    assert answer.json()["state"] == "draft"


def test_the_same_idempotency_key_drafts_once(api, analyst, market):
    client, body = api(analyst), {"brief": BRIEF}

    first = send(client, "post", "/plans/", body, **{"Idempotency-Key": "one"})
    second = send(client, "post", "/plans/", body, **{"Idempotency-Key": "one"})

    assert first.json()["id"] == second.json()["id"]
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("body", [{}, {"brief": ""}, {"brief": "x" * 30_000}, {"brief": "   "}])
def test_a_brief_that_says_nothing_is_a_problem(api, analyst, acme, body):
    answer = send(api(analyst), "post", "/plans/", body)

    assert answer.status_code == 400
    assert answer["Content-Type"] == PROBLEM


def test_a_brief_is_parsed_without_being_kept(api, teammate, market):
    answer = send(api(teammate), "post", "/briefs/parse/", {"brief": BRIEF})

    assert set(answer.json()) == {"constraints", "not_understood", "questions", "by"}
    assert answer.json()["constraints"]["budget"] == 150_000
    assert not Plan.objects.exists()


def test_who_reads_a_brief_can_be_chosen(api, teammate, market):
    by_rules = send(api(teammate), "post", "/briefs/parse/", {"brief": BRIEF, "by": "rules"})
    by_the_model = send(api(teammate), "post", "/briefs/parse/", {"brief": BRIEF, "by": "model"})
    by_nobody = send(api(teammate), "post", "/briefs/parse/", {"brief": BRIEF, "by": "the cat"})

    assert by_rules.json()["by"] == "rules"
    assert (by_the_model.status_code, by_the_model.json()["where"]) == (400, "brief")
    assert "The model cannot read briefs here" in by_the_model.json()["detail"]
    assert by_nobody.status_code == 400


def test_a_version_already_held_is_not_sent_again(api, teammate, draft):
    client = api(teammate)
    first = client.get(f"/api/v1/plans/{draft.pk}/")

    second = client.get(f"/api/v1/plans/{draft.pk}/", headers={"If-None-Match": first["ETag"]})

    assert (second.status_code, second.content) == (304, b"")
    assert second["ETag"] == first["ETag"]


def test_constraints_change_only_with_if_match(api, analyst, draft):
    client, path = api(analyst), f"/plans/{draft.pk}/"
    body = {"constraints": {"budget": 90_000}}

    missing = send(client, "patch", path, body)
    stale = send(client, "patch", path, body, **{"If-Match": '"7"'})
    right = send(client, "patch", path, body, **{"If-Match": '"1"'})
    again = send(client, "patch", path, body, **{"If-Match": '"1"'})

    assert [missing.status_code, stale.status_code, right.status_code, again.status_code] == [428, 412, 200, 412]
    assert right["ETag"] == '"2"'
    assert Plan.objects.get().constraints == {"budget": 90_000}


def test_a_changed_constraint_is_solved_at_once(api, analyst, proposed):
    client, path = api(analyst), f"/plans/{proposed.pk}/"
    body = {"constraints": proposed.constraints | {"budget": 120_000.0}}

    answer = send(client, "patch", path, body, **{"If-Match": client.get(f"/api/v1{path}")["ETag"]})

    told = answer.json()
    assert (answer.status_code, told["state"], told["unsolved"]) == (200, "proposed", "")
    assert told["headline"]["spend"] == pytest.approx(120_000 * 0.9, abs=1)
    assert answer["ETag"] == client.get(f"/api/v1{path}")["ETag"]


def test_a_change_that_needs_other_curves_is_kept_and_says_so(api, analyst, proposed):
    client, path = api(analyst), f"/plans/{proposed.pk}/"
    body = {"constraints": proposed.constraints | {"weeks": 26}}

    answer = send(client, "patch", path, body, **{"If-Match": client.get(f"/api/v1{path}")["ETag"]})

    told = answer.json()
    assert (answer.status_code, told["state"], told["constraints"]["weeks"]) == (200, "draft", 26)
    assert "fitted anew" in told["unsolved"]


@pytest.mark.parametrize(
    ("constraints", "where"),
    [
        ({"budget": -1}, "constraints.budget"),
        ({"magic": 1}, "constraints.magic"),
        ({"caps": [{"level": "placement"}]}, "constraints.caps[0]"),
    ],
)
def test_a_malformed_constraint_says_where(api, analyst, draft, constraints, where):
    answer = send(api(analyst), "patch", f"/plans/{draft.pk}/", {"constraints": constraints}, **{"If-Match": '"1"'})

    assert answer.status_code == 400
    assert answer.json()["where"] == where


def test_an_approved_plan_answers_409_to_changes(api, manager, proposed):
    client, path = api(manager), f"/plans/{proposed.pk}/"
    send(client, "post", f"{path}approve/")
    tag = client.get(f"/api/v1{path}")["ETag"]

    assert send(client, "patch", path, {"constraints": {"budget": 1}}, **{"If-Match": tag}).status_code == 409


def test_allocating_answers_202_and_leads_to_the_proposal(api, analyst, draft, run_operations):
    client = api(analyst)

    answer = send(client, "post", f"/plans/{draft.pk}/allocate/", {"method": "lp"})

    operation = Operation.objects.get()
    assert answer.status_code == 202
    assert answer["Location"].endswith(f"/api/v1/operations/{operation.pk}/")
    assert answer["Retry-After"] == "1"
    assert run_operations() == ["done"]
    plan = client.get(f"/api/v1/plans/{draft.pk}/").json()
    assert plan["state"] == "proposed"
    assert plan["result"]["certificate"]["gap"] <= 1e-6
    assert plan["headline"]["incremental_margin"]["low"] < plan["headline"]["incremental_margin"]["high"]


def test_allocating_twice_is_one_operation(api, analyst, draft):
    first = send(api(analyst), "post", f"/plans/{draft.pk}/allocate/")
    second = send(api(analyst), "post", f"/plans/{draft.pk}/allocate/")

    assert first["Location"] == second["Location"]


def test_allocating_without_a_budget_is_409(api, analyst, acme):
    plan = draft_plan(brief="ROAS at least 3", by=analyst)

    answer = send(api(analyst), "post", f"/plans/{plan.pk}/allocate/")

    assert answer.status_code == 409
    assert "no budget" in answer.json()["detail"]


def test_cells_come_largest_first_in_pages(api, teammate, proposed):
    client = api(teammate)

    first = client.get(f"/api/v1/plans/{proposed.pk}/cells/?page_size=3").json()
    second = client.get(first["next"]).json()

    spend = [cell["proposed_spend"] for cell in [*first["results"], *second["results"]]]
    assert len(spend) == 4
    assert spend == sorted(spend, reverse=True)


def test_a_manager_approves_and_undoes(api, manager, proposed):
    client, path = api(manager), f"/plans/{proposed.pk}/"

    approved = send(client, "post", f"{path}approve/", **{"If-Match": f'"{proposed.version}"'})
    twice = send(client, "post", f"{path}approve/")
    undone = send(client, "post", f"{path}undo/")

    assert (approved.json()["state"], approved.json()["approved_by"]) == ("approved", "manager@example.com")
    assert twice.status_code == 409
    assert undone.json()["state"] == "proposed"


def test_a_stale_approval_is_412(api, manager, proposed):
    answer = send(api(manager), "post", f"/plans/{proposed.pk}/approve/", **{"If-Match": '"1"'})

    assert answer.status_code == 412
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


@pytest.mark.parametrize("verb", ["approve", "undo"])
def test_an_analyst_may_not_approve(api, analyst, proposed, verb):
    assert send(api(analyst), "post", f"/plans/{proposed.pk}/{verb}/").status_code == 403


def test_a_token_without_the_scope_may_not_approve(api, manager, proposed):
    client = api(manager, ["plans:read", "plans:write"])

    assert send(client, "post", f"/plans/{proposed.pk}/approve/").status_code == 403


def test_a_viewer_may_read_and_not_write(api, teammate, draft):
    client = api(teammate)

    assert client.get("/api/v1/plans/").json()["results"][0]["name"] == "Spring push"
    assert send(client, "post", "/plans/", {"brief": BRIEF}).status_code == 403
    assert send(client, "patch", f"/plans/{draft.pk}/", {}, **{"If-Match": '"1"'}).status_code == 403
    assert send(client, "post", f"/plans/{draft.pk}/allocate/").status_code == 403
    assert client.get(f"/api/v1/plans/{draft.pk}/export/").status_code == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""),
        ("patch", ""),
        ("get", "cells/"),
        ("post", "allocate/"),
        ("post", "approve/"),
        ("post", "undo/"),
        ("post", "withdraw/"),
        ("get", "export/"),
    ],
)
def test_a_strangers_token_finds_nothing(api, stranger, draft, method, path):
    answer = send(api(stranger), method, f"/plans/{draft.pk}/{path}", **{"If-Match": '"1"'})

    assert answer.status_code == 404
    draft.refresh_from_db()
    assert draft.version == 1


def test_without_a_token_nothing_is_told(client, draft):
    assert client.get(f"/api/v1/plans/{draft.pk}/").status_code == 401


def test_assumptions_are_read_and_replaced(api, analyst, market):
    client = api(analyst)
    measured = {"retailer_id": "amazon", "mean": "0.5", "low": "0.4", "high": "0.6", "source": "geo test"}

    before = client.get("/api/v1/assumptions/").json()
    stored = send(client, "put", "/assumptions/", measured)
    wrong = send(client, "put", "/assumptions/", measured | {"low": "0.55"})

    assert [row["retailer_id"] for row in before] == ["amazon", "walmart"]
    assert before[0]["source"] == "assumed; no experiment yet"
    assert stored.json()["mean"] == "0.500"
    assert wrong.status_code == 400


def test_a_measured_incrementality_changes_the_next_plan(api, analyst, draft):
    before = plan_now(plan=draft, method="lp", by=analyst).explanation["headline"]["incremental_margin"]["mean"]
    for retailer in ("amazon", "walmart"):
        figures = {"mean": "0.3", "low": "0.25", "high": "0.35", "source": "geo test"}
        send(api(analyst), "put", "/assumptions/", {"retailer_id": retailer} | figures)

    after = plan_now(plan=Plan.objects.get(), method="lp", by=analyst).explanation["headline"]["incremental_margin"]

    # half of the usual 0.60, which was less already: untested, it loses what its mix of ads is expected to over-credit
    assert before / 2 < after["mean"] < before * 0.3 / 0.5


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_proposal_is_exported_as_a_table(api, analyst, proposed, form):
    answer = api(analyst).get(f"/api/v1/plans/{proposed.pk}/export/?format={form}")

    assert answer.status_code == 200
    assert f".{form}" in answer["Content-Disposition"]


@pytest.mark.parametrize("form", ["pdf", ""])
def test_an_unknown_format_is_refused_with_the_known_ones(api, analyst, proposed, form):
    answer = api(analyst).get(f"/api/v1/plans/{proposed.pk}/export/?format={form}")

    assert answer.status_code == 400
    assert "amazon_bulk" in answer.json()["detail"]


def test_reading_a_plan_takes_few_queries(api, teammate, proposed, django_assert_max_num_queries):
    client = api(teammate)

    with django_assert_max_num_queries(15):
        client.get(f"/api/v1/plans/{proposed.pk}/")


def test_long_brief_is_refused_for_its_length(api, analyst, acme):
    answer = api(analyst).post("/api/v1/plans/", {"brief": "Spend $1M. " * 500}, content_type="application/json")

    assert answer.status_code == 400
    assert "5000" in answer.json()["errors"]["brief"][0]
    assert Plan.objects.count() == 0


@pytest.mark.parametrize("name", ["Plan", "PlanSummary", "PlanCell"])
def test_what_may_be_null_says_so_in_one_way(api, analyst, acme, name):
    schema = api(analyst).get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"}).json()

    fields = schema["components"]["schemas"][name]["properties"]

    # ``oneOf`` of anything and null matches null twice, so a null answer would break the document
    assert [name for name, field in fields.items() if {} in field.get("oneOf", [])] == []


def test_a_variant_is_a_new_draft_with_its_own_address(api, analyst, draft):
    answer = send(api(analyst), "post", f"/plans/{draft.pk}/copy/", {"name": "Half"})

    copied = Plan.objects.exclude(pk=draft.pk).get()
    assert (answer.status_code, answer.json()["name"], answer.json()["state"]) == (201, "Half", "draft")
    assert answer["Location"].endswith(f"/api/v1/plans/{copied.pk}/")
    assert answer.json()["constraints"] == draft.constraints


def test_a_stranger_cannot_copy_a_plan(api, stranger, draft):
    assert send(api(stranger), "post", f"/plans/{draft.pk}/copy/").status_code in (403, 404)
    assert Plan.objects.count() == 1
