"""Plans as rows of the list page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from campaigns.models import Plan
from campaigns.views.chance_cells import chance_cell
from tenants.figures import compact_money

TONES = {
    Plan.State.DRAFT: "neutral",
    Plan.State.PLANNING: "info",
    Plan.State.PROPOSED: "info",
    Plan.State.INFEASIBLE: "warn",
    Plan.State.FAILED: "bad",
    Plan.State.APPROVED: "good",
    Plan.State.SUPERSEDED: "neutral",
}
COLUMNS = [
    {"label": "Plan"},
    {"label": "State"},
    {"label": "Budget", "numeric": True},
    {
        "label": "Expected incremental margin",
        "numeric": True,
        "definition": "Margin that the ads cause, before their cost, with its 90% interval.",
    },
    {"label": "Beats the current split", "numeric": True, "definition": "Probability, at the same total spend."},
    {"label": "Approved by"},
    {"label": "Changed"},
]


def plan_table(*, plans: Iterable[Plan]) -> dict[str, Any]:
    """Columns and rows for the ``data_table`` part."""
    return {"columns": COLUMNS, "rows": [_row(plan) for plan in plans]}


def _row(plan: Plan) -> dict[str, Any]:
    headline = plan.shown.get("headline") if plan.has_result else None
    margin = headline["incremental_margin"] if headline else {"mean": None, "low": None, "high": None}
    return {
        "label": plan.name,
        "url": reverse("campaigns:plan_detail", args=[plan.pk]),
        "cells": [
            {"value": plan.get_live_state_display(), "badge": True, "tone": TONES[Plan.State(plan.live_state)]},
            {"value": compact_money(plan.budget, plan.currency), "numeric": True},
            {
                "value": compact_money(margin["mean"], plan.currency),
                "low": compact_money(margin["low"], plan.currency) if headline else "",
                "high": compact_money(margin["high"], plan.currency) if headline else "",
                "numeric": True,
            },
            (chance_cell(figures=headline, name="beats_current") if headline else {"value": "–"}) | {"numeric": True},
            {"value": str(plan.approved_by) if plan.approved_by else "–"},
            {"value": f"{plan.updated_at:%d %b}"},
        ],
    }
