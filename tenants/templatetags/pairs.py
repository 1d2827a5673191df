"""Keys and values of a mapping whose keys are anybody's words."""

from collections.abc import ItemsView, Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def pairs(values: Mapping[str, Any]) -> ItemsView[str, Any]:
    """As ``values.items``, which a template takes for the key "items" where there is one."""
    return values.items()
