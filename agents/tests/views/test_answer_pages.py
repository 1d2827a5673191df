"""Asking, traces, knowledge and thumbs in the portal, the API and by command."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from agents.models import AgentRun

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
