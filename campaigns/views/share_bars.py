"""Shares of today beside those proposed, as bars with their table: what every reallocation shows first."""

from collections.abc import Sequence
from typing import Any


def share_bars(*, arms: Sequence[dict[str, Any]], label: str, table: dict[str, Any]) -> dict[str, Any]:
    """Each arm has a name, its ``current`` share and the ``shares`` proposed."""
    series = (("Today", "current", "current"), ("Proposed", "proposed", "shares"))
    return {
        "id": "shares",
        "kind": "bars",
        "label": label,
        "data": {
            "format": "percent",
            "horizontal": True,
            "categories": [one["name"] for one in arms],
            "series": [
                {"name": name, "role": role, "values": [round(one[key], 4) for one in arms]}
                for name, role, key in series
            ],
        },
        "table": table,
    }
