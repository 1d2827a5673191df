"""A model's health as sentences, a chart and tables."""

from typing import Any

from django.urls import reverse

from tenants.figures import percent, ratio

CHARTED = 12
VERDICTS = {
    "as_claimed": "the curves know what they do not know",
    "too_sure": "the curves are surer than they should be; take every range of this plan as wider than shown",
    "too_unsure": "the curves know more than their ranges say",
}
UNKNOWN = {"promotion": "promotions", "price": "prices", "stock": "stock"}


def health_sentence(*, health: dict[str, Any]) -> dict[str, str]:
    """How often weeks held out were foreseen, and what that says of the intervals."""
    weeks, share = health["held_out"], percent(health["share"], places=0)
    refused = sum(cell["state"] != "estimated" for cell in health["cells"])
    doubtful = sum(bool(cell["warnings"]) for cell in health["cells"]) - refused
    if weeks is None:
        sentence = "No cell has enough history for a curve: every cell keeps its past share of the money."
        return {"sentence": sentence, "detail": "Below is what history would suffice, cell by cell."}
    sentence = (
        f"{percent(weeks['covered'], places=0)} of {weeks['weeks']} weeks held out fell into the {share} interval "
        f"forecast without them: {VERDICTS[weeks['verdict']]}."
    )
    detail = (
        f"Forecasts of such a week miss by {percent(weeks['error'])} of revenue on average and explain "
        f"{percent(max(weeks['explained'], 0.0), places=0)} of what differs between weeks (middle cell). "
        f"{_cells(doubtful)} with a warning, {_cells(refused)} with too little history. This tests forecasts of "
        "attributed revenue; what ads caused of it rests on the priors below."
    )
    return {"sentence": sentence, "detail": detail}


def cells_chart(*, health: dict[str, Any]) -> dict[str, Any] | None:
    """What retailers report beside what ads are taken to have caused, by cell; None without estimates."""
    rows = sorted(
        (cell for cell in health["cells"] if cell["state"] == "estimated"), key=lambda cell: -cell["iroas"]["mean"]
    )[:CHARTED]
    if not rows:
        return None
    return {
        "id": "health-cells",
        "kind": "bars",
        "label": "Attributed ROAS beside incremental ROAS at current spend, by cell",
        "data": {
            "format": "ratio",
            "horizontal": True,
            "categories": [row["name"] for row in rows],
            "series": [
                {
                    "name": "Attributed ROAS",
                    "role": "current",
                    "values": [round(row["attributed_roas"], 3) for row in rows],
                },
                {
                    "name": "Incremental ROAS",
                    "role": "proposed",
                    "values": [round(row["iroas"]["mean"], 3) for row in rows],
                },
            ],
        },
    }


def cells_table(*, health: dict[str, Any]) -> dict[str, Any]:
    """Every cell: return as reported and as estimated, and how far its estimate can be trusted."""
    share = percent(health["share"], places=0)
    return {
        "caption": f"Cells, intervals of {share}",
        "columns": [
            {"label": "Cell"},
            {"label": "Attributed ROAS", "numeric": True},
            {"label": "Incremental ROAS", "numeric": True},
            {
                "label": "Next unit against the average",
                "numeric": True,
                "definition": "Revenue of one more unit at usual spend over the average unit's: 100% is a straight "
                "line, 0% full saturation.",
            },
            {"label": "Weeks foreseen", "numeric": True},
            {"label": "Mean miss", "numeric": True},
            {
                "label": "Known from its own days",
                "numeric": True,
                "definition": "Part of what is known of saturation that comes from this cell; the rest is borrowed.",
            },
            {"label": "Carried to the next day", "numeric": True},
        ],
        "rows": [_cell_row(cell) for cell in health["cells"]],
    }


def warning_list(*, health: dict[str, Any]) -> list[dict[str, Any]]:
    """Cells with something to say, those without any estimate first."""
    told = [cell for cell in health["cells"] if cell["warnings"]]
    return sorted(told, key=lambda cell: (cell["state"] == "estimated", cell["name"]))


