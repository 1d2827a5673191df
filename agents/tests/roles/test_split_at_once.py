"""What a tool answers where it cannot do what it is allowed to."""

import pytest

from agents.federation.generation import ToolCall
from agents.models import AgentRun
from agents.roles.base_agent import Question
from agents.roles.planner import Planner
from agents.services import tool_handlers
from agents.services.tool_calls import call_tool
from campaigns.models import Plan
from campaigns.selectors.history import cell_count
from campaigns.tests.market import CURVES, stock_market
from tenants.models import Operation

BUDGET = {"budget": 50_000, "currency": "USD"}


@pytest.fixture
def market(registry):
    stock_market()


@pytest.fixture
def few_cells(monkeypatch):
    """As if an agent could split over three cells only."""
    monkeypatch.setattr(tool_handlers, "MOST_CELLS", 3)


def allocated(person, **more):
    call = ToolCall(name="allocate_budget", arguments=BUDGET | more)
    return call_tool(call=call, caller=person, allowed=("allocate_budget",), about=AgentRun(role="planner"))


def test_cells_are_counted_as_a_plan_would_have_them(market):
    assert cell_count() == len(CURVES)
    assert cell_count(retailers=["amazon"]) == 2
    assert cell_count(brand="lumen") == len(CURVES)
    assert cell_count(brand="nobody") == cell_count(retailers=["nobody"]) == 0


def test_a_small_budget_is_split_at_once_and_nothing_is_kept(market, caller, analyst):
    result = allocated(caller(analyst))

    assert result.is_done, result.why
    assert not Plan.objects.exists()
    assert not Operation.objects.exists()


def test_a_large_one_is_refused_with_the_way_to_go(market, few_cells, caller, analyst, monkeypatch):
    monkeypatch.setattr(tool_handlers, "work_out", None)  # nothing is fitted or solved

    result = allocated(caller(analyst))

    assert (result.status, result.result) == ("failed", {})
    assert "over 4 cells" in result.why
    assert "up to 3" in result.why
    assert "Plans → New plan" in result.why


def test_a_part_of_it_is_split(market, few_cells, caller, analyst):
    assert allocated(caller(analyst), retailers=["amazon"]).is_done


def test_the_planner_answers_with_the_refusal(market, few_cells, scripted, caller, analyst):
    asked = Question(text="Spend $50,000 on Amazon and Walmart")

    run = Planner(federation=scripted("", is_down=True)).answer(question=asked, caller=caller(analyst)).run

    assert "over 4 cells" in run.answer
    assert run.citations == []
