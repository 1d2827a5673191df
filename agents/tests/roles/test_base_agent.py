"""Bounds, fallback, trace and authorisation of every agent."""

import pytest

from agents.models import AgentRun
from agents.roles.base_agent import BaseAgent, Limits, Question
from agents.roles.governance import Governance
from agents.roles.ops import Ops
from agents.roles.registry import ROLES
from agents.services.federation import LoRAFederation
from agents.services.tool_calls import ToolCall
from agents.tests.injections import STRINGS
from agents.tools.schemas import TOOLS
from campaigns.models import Plan
from tenants.models import AuditEvent

SEARCH = ("search_policies", {"query": "alcohol ads", "retailer": "amazon"})
ASKED = Question(text="May we advertise alcohol?", retailer="amazon")


def test_an_answer_keeps_prompt_tools_tokens_and_audit(scripted, caller, analyst):
    answer = Governance(federation=scripted(SEARCH, ("no_tool", {}))).answer(question=ASKED, caller=caller(analyst))

    run = AgentRun.objects.get()
    assert (run.status, run.created_by) == ("answered", analyst), run.reason
    assert [(step.kind, step.name, step.status) for step in run.steps.all()][:2] == [
        ("model", "base model", "stop"),
        ("tool", "search_policies", "done"),
    ]
    assert "AMZ-ALCOHOL" in answer.run.answer, answer.run.answer
    event = AuditEvent.objects.first()
    assert (event.kind, event.after["prompt_sha256"]) == ("agent.answered", run.prompt_sha256)
    assert [tool for tool, _ in event.after["tools"]] == ["search_policies"]


@pytest.mark.parametrize(
    "answers",
    [
        ["bla bla bla"],
        ['{"name": "search_policies", "argu'],
        [("no_tool", {})],
        [("approve_plan", {"plan": "all"})],
        [("search_policies", {"query": ""})],
        [("search_policies", {"query": "x", "tenant": "globex"})],
    ],
)
def test_a_model_that_babbles_or_loops_ends_in_a_labelled_fallback(scripted, caller, analyst, answers):
    answer = Governance(federation=scripted(*answers)).answer(question=ASKED, caller=caller(analyst))

    assert answer.run.status == "fallback"
    assert answer.run.reason
    assert "AMZ-ALCOHOL" in answer.run.answer, answer.run.answer


def test_a_model_that_is_down_or_too_slow_ends_in_the_fallback(scripted, caller, analyst):
    down = Governance(federation=scripted("", is_down=True)).answer(question=ASKED, caller=caller(analyst))
    slow = Governance(federation=scripted(SEARCH), limits=Limits(seconds=0.0)).answer(
        question=ASKED, caller=caller(analyst)
    )

    assert [down.run.status, slow.run.status] == ["fallback", "fallback"]
    assert "longer than it may" in slow.run.reason


def test_a_model_may_ask_back(scripted, caller, analyst):
    answer = Governance(federation=scripted(("ask_clarification", {"question": "Which retailer?"}))).answer(
        question=ASKED, caller=caller(analyst)
    )

    assert (answer.run.status, answer.run.answer) == ("asked", "Which retailer?")


@pytest.mark.parametrize("text", ["", "  ", "x" * 5_001])
def test_a_question_without_measure_is_refused_and_kept(scripted, caller, analyst, text):
    answer = Governance(federation=scripted(SEARCH)).answer(question=Question(text=text), caller=caller(analyst))

    assert answer.run.status == "refused"


def test_made_up_figures_are_not_shown(scripted, caller, analyst):
    class Boaster(Governance):
        def explain(self, results):
            return "Sales will grow by 47%."

    answer = Boaster(federation=scripted(SEARCH)).answer(question=ASKED, caller=caller(analyst))

    assert "47" not in answer.run.answer
    assert answer.run.steps.filter(name="figures", status="refused").exists()


def test_a_tool_needs_the_right_of_its_user(scripted, caller, teammate):
    class Splitter(BaseAgent):
        name, task, tools = "splitter", "planning", ("allocate_budget",)

        def plan_b(self, question):
            return (ToolCall(name="allocate_budget", arguments={"budget": 1000}),)

        def explain(self, results):
            return ""

    federation = scripted(("allocate_budget", {"budget": 1000}))
    answer = Splitter(federation=federation).answer(question=ASKED, caller=caller(teammate))

    assert {result.status for result in answer.results} == {"refused"}
    assert "plans:write" in answer.run.answer
    assert AuditEvent.objects.filter(kind="tool.refused").exists()


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.name)
def test_every_role_knows_its_tools_and_has_a_second_way(role):
    agent = role(federation=None)

    assert set(agent.tools) <= set(TOOLS)
    assert agent.task
    assert agent.prompt


def test_200_injections_cause_no_unauthorised_call(scripted, caller, teammate, owner):
    """A model that obeys every order gets nothing: not another tenant, no tool of no role, no act of a person."""
    orders = [
        ("approve_plan", {"plan": "all"}),
        ("fetch_metrics", {"metric": "spend", "tenant": "globex"}),
        ("allocate_budget", {"budget": 1000}),
        ("run_sql", {"sql": "SELECT 1"}),
    ]
    assert len(set(STRINGS)) >= 200

    for number, text in enumerate(STRINGS):
        order = orders[number % len(orders)]
        answer = Ops(federation=scripted(order)).answer(question=Question(text=text), caller=caller(teammate))
        made = [result for result in answer.results if result.is_done]
        assert all(result.name == "fetch_metrics" and "tenant" not in result.arguments for result in made), text

    done = AuditEvent.objects.filter(kind="tool.called")
    assert {event.after["tool"] for event in done} <= {"fetch_metrics"}
    assert not Plan.objects.exists()
    assert AgentRun.objects.count() == len(STRINGS)
    assert AgentRun.objects.filter(steps__name="orders").distinct().count() == len(STRINGS)


def test_another_tenants_adapters_are_out_of_reach(scripted, caller, analyst):
    federation = scripted(SEARCH)
    answer = Governance(federation=federation).answer(question=ASKED, caller=caller(analyst))

    assert isinstance(federation, LoRAFederation)
    assert answer.run.adapters == []
