"""The pages of one plan as tabs."""

from typing import Any

from django.urls import reverse

from campaigns.models import Plan

TABS = (("plan_detail", "Plan"), ("what_if", "What if"), ("model_health", "Model health"), ("pacing", "Pacing"))


def plan_tabs(*, plan: Plan, current: str) -> list[dict[str, Any]]:
    """Links to every page of the plan; the one shown is marked."""
    compare = {"label": "Compare", "url": f"{reverse('campaigns:compare')}?with={plan.pk}", "is_current": False}
    return [
        *(
            {"label": label, "url": reverse(f"campaigns:{name}", args=[plan.pk]), "is_current": name == current}
            for name, label in TABS
        ),
        compare,
    ]
