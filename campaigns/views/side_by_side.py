"""Plans and versions side by side, with only what differs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from campaigns.planning.side_by_side import FEWEST, MOST, NotComparable
from campaigns.selectors.side_by_side import choices, plans_side_by_side
from campaigns.views.chance_cells import chance_cell
from campaigns.views.plan_changes import gain_cell
from campaigns.views.trail import trail
from tenants.figures import compact_money, money, ratio
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

CELLS_SHOWN, BARS_SHOWN = 30, 8


@requires(Action.READ_PLANS)
@require_GET
def compare_plans(request: TenantRequest) -> HttpResponse:
    chosen = list(dict.fromkeys(request.GET.getlist("with")))
    context: dict[str, Any] = {
        "choices": [
            {"key": one.key, "name": one.name, "detail": one.detail, "is_chosen": one.key in chosen}
            for one in choices()
        ],
        "breadcrumbs": trail("Compare"),
        "fewest": FEWEST,
        "most": MOST,
    }
    if len(chosen) >= FEWEST:
        try:
            context |= _shown(plans_side_by_side(keys=chosen))
        except NotComparable as refusal:
            context["refusal"] = str(refusal)
    return render(request, "campaigns/plan/compare.html", context)


def _shown(told: dict[str, Any]) -> dict[str, Any]:
    names = [side["name"] for side in told["sides"]]
    return {
        "told": told,
        "sentence": _sentence(told),
        "outcomes": _outcomes(told, names),
        "rules": _rules(told, names),
        "cells": _places(told, names, kind="cells", label="Cell") if told["cells"] else None,
        "chart": _chart(told, names) if told["cells"] else None,
        "hidden_cells": max(len(told["cells"]) - CELLS_SHOWN, 0),
    }


def _sentence(told: dict[str, Any]) -> str:
    """What may be claimed: better only where the interval of the difference does not cross zero."""
    first, currency = told["sides"][0], told["currency"]
    parts = []
    for side in told["sides"][1:]:
        gain = side["against_first"]
        if gain is None:
            parts.append(f"“{side['name']}” has other cells, days or history, so its difference is not given.")
            continue
        mean, low, high = (compact_money(gain[name], currency) for name in ("mean", "low", "high"))
        is_clear = gain["low"] > 0 or gain["high"] < 0
        word = (
            ("brings more" if gain["mean"] > 0 else "brings less")
            if is_clear
            else "does not clearly bring more or less"
        )
        parts.append(f"“{side['name']}” {word} after ad cost than “{first['name']}”: {mean} (90%: {low} to {high}).")
    return " ".join(parts)


def _outcomes(told: dict[str, Any], names: list[str]) -> dict[str, Any]:
    sides, currency = told["sides"], told["currency"]
    rows = [{"label": "Spend", "cells": [_plain(money(side["spend"], currency)) for side in sides]}]
    for key, label in (("incremental_margin", "Incremental margin"), ("margin_after_spend", "Margin after ad cost")):
        rows.append({"label": label, "cells": [_interval(side[key], currency) for side in sides]})
    rows.append({"label": "Incremental ROAS", "cells": [_returns(side["iroas"]) for side in sides]})
    against = [
        gain_cell(gain=side["against_first"], currency=currency) if side["against_first"] else _plain("–")
        for side in sides
    ]
    rows.append({"label": "After ad cost, against the first", "cells": against})
    better = [chance_cell(figures=side, name="better_than_first") | {"numeric": True} for side in sides]
    rows.append({"label": "Chance of being better than the first", "cells": better})
    if len({side["horizon_days"] for side in sides}) > 1:
        rows.insert(0, {"label": "Days", "cells": [_plain(str(side["horizon_days"])) for side in sides]})
    return {"caption": f"What each is expected to bring, {currency}; 90% intervals", "rows": rows} | _columns(
        "Measure", names
    )


def _rules(told: dict[str, Any], names: list[str]) -> dict[str, Any]:
    rows = [
        {"label": row["name"], "cells": [{"value": value or "not said"} for value in row["values"]]}
        for row in told["rules"]
    ]
    columns = [{"label": "Rule"}, *({"label": name} for name in names)]
    return {"caption": "Rules that differ", "columns": columns, "rows": rows}


def _places(told: dict[str, Any], names: list[str], *, kind: str, label: str) -> dict[str, Any]:
    """Spend, and under it the margin it brings with its interval, of each side."""
    currency = told["currency"]
    columns: list[dict[str, Any]] = [{"label": label}]
    for name in names:
        columns += [{"label": f"Spend: {name}", "numeric": True}, {"label": f"Margin: {name}", "numeric": True}]
    rows = []
    for row in told[kind][:CELLS_SHOWN]:
        cells = []
        for value in row["values"]:
            cells += (
                [_plain(money(value["spend"], currency)), _interval(value["incremental_margin"], currency)]
                if value
                else [_plain("–"), _plain("–")]
            )
        rows.append({"label": row["name"], "cells": cells})
    return {"caption": f"{label}s that differ, {currency}; 90% intervals", "columns": columns, "rows": rows}


def _chart(told: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """Retailers that differ; where money only moves inside retailers, the cells that differ most."""
    kind, label = ("retailers", "Retailer") if told["retailers"] else ("cells", "Cell")
    rows = told[kind][:BARS_SHOWN]
    series = [
        {"name": name, "values": [round((row["values"][place] or {"spend": 0})["spend"], 2) for row in rows]}
        for place, name in enumerate(names)
    ]
    return {
        "label": f"Spend of each {label.lower()} that differs, one bar a plan",
        "data": {
            "format": "money",
            "currency": told["currency"],
            "horizontal": True,
            "categories": [row["name"] for row in rows],
            "series": series,
        },
        "table": _places(told, names, kind=kind, label=label),
    }


def _columns(label: str, names: list[str]) -> dict[str, Any]:
    return {"columns": [{"label": label}, *({"label": name, "numeric": True} for name in names)]}


def _plain(text: str) -> dict[str, Any]:
    return {"value": text, "numeric": True}


def _interval(values: dict[str, float], currency: str) -> dict[str, Any]:
    mean, low, high = (compact_money(values[name], currency) for name in ("mean", "low", "high"))
    return {"value": mean, "low": low, "high": high, "numeric": True}


def _returns(values: dict[str, float] | None) -> dict[str, Any]:
    if values is None:
        return _plain("–")
    mean, low, high = (ratio(values[name]) for name in ("mean", "low", "high"))
    return {"value": mean, "low": low, "high": high, "numeric": True}
