"""Breadcrumbs of the pages under the list of plans."""

from django.urls import reverse


def trail(label: str) -> list[dict[str, str]]:
    """Plans, then this page."""
    return [{"label": "Plans", "url": reverse("campaigns:plan_list")}, {"label": label}]
