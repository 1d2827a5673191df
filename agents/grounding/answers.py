"""What a model may answer to a brief: one JSON object, whose values are slots of the brief."""

from collections.abc import Sequence
from typing import Any

from agents.grounding.slots import Slotted

TOPICS = (
    "budget",
    "pace",
    "limit",
    "change",
    "roas",
    "retailer",
    "together",
    "period",
    "brand",
    "objective",
    "language",
    "other",
)
OBJECTIVES = ("incremental_margin", "incremental_revenue", "revenue", "units", "profit")
LEVELS = ("each_placement", "each_retailer", "each_brand", "each_channel")
TARGETS = ("roas", "revenue", "incremental_revenue", "incremental_margin", "units", "profit")
# Which kinds of slot (of the lexer) a field may take.
TAKES = {
    "budget": "MN",
    "roas_floor": "NXP",
    "acos_ceiling": "P",
    "cpa_ceiling": "MN",
    "reserve": "PM",
    "size": "PMN",
    "change_limit": "P",
    "oos_threshold": "P",
    "weeks": "W",
    "start": "DS",
    "end": "DS",
    "period": "S",
    "value": "MNXP",
}
SINGLE = (
    "roas_floor",
    "acos_ceiling",
    "cpa_ceiling",
    "reserve",
    "change_limit",
    "oos_threshold",
    "weeks",
    "start",
    "end",
)
FIELDS = (
    "budget",
    "retailers",
    "brand",
    "objective",
    "roas_floor",
    "acos_ceiling",
    "cpa_ceiling",
    "reserve",
    "caps",
    "floors",
    "fixed",
    "excluded",
    "change_limit",
    "oos_threshold",
    "weeks",
    "start",
    "end",
    "period",
    "target",
    "ask",
)
MOST_LIMITS = 4


def answer_schema(*, slotted: Slotted) -> dict[str, Any]:
    """The JSON Schema of answers to one text: only slots that stand in it, only where their kind fits.

    Asking back and declining are always among the answers: a model that may not decline invents.
    """
    topic = {"enum": list(TOPICS)}
    asks = _tool("ask_clarification", {"about": topic}, required=("about",))
    declines = _tool("no_tool", {}, required=())
    return {"anyOf": [_tool("allocate_budget", _arguments(slotted), required=()), asks, declines]}


def _arguments(slotted: Slotted) -> dict[str, Any]:
    retailers, brands = slotted.of_kind("R"), slotted.of_kind("B")
    nodes = (*LEVELS, *slotted.of_kind("REB"))
    size = _slots(slotted, "size")
    limit = _pair({"node": {"enum": list(nodes)}, "size": size})
    sized = bool(slotted.of_kind(TAKES["size"]))
    fixed = _pair({"node": {"enum": list(slotted.of_kind("REB"))}, "size": size})
    target = _pair({"metric": {"enum": list(TARGETS)}, "value": _slots(slotted, "value")})
    possible: dict[str, Any] = {
        "budget": _slots(slotted, "budget"),
        "retailers": _many({"enum": list(retailers)}, bool(retailers)),
        "brand": {"enum": list(brands)} if brands else None,
        "objective": {"enum": list(OBJECTIVES)},
        **{name: _slots(slotted, name) for name in (*SINGLE, "period")},
        "caps": _many(limit, sized),
        "floors": _many(limit, sized),
        "fixed": _many(fixed, sized and len(nodes) > len(LEVELS)),
        "excluded": _many({"enum": list(slotted.of_kind("REB"))}, len(nodes) > len(LEVELS)),
        "target": target if slotted.of_kind(TAKES["value"]) else None,
        "ask": _many({"enum": list(TOPICS)}, True),
    }
    return {name: possible[name] for name in FIELDS if possible[name]}


def _pair(properties: dict[str, Any]) -> dict[str, Any]:
    required = list(properties)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _slots(slotted: Slotted, field: str) -> dict[str, Any] | None:
    fitting = slotted.of_kind(TAKES[field])
    return {"enum": list(fitting)} if fitting else None


def _many(of: dict[str, Any], possible: bool) -> dict[str, Any] | None:
    return {"type": "array", "items": of, "minItems": 1, "maxItems": MOST_LIMITS + 2} if possible else None


def _tool(name: str, arguments: dict[str, Any], *, required: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "name": {"const": name},
            "arguments": {
                "type": "object",
                "properties": arguments,
                "required": list(required),
                "additionalProperties": False,
            },
        },
        "required": ["name", "arguments"],
        "additionalProperties": False,
    }
