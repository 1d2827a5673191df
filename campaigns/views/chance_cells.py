"""Stored probabilities as cells of tables, with the interval that the number of draws leaves."""

from collections.abc import Mapping
from typing import Any

from campaigns.planning.chances import chance


def chance_cell(*, figures: Mapping[str, Any], name: str) -> dict[str, str]:
    """``93%`` from ``89%`` to ``95%``; without a range where none was stored, as in plans of before."""
    value, ends = figures[name], figures.get(f"{name}_interval")
    if value is None or not ends:
        return {"value": chance(value)}
    return {"value": chance(value), "low": chance(ends[0]), "high": chance(ends[1])}
