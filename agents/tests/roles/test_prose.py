"""Rationales in a model's prose, asked of a real server process over HTTP: shown when true, thrown away when not."""

import json
import subprocess
import sys
import time
from io import StringIO

import pytest
import urllib3
from django.core.management import call_command

from agents.models import AgentRun
from agents.roles.base_agent import Question
from agents.roles.planner import Planner
from agents.services.plan_rationales import NothingToExplain, explain_plan
from agents.tests.backends.prose_process import BASE_NAME
from campaigns.services.drafting import draft_plan
from campaigns.services.planning import plan_now
from campaigns.tests.market import BRIEF, stock_market
from tenants.models import AuditEvent

ASKED = "Spend $50,000 on Amazon and Walmart"
SERVER = "agents.backends.openai_server.OpenAIServer"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    port_file = tmp_path_factory.mktemp("prose") / "port"
    process = subprocess.Popen([sys.executable, "-m", "agents.tests.backends.prose_process", str(port_file)])
    end = time.monotonic() + 60
    while not port_file.exists() or not port_file.read_text():
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port_file.read_text()}"
    process.kill()
    process.wait()


@pytest.fixture
def served(registry, address, settings):
    """``served("lying")`` configures a deployment with that server, as PROSE_BACKEND and OPENAI_URL do."""

    def configure(way):
        settings.PROSE_BACKEND, settings.OPENAI_URL = SERVER, f"{address}/{way}"
        settings.OPENAI_BASE_MODEL, settings.OPENAI_API_KEY = BASE_NAME, ""

    return configure


@pytest.fixture
def market(registry):
    stock_market()


@pytest.fixture
def planned(market, analyst):
    return plan_now(plan=draft_plan(brief=BRIEF, by=analyst, name="Spring push"), method="convex", by=analyst)


def asked(scripted, person):
    return Planner(federation=scripted("", is_down=True)).answer(question=Question(text=ASKED), caller=person)


def test_true_prose_is_shown_with_its_sources(market, served, scripted, caller, analyst):
    served("truthful")

    run = asked(scripted, caller(analyst)).run

    assert run.told_by == "model"
    assert run.answer.startswith("The split that the optimizer proved best")
    assert {one["path"].split(".")[0] for one in run.citations} == {"spend_by_retailer"}
    assert run.prompt_tokens == 100
    assert AuditEvent.objects.filter(kind="agent.answered").first().after["told_by"] == "model"


@pytest.mark.parametrize(
    ("way", "why"),
    [
        ("lying", "47%"),
        ("swapping", "whose figure it is not"),
        ("silent", "none of the results' figures"),
        ("endless", "come to an end"),
        ("broken", "does not speak the protocol"),
    ],
)
def test_prose_that_does_not_hold_gives_way_to_fixed_words(market, served, scripted, caller, analyst, way, why):
    served(way)

    run = asked(scripted, caller(analyst)).run

    assert run.told_by == "rules"
    assert run.answer.startswith("Of 50,000.00 USD:")
    assert why in run.steps.get(name="prose").note


def test_a_server_that_is_away_costs_only_the_prose(market, served, scripted, caller, analyst, settings):
    served("truthful")
    settings.OPENAI_URL = "http://127.0.0.1:9"

    run = asked(scripted, caller(analyst)).run

    assert (run.told_by, run.steps.get(name="prose").status) == ("rules", "no model")


def test_a_stored_plan_is_explained_in_true_prose_only(planned, served, caller, analyst):
    served("truthful")
    told = explain_plan(plan=planned, caller=caller(analyst))
    served("lying")
    refused = explain_plan(plan=planned, caller=caller(analyst))

    assert (told.told_by, refused.told_by) == ("model", "rules")
    assert {one["path"].split(".")[0] for one in told.citations} == {"spend_by_retailer"}
    assert refused.answer.startswith(planned.shown["insight"]["sentence"])
    assert "47%" in refused.reason


def test_results_go_as_data_and_the_tenant_stays_unknown(planned, served, caller, analyst, address):
    served("truthful")

    explain_plan(plan=planned, caller=caller(analyst))

    sent = json.loads(urllib3.request("GET", address).data)["seen"][-1]
    assert sent["messages"][0]["role"] == "system"
    assert "acme" not in json.dumps(sent)
    assert (sent["model"], len(sent["cache_salt"])) == (BASE_NAME, 64)


def test_without_a_model_a_plan_is_explained_in_fixed_words_that_say_so(planned, caller, analyst):
    run = explain_plan(plan=planned, caller=caller(analyst))

    assert (run.status, run.told_by) == ("fallback", "rules")
    assert "No language model" in run.reason


def test_a_draft_has_nothing_to_explain(market, caller, analyst):
    with pytest.raises(NothingToExplain):
        explain_plan(plan=draft_plan(brief=BRIEF, by=analyst, name="Draft"), caller=caller(analyst))


def test_page_api_and_command_tell_the_same(planned, served, portal, api, teammate):
    served("truthful")
    path = f"/plans/{planned.pk}/"

    back = portal(teammate).post(f"/answers{path}")
    page = portal(teammate).get(f"/answers/about/?path={path}").content.decode()
    by_api = api(teammate).post(f"/api/v1{path}rationale/")
    out = StringIO()
    call_command(
        "explain_plan", "--tenant", "acme", "--user", teammate.email, "--plan", str(planned.pk), "--json", stdout=out
    )

    first = AgentRun.objects.last()
    assert (back.status_code, back.url.endswith(path)) == (302, True)
    assert "Worded by the model, every figure checked" in page
    assert "Explain it again" in page
    assert (by_api.status_code, by_api.json()["answer"]) == (201, first.answer)
    assert json.loads(out.getvalue())["answer"] == first.answer


def test_a_draft_is_refused_by_page_and_api(market, registry, portal, api, analyst):
    draft = draft_plan(brief=BRIEF, by=analyst, name="Draft")

    page = portal(analyst).post(f"/answers/plans/{draft.pk}/", follow=True).content.decode()

    assert "no proposal yet" in page
    assert api(analyst).post(f"/api/v1/plans/{draft.pk}/rationale/").status_code == 409
    assert "Explain this plan" not in portal(analyst).get(f"/answers/about/?path=/plans/{draft.pk}/").content.decode()


def test_stranger_cannot_have_a_plan_explained(planned, portal, stranger):
    assert portal(stranger).post(f"/answers/plans/{planned.pk}/").status_code == 404
    assert portal(stranger, "globex").post(f"/answers/plans/{planned.pk}/").status_code == 404
