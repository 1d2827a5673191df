"""The schema of a call, and reading one."""

import pytest

from agents.federation.generation import ToolSpec
from agents.federation.tool_grammar import answer_schema, read_tool_call, tool_call_schema

ARGUMENTS = {"type": "object", "properties": {"days": {"type": "integer"}}, "required": ["days"]}
TOOLS = [ToolSpec(name=name, description="", parameters=ARGUMENTS) for name in ("forecast", "ask_clarification")]


def test_any_of_the_tools_may_be_called():
    schema = tool_call_schema(tools=TOOLS)

    assert [one["properties"]["name"]["const"] for one in schema["anyOf"]] == ["forecast", "ask_clarification"]
    assert schema["anyOf"][0]["properties"]["arguments"] == ARGUMENTS


def test_tools_go_before_a_schema_and_text_is_free_without_either():
    assert answer_schema(tools=TOOLS[:1], json_schema={"type": "string"}) == tool_call_schema(tools=TOOLS[:1])
    assert answer_schema(tools=[], json_schema={"type": "string"}) == {"type": "string"}
    assert answer_schema(tools=[], json_schema=None) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '"forecast"',
        "[1]",
        '{"name": "forecast"}',
        '{"name": "wipe", "arguments": {}}',
        '{"name": ["forecast"], "arguments": {}}',
    ],
)
def test_what_is_no_call_of_these_tools_is_none(text):
    assert read_tool_call(text=text, tools=TOOLS) is None