def prior_table(*, health: dict[str, Any]) -> dict[str, Any]:
    """What each retailer's ads are taken to have caused of what it reports, and who says so."""
    return {
        "caption": "Share of attributed revenue that ads caused, with 90% ranges, as the plan used it",
        "columns": [{"label": "Retailer"}, {"label": "Share", "numeric": True}, {"label": "Source"}],
        "rows": [
            {"label": row["name"], "cells": [_band(row, places=0), {"value": row["according_to"]}]}
            for row in health["priors"]
        ],
    }


def experiment_table(*, health: dict[str, Any]) -> dict[str, Any] | None:
    """Each experiment that moved such a share: before, measured, after; None where there is none."""
    rows = [
        {
            "label": test["name"],
            "url": reverse("experiments:detail", args=[test["id"]]),
            "cells": [
                {"value": prior["name"]},
                *(_band(test[name], places=0) for name in ("before", "measured", "after")),
                {"value": percent(test["weight"], places=0), "numeric": True},
            ],
        }
        for prior in health["priors"]
        for test in prior["experiments"]
    ]
    if not rows:
        return None
    labels = ("Before", "Measured", "After", "Weight of the test")
    return {
        "caption": "Experiments used as priors, 90% ranges",
        "columns": [
            {"label": "Experiment"},
            {"label": "Retailer"},
            *({"label": label, "numeric": True} for label in labels),
        ],
        "rows": rows,
    }


def control_table(*, health: dict[str, Any]) -> dict[str, Any]:
    """What was told apart from spend."""
    return {
        "caption": "Told apart from spend",
        "columns": [
            {"label": "What"},
            {"label": "Cells", "numeric": True},
            {"label": "Moves revenue by", "numeric": True},
        ],
        "rows": [
            {
                "label": row["name"].capitalize(),
                "cells": [
                    {"value": str(row["cells"]), "numeric": True},
                    {"value": f"±{percent(row['moves'])}", "numeric": True},
                ],
            }
            for row in health["controls"]
        ],
    }


def unknown_sentence(*, health: dict[str, Any]) -> str:
    """What no imported file tells, so that it may pass for the ads' doing; empty where all is known."""
    missing = [UNKNOWN[name] for name in health["unknown"]]
    if not missing:
        return ""
    listed = f"{', '.join(missing[:-1])} and {missing[-1]}" if len(missing) > 1 else missing[0]
    return (
        f"No imported file tells {listed} of these cells by day. Where spend rose with them, part of their effect is "
        "taken for the ads'. Import sales histories with them, or test."
    )


def _cells(count: int) -> str:
    return f"{count} cell" if count == 1 else f"{count} cells"


def _cell_row(cell: dict[str, Any]) -> dict[str, Any]:
    reported = {"value": ratio(cell["attributed_roas"]), "numeric": True}
    if cell["state"] != "estimated":
        unknown = {"value": "–", "numeric": True}
        insufficient = {"value": "Insufficient data", "badge": True, "tone": "warn"}
        return {"label": cell["name"], "cells": [reported, insufficient, *([unknown] * 5)]}
    weeks, iroas = cell["held_out"], cell["iroas"]
    return {
        "label": cell["name"],
        "cells": [
            reported,
            {name: ratio(iroas[key]) for name, key in ENDS} | {"numeric": True},
            _band(cell["elasticity"], places=0),
            {"value": f"{weeks['covered']} of {weeks['weeks']}", "numeric": True},
            {"value": percent(weeks["error"]), "numeric": True},
            {"value": percent(cell["own_share"], places=0), "numeric": True},
            {"value": percent(cell["carry_over"]["mean"], places=0), "numeric": True},
        ],
    }


ENDS = (("value", "mean"), ("low", "low"), ("high", "high"))


def _band(values: dict[str, Any], *, places: int) -> dict[str, Any]:
    return {name: percent(values[key], places=places) for name, key in ENDS} | {"numeric": True}
