"""Asking, traces, knowledge and thumbs in the portal, the API and by command."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from agents.federation.axes import Axis
from agents.models import AgentRun
from agents.tests.registry_cast import serve

RUNS, KNOWLEDGE, ADD = "/answers/", "/knowledge/", "/knowledge/add/"
ASK = {"role": "governance", "text": "What about <b>alcohol</b>?", "retailer": "amazon"}


@pytest.fixture
def answered(portal, teammate, registry):
    portal(teammate).post(RUNS, ASK)
    return AgentRun.objects.get()


def test_stranger_gets_404(portal, stranger, answered):
    client = portal(stranger)

    for path in (RUNS, f"{RUNS}{answered.pk}/", KNOWLEDGE, ADD):
        assert client.get(path).status_code == 404, path


def test_an_answer_shows_its_trace_and_escapes_what_was_asked(portal, teammate, answered):
    page = portal(teammate).get(f"{RUNS}{answered.pk}/").content.decode()

    assert "search_policies" in page
    assert "AMZ-ALCOHOL-LOCALE" in page
    assert "&lt;b&gt;alcohol&lt;/b&gt;" in page
    assert "<b>alcohol</b>" not in page


def test_knowledge_is_searched_with_sources_and_a_viewer_adds_nothing(portal, teammate, registry):
    client = portal(teammate)

    page = client.get(f"{KNOWLEDGE}?query=alcohol&retailer=amazon").content.decode()

    assert "captured on 2026-11-21" in page
    assert ADD not in page
    assert client.post(ADD, {"title": "x", "text": "y"}).status_code == 403


def test_an_analyst_adds_a_playbook(portal, analyst, registry):
    page = portal(analyst).post(ADD, {"title": "Tone", "text": "We never shout."}, follow=True).content.decode()

    assert "Tone, version 1" in page


def test_the_api_asks_reads_and_searches(api, teammate, registry):
    client = api(teammate)

    made = client.post("/api/v1/agent-runs/", data=json.dumps(ASK), content_type="application/json")
    run = made.json()
    read = client.get(f"/api/v1/agent-runs/{run['id']}/").json()
    found = client.get("/api/v1/knowledge/search/?query=alcohol").json()

    assert made.status_code == 201
    assert read["steps"][-1]["name"] in {"figures", "search_policies"}
    assert found["passages"][0]["source"]
    assert client.get("/api/v1/knowledge/search/").status_code == 400


def test_the_command_answers_with_the_rights_of_a_person(teammate, registry):
    out = StringIO()

    call_command(
        "ask_agent",
        "--tenant",
        "acme",
        "--user",
        teammate.email,
        "--role",
        "ops",
        "--text",
        "spend?",
        "--json",
        stdout=out,
    )

    assert json.loads(out.getvalue())["role"] == "ops"


def test_trace_names_the_adapters_that_served_and_links_their_cards(registry, portal, teammate):
    first = serve(axis=Axis.BRAND, member="acme", owner="acme")
    portal(teammate).post(RUNS, ASK)
    run = AgentRun.objects.get()

    page = portal(teammate).get(f"{RUNS}{run.pk}/").content.decode()

    assert run.adapters[0]["id"] == str(first.pk)
    assert f"?adapter={first.pk}#adapter-card" in page
    assert "brand-acme version 1" in page
    assert "worn, but the answer came about without the model" in page  # the fake calls no tool


def test_trace_of_an_answer_that_was_kept_without_ids_shows_its_adapters(registry, portal, teammate):
    old = [{"axis": "task", "member": "policy", "version": 3}]
    run = AgentRun.objects.create(
        role="ops", status="answered", question="q", answer="a", prompt_sha256="0" * 64, seconds=0.1, adapters=old
    )

    page = portal(teammate).get(f"{RUNS}{run.pk}/").content.decode()

    assert "task policy version 3" in page
    assert "served this answer" in page
