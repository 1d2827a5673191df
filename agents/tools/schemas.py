"""Every tool as a model sees it, and the right of its user that it needs. No tool takes a tenant, and none writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

METRICS = ("spend", "impressions", "clicks", "attributed_revenue", "orders", "units", "roas", "ctr", "cpc")
OBJECTIVES = ("incremental_margin", "incremental_revenue", "revenue", "units", "profit")
LEVELS = ("channel", "retailer", "placement", "brand")


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A tool.

    Attributes:
        needs: the action, as ``plans:read``, without which its user may not use it.
        parameters: JSON Schema of its arguments, an object that allows nothing unnamed.
    """

    name: str
    description: str
    needs: str
    parameters: Mapping[str, Any]


def _text(longest: int = 80, **more: Any) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": longest, **more}


def _number(low: float, high: float) -> dict[str, Any]:
    return {"type": "number", "minimum": low, "maximum": high}


def _object(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(of: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "items": of, "maxItems": most}


MONEY = _number(0, 1e12)
SHARE = _number(0, 1)
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "maxLength": 10}
RETAILER = _text(80, pattern=r"^[\w .&'+-]+$")
UUID = {"type": "string", "pattern": r"^[0-9a-fA-F-]{32,36}$", "maxLength": 36}
LIMIT = _object(("level",), level={"enum": list(LEVELS)}, name=_text(120), share=SHARE, amount=MONEY)
CONSTRAINTS = {
    "budget": _number(1, 1e12),
    "currency": _text(3, pattern="^[A-Z]{3}$"),
    "retailers": _list(RETAILER, 40),
    "brand": _text(120),
    "objective": {"enum": list(OBJECTIVES)},
    "roas_floor": _number(0, 1000),
    "cpa_ceiling": MONEY,
    "reserve": SHARE,
    "caps": _list(LIMIT, 40),
    "floors": _list(LIMIT, 40),
    "fixed": {"type": "object", "additionalProperties": MONEY},
    "change_limit": _number(0, 10),
    "oos_threshold": SHARE,
    "weeks": _number(0.1, 104),
    "start": DAY,
    "end": DAY,
}
COPY = {name: _text(500) for name in ("headline", "body", "tagline", "cta", "disclosure", "alt", "image_text")}

TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            name="fetch_metrics",
            description="Sum one metric over the last days, of one retailer or all.",
            needs="data:read",
            parameters=_object(
                ("metric",),
                metric={"enum": list(METRICS)},
                retailer=RETAILER,
                days={"type": "integer", "minimum": 1, "maximum": 400},
            ),
        ),
        Tool(
            name="allocate_budget",
            description="Split a budget under constraints; nothing is kept.",
            needs="plans:write",
            parameters=_object(("budget",), **CONSTRAINTS),
        ),
        Tool(
            name="design_experiment",
            description="Size an audience holdout, or schedule a switchback.",
            needs="plans:write",
            parameters=_object(
                ("design",),
                design={"enum": ["holdout", "switchback"]},
                base_rate=_number(0.00001, 0.99),
                lift=_number(0.001, 10),
                holdout_share=_number(0.01, 0.99),
                periods={"type": "integer", "minimum": 2, "maximum": 400},
                block={"type": "integer", "minimum": 1, "maximum": 60},
            ),
        ),
        Tool(
            name="analyze_experiment",
            description="The readout of an experiment that was read.",
            needs="plans:read",
            parameters=_object(("experiment",), experiment=UUID),
        ),
        Tool(
            name="generate_copy",
            description="Draft copy for a product that passes a retailer's policy.",
            needs="plans:write",
            parameters=_object(
                ("retailer", "product"), retailer=RETAILER, product=_text(60), brand=_text(60), benefit=_text(60)
            ),
        ),
        Tool(
            name="check_policy",
            description="Judge copy by a retailer's policy pack.",
            needs="plans:read",
            parameters=_object(
                ("retailer", "headline"),
                retailer=RETAILER,
                brand=_text(120),
                category=_text(40),
                locale=_text(10),
                **COPY,
            ),
        ),
        Tool(
            name="forecast",
            description="Expected outcome of a budget on a plan's curves.",
            needs="plans:read",
            parameters=_object(("budget",), budget=_number(1, 1e12), plan=UUID),
        ),
        Tool(
            name="search_policies",
            description="Passages of policy packs and uploaded playbooks that answer a question.",
            needs="plans:read",
            parameters=_object(("query",), query=_text(400), retailer=RETAILER),
        ),
        Tool(
            name="suggest_mapping",
            description="What the columns of an export mean.",
            needs="data:read",
            parameters=_object(("columns",), columns=_list(_text(200), 200)),
        ),
    )
}
ASK = Tool(
    name="ask_clarification",
    description="Ask the user back.",
    needs="",
    parameters=_object(("question",), question=_text(300)),
)
NO_TOOL = Tool(name="no_tool", description="Nothing here helps.", needs="", parameters=_object())
