"""Two to four splits side by side: the rules and the cells in which they differ, and what each is expected to bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campaigns.planning.chances import chance_of
from campaigns.planning.differences import NOTICED
from campaigns.planning.evaluation import Array, Outcome, interval_of

FEWEST, MOST = 2, 4


class NotComparable(Exception):
    """These splits cannot stand side by side; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Side:
    """One split.

    Attributes:
        key: what it was asked by.
        rules: what was said, by rule, in words.
        labels: of the cells, by cell key, in the order of ``outcome``.
        retailers: name of each cell's retailer, in the same order.
        draws: which draws the outcome was evaluated in; sides of the same draws are compared draw by draw.
    """

    key: str
    name: str
    currency: str
    horizon_days: int
    rules: Mapping[str, str]
    labels: Mapping[str, str]
    retailers: Sequence[str]
    outcome: Outcome
    draws: str

    @property
    def spend(self) -> float:
        return float(self.outcome.spend.sum())


def side_by_side(*, sides: Sequence[Side]) -> dict[str, Any]:
    """What differs, largest first, and each side's outcome with its 90% interval.

    The first side is the one that the others are measured against; a difference is only given where both were evaluated
    in the same draws, so that what is uncertain about both alike cancels out.

    Raises:
        NotComparable: too few or too many sides, the same one twice, or money of several currencies.
    """
    _check(sides)
    return {
        "currency": sides[0].currency,
        "sides": [_side(side, first=sides[0]) for side in sides],
        "rules": _rules(sides),
        "same_rules": len(_said(sides)) - len(_rules(sides)),
        "retailers": _places(sides, by_retailer=True)[0],
        "cells": _places(sides, by_retailer=False)[0],
        "same_cells": _places(sides, by_retailer=False)[1],
    }


def _check(sides: Sequence[Side]) -> None:
    if not FEWEST <= len(sides) <= MOST:
        raise NotComparable(f"Choose {FEWEST} to {MOST} plans; {len(sides)} were given.")
    if len({side.key for side in sides}) < len(sides):
        raise NotComparable("One plan was chosen twice. Choose different plans or versions.")
    currencies = sorted({side.currency for side in sides})
    if len(currencies) > 1:
        raise NotComparable(
            f"These plans are in {' and '.join(currencies)}; nothing is converted. Choose one currency."
        )


def _side(side: Side, *, first: Side) -> dict[str, Any]:
    margin, revenue = side.outcome.total("incremental_margin"), side.outcome.total("incremental_revenue")
    own = {
        "key": side.key,
        "name": side.name,
        "horizon_days": side.horizon_days,
        "spend": side.spend,
        "incremental_margin": interval_of(margin).as_json(),
        "margin_after_spend": interval_of(margin - side.spend).as_json(),
        "iroas": interval_of(revenue / side.spend).as_json() if side.spend > 0 else None,
        "against_first": None,
        "better_than_first": None,
        "better_than_first_interval": None,
    }
    if side is first or side.draws != first.draws:
        return own
    gain = (margin - side.spend) - (first.outcome.total("incremental_margin") - first.spend)
    better = chance_of(gain > 0)
    return own | {
        "against_first": interval_of(gain).as_json(),
        "better_than_first": better.share,
        "better_than_first_interval": better.ends,
    }


def _said(sides: Sequence[Side]) -> list[str]:
    return list(dict.fromkeys(label for side in sides for label in side.rules))


def _rules(sides: Sequence[Side]) -> list[dict[str, Any]]:
    """Rules that are not said alike on every side; an empty word where one is not said."""
    rows = [{"name": label, "values": [side.rules.get(label, "") for side in sides]} for label in _said(sides)]
    return [row for row in rows if len(set(row["values"])) > 1]


def _places(sides: Sequence[Side], *, by_retailer: bool) -> tuple[list[dict[str, Any]], int]:
    """Cells, or retailers, whose spend differs by more than anybody would notice; and how many do not."""
    least = NOTICED * max(max(side.spend for side in sides), 1.0)
    labels: dict[str, str] = {}
    for side in sides:
        labels |= {name: name for name in side.retailers} if by_retailer else side.labels
    rows = []
    for key, label in labels.items():
        values = [_at(side, _inside(side, key, by_retailer=by_retailer)) for side in sides]
        spends = [value["spend"] if value else 0.0 for value in values]
        if max(spends) - min(spends) >= least:
            rows.append((max(spends) - min(spends), {"name": label, "values": values}))
    rows.sort(key=lambda row: -row[0])
    return [row for _, row in rows], len(labels) - len(rows)


def _inside(side: Side, key: str, *, by_retailer: bool) -> NDArray[np.bool_]:
    owners = side.retailers if by_retailer else list(side.labels)
    return np.array([owner == key for owner in owners])


def _at(side: Side, inside: NDArray[np.bool_]) -> dict[str, Any] | None:
    """Spend and margin of some cells; None where the side has none of them."""
    if not inside.any():
        return None
    margin: Array = side.outcome.incremental_margin[:, inside].sum(axis=1)
    return {"spend": float(side.outcome.spend[inside].sum()), "incremental_margin": interval_of(margin).as_json()}
