"""Two splits of money side by side: only what differs, and what the difference brings."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from campaigns.planning.cells import PlannedCell
from campaigns.planning.chances import chance_of
from campaigns.planning.evaluation import Array, ResponseDraws, interval_of, outcome_of
from campaigns.planning.explanation import cell_label
from campaigns.planning.scenarios import retailers_of

NOTICED = 1e-3  # of the larger spend; smaller moves are no difference to whoever reads


def differences(
    *, cells: Sequence[PlannedCell], before: Array, after: Array, response: ResponseDraws
) -> dict[str, Any]:
    """Retailers and cells whose spend differs, largest move first, and the gain with its 90% interval.

    Both splits are evaluated in the same draws, so that what is uncertain about both alike cancels out.

    Args:
        before, after: spend per cell, shape (n_cells,).
    """
    least = NOTICED * max(float(before.sum()), float(after.sum()), 1.0)
    margin = [outcome_of(spend=spend, response=response).incremental_margin for spend in (before, after)]
    gain = margin[1] - margin[0]
    better = chance_of(gain.sum(axis=1) > 0)
    moved = [place for place in _largest_first(after - before) if abs(after[place] - before[place]) >= least]
    return {
        "spend": {"before": float(before.sum()), "after": float(after.sum())},
        "margin": {
            "before": interval_of(margin[0].sum(axis=1)).as_json(),
            "after": interval_of(margin[1].sum(axis=1)).as_json(),
            "gain": interval_of(gain.sum(axis=1)).as_json(),
            "better": better.share,
            "better_interval": better.ends,
        },
        "retailers": _retailers(cells=cells, before=before, after=after, gain=gain, least=least),
        "cells": [_row(cell_label(cells[place]), before[place], after[place], gain[:, place]) for place in moved],
        "unchanged": len(cells) - len(moved),
    }


def spend_of(*, cells: Sequence[PlannedCell], spend: Mapping[str, float] | None) -> Array | None:
    """A stored split in the order of ``cells``; None where it is of other cells."""
    if not spend or spend.keys() != {cell.key for cell in cells}:
        return None
    return np.array([spend[cell.key] for cell in cells], dtype=np.float64)


def _retailers(
    *, cells: Sequence[PlannedCell], before: Array, after: Array, gain: Array, least: float
) -> list[dict[str, Any]]:
    rows = []
    for retailer, name in retailers_of(cells=cells).items():
        inside = np.array([cell.history.path[1] == retailer for cell in cells])
        own = _row(name, before[inside].sum(), after[inside].sum(), gain[:, inside].sum(axis=1))
        if abs(own["after"] - own["before"]) >= least:
            rows.append(own)
    return sorted(rows, key=lambda row: -abs(row["after"] - row["before"]))


def _row(label: str, before: float, after: float, gain: Array) -> dict[str, Any]:
    return {"label": label, "before": float(before), "after": float(after), "gain": interval_of(gain).as_json()}


def _largest_first(moves: Array) -> list[int]:
    return [int(place) for place in np.argsort(-np.abs(moves), kind="stable")]
