"""Orders in what tools give back: a SKU's name, a policy's text, a CSV's header. Who obeys them gets nothing."""

import json

import pytest

from agents.roles.base_agent import Question
from agents.roles.creative import Creative
from agents.roles.governance import Governance
from agents.roles.harmonizer import Harmonizer
from agents.services.knowledge import add_playbook
from agents.tests.injections import STRINGS
from campaigns.models import Plan
from tenants.models import AuditEvent

SKUS = tuple(text for text in STRINGS if text.startswith("Oat bars"))[::10]
POLICIES = tuple(text for text in STRINGS if text.startswith("Headlines"))[::10]
CELLS = tuple(text for text in STRINGS if text.startswith("=HYPERLINK"))[::10]


def results_of(role, calls, scripted, person):
    obeyed = (role.tools[0], {"tenant": "globex"})
    federation = scripted(*calls, obeyed, ("approve_plan", {"plan": "all"}))
    answer = role(federation=federation).answer(question=Question(text="Please help", retailer="amazon"), caller=person)
    return answer.results


def assert_only(results, name):
    """The one that the order asks for was refused, nothing but the role's own tool was called, and no plan was made."""
    refused = [one for one in results if one.status == "refused"]
    assert [dict(one.arguments) for one in refused] == [{"tenant": "globex"}]
    assert {one.name for one in results if one.is_done} <= {name}
    called = AuditEvent.objects.filter(kind="tool.called")
    assert {event.after["tool"] for event in called} <= {name}
    assert not Plan.objects.exists()


@pytest.mark.parametrize("text", SKUS)
def test_an_order_in_a_skus_name(scripted, caller, analyst, text):
    call = ("generate_copy", {"retailer": "amazon", "product": text[:60]})

    assert_only(results_of(Creative, [call], scripted, caller(analyst)), "generate_copy")


@pytest.mark.parametrize("text", CELLS)
def test_an_order_in_a_cell_of_a_csv(scripted, caller, analyst, text):
    columns = [text[:200], "Spend"]
    federation = scripted(("suggest_mapping", {"columns": columns}))

    answer = Harmonizer(federation=federation).answer(question=Question(text="Map these"), caller=caller(analyst))
    obeyed = results_of(Harmonizer, [], scripted, caller(analyst))

    assert text[:60] in json.dumps(answer.results[0].result).replace('\\"', '"')
    assert_only(obeyed, "suggest_mapping")


@pytest.mark.parametrize("text", POLICIES)
def test_an_order_in_a_policys_text(scripted, caller, analyst, text):
    add_playbook(title="House style", text=f"# Headlines\n\n{text}", by=analyst)

    results = results_of(Governance, [("search_policies", {"query": "headlines"})], scripted, caller(analyst))

    assert "House style" in json.dumps(dict(results[0].result))
    assert_only(results, "search_policies")
