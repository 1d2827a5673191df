"""Arguments that fit, and the first fault of those that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.tools.schemas import ASK, NO_TOOL, TOOLS
from agents.tools.validation import first_fault

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("fetch_metrics", {"metric": "spend", "retailer": "amazon", "days": 7}),
        ("allocate_budget", {"budget": 1000, "retailers": ["amazon"], "caps": [{"level": "retailer", "share": 0.3}]}),
        ("check_policy", {"retailer": "kroger", "headline": "Oats"}),
    ],
)
def test_good_arguments_fit(tool, arguments):
    assert first_fault(arguments=arguments, schema=TOOLS[tool].parameters) == ""


@pytest.mark.parametrize(
    ("tool", "arguments", "fault"),
    [
        ("fetch_metrics", {}, "lacks metric"),
        ("fetch_metrics", {"metric": "secrets"}, "one of"),
        ("fetch_metrics", {"metric": "spend", "tenant": "globex"}, "has no tenant"),
        ("fetch_metrics", {"metric": "spend", "schema_name": "globex"}, "has no schema_name"),
        ("fetch_metrics", {"metric": "spend", "days": 7.5}, "must be integer"),
        ("fetch_metrics", {"metric": "spend", "days": True}, "must be integer"),
        ("fetch_metrics", {"metric": "spend", "retailer": "x'; DROP TABLE"}, "look like"),
        ("allocate_budget", {"budget": -1}, "must lie"),
        ("allocate_budget", {"budget": float("nan")}, "must be number"),
        ("forecast", {"budget": 1, "plan": "../../etc/passwd"}, "look like"),
        ("check_policy", {"retailer": "kroger", "headline": "x" * 501}, "longer"),
        ("suggest_mapping", {"columns": ["x"] * 201}, "from 0 to 200"),
        ("fetch_metrics", ["spend"], "must be object"),
    ],
)
def test_the_first_fault_is_said(tool, arguments, fault):
    assert fault in first_fault(arguments=arguments, schema=TOOLS[tool].parameters)


@given(arguments=ANY_JSON)
def test_any_json_gets_an_answer(arguments):
    for tool in (*TOOLS.values(), ASK, NO_TOOL):
        assert isinstance(first_fault(arguments=arguments, schema=tool.parameters), str)


@pytest.mark.parametrize("tool", [*TOOLS.values(), ASK, NO_TOOL], ids=lambda tool: tool.name)
def test_no_tool_takes_a_tenant_and_every_text_is_bounded(tool):
    def texts(schema):
        yield from [schema] if schema.get("type") == "string" else []
        for inner in [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]:
            yield from texts(inner)

    assert not {"tenant", "schema", "schema_name", "workspace"} & set(tool.parameters["properties"])
    assert tool.parameters["additionalProperties"] is False
    assert all(text.get("maxLength") for text in texts(tool.parameters))
