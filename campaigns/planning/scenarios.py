"""The splits a person compares: last period's, the same split of the new money, and the proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campaigns.planning.cells import PlannedCell
from campaigns.planning.chances import Chance, chance_of
from campaigns.planning.evaluation import Array, Outcome, ResponseDraws, interval_of, outcome_of


@dataclass(frozen=True, kw_only=True)
class Scenarios:
    """Outcomes of the three splits.

    Attributes:
        current: last period's spend at the length of the horizon.
        same_split: last period's split of as much money as the proposal spends, so that the two compare like for like.
        proposed: the allocation.
    """

    current: Outcome
    same_split: Outcome
    proposed: Outcome

    @property
    def gain(self) -> Array:
        """Incremental margin of the proposal above the same split, shape (n_draws,)."""
        return self.proposed.total("incremental_margin") - self.same_split.total("incremental_margin")


def compare_splits(*, cells: Sequence[PlannedCell], spend: Array, response: ResponseDraws) -> Scenarios:
    """Evaluate the proposal ``spend``, shape (n_cells,), beside what is done now."""
    current = np.array([cell.current for cell in cells])
    total = float(current.sum())
    same = current * (float(spend.sum()) / total) if total > 0 else np.full(len(cells), float(spend.sum()) / len(cells))
    return Scenarios(
        current=outcome_of(spend=current, response=response),
        same_split=outcome_of(spend=same, response=response),
        proposed=outcome_of(spend=spend, response=response),
    )


def scenario_table(*, scenarios: Scenarios, roas_floor: float | None) -> list[dict[str, Any]]:
    """One entry per split, as stored: spend, and outcomes as {mean, low, high}."""
    named = (
        ("current", "Last period's spend", scenarios.current),
        ("proportional", "Same split, this plan's money", scenarios.same_split),
        ("proposed", "Proposed", scenarios.proposed),
    )
    better = chance_of(scenarios.gain > 0)
    return [
        {"key": key, "name": name}
        | _figures(outcome=outcome, roas_floor=roas_floor)
        | _chance("beats_same_split", better if key == "proposed" else None)
        for key, name, outcome in named
    ]


def headline(*, scenarios: Scenarios, roas_floor: float | None) -> dict[str, Any]:
    """What lists, dashboards and the approval policy read."""
    proposed = scenarios.proposed
    spend = float(proposed.spend.sum())
    floor = roas_floor or None
    return {
        "spend": spend,
        "incremental_margin": interval_of(proposed.total("incremental_margin")).as_json(),
        "incremental_revenue": interval_of(proposed.total("incremental_revenue")).as_json(),
        "gain": interval_of(scenarios.gain).as_json(),
        "roas_floor": floor,
        **_chance("beats_current", chance_of(scenarios.gain > 0)),
        **_chance("floor_probability", _floor_chance(outcome=proposed, roas_floor=floor)),
    }


def waterfall(*, scenarios: Scenarios, cells: Sequence[PlannedCell]) -> list[dict[str, Any]]:
    """Incremental margin from last period to the proposal: first more or less money, then each retailer's move.

    Each step is a mean with its 90% interval, over the same draws; the means add up.
    """
    current, same, proposed = (
        one.total("incremental_margin") for one in (scenarios.current, scenarios.same_split, scenarios.proposed)
    )
    word = "More money, same split" if same.mean() >= current.mean() else "Less money, same split"
    steps = [_step("Last period", current, "total"), _step(word, same - current, "change")]
    moves = scenarios.proposed.incremental_margin - scenarios.same_split.incremental_margin
    for retailer, name in retailers_of(cells=cells).items():
        inside = np.array([cell.history.path[1] == retailer for cell in cells])
        steps.append(_step(f"Moves at {name}", moves[:, inside].sum(axis=1), "change"))
    return [*steps, _step("Proposed", proposed, "total")]


def node_table(*, scenarios: Scenarios, cells: Sequence[PlannedCell], depth: int) -> list[dict[str, Any]]:
    """Spend and incremental margin per retailer (``depth`` 1) or per placement of each retailer (2)."""
    rows = []
    for path in dict.fromkeys(cell.history.path[1 : 1 + depth] for cell in cells):
        inside = np.array([cell.history.path[1 : 1 + depth] == path for cell in cells])
        name = retailers_of(cells=cells)[path[0]]
        rows.append(
            {
                "path": list(path),
                "name": name,
                "current": float(scenarios.current.spend[inside].sum()),
                "same_split": float(scenarios.same_split.spend[inside].sum()),
                "proposed": float(scenarios.proposed.spend[inside].sum()),
                "incremental_margin": _margin(scenarios.proposed, inside),
                "margin_of_same_split": _margin(scenarios.same_split, inside),
            }
        )
    return rows


def _step(label: str, draws: Array, kind: str) -> dict[str, Any]:
    found = interval_of(draws)
    return {"label": label, "value": found.mean, "low": found.low, "high": found.high, "kind": kind}


def retailers_of(*, cells: Sequence[PlannedCell]) -> Mapping[str, str]:
    """Retailer names by id, in the order of the cells."""
    return {cell.history.path[1]: cell.history.retailer_name for cell in cells}


def _margin(outcome: Outcome, inside: NDArray[np.bool_]) -> dict[str, float]:
    return interval_of(outcome.incremental_margin[:, inside].sum(axis=1)).as_json()


def _figures(*, outcome: Outcome, roas_floor: float | None) -> dict[str, Any]:
    spend = float(outcome.spend.sum())
    margin = outcome.total("incremental_margin")
    return {
        "spend": spend,
        "revenue": interval_of(outcome.total("revenue")).as_json(),
        "incremental_revenue": interval_of(outcome.total("incremental_revenue")).as_json(),
        "incremental_margin": interval_of(margin).as_json(),
        "margin_after_spend": interval_of(margin - spend).as_json(),
        "roas": _ratio(outcome.total("revenue"), spend),
        "iroas": _ratio(outcome.total("incremental_revenue"), spend),
        **_chance("floor_probability", _floor_chance(outcome=outcome, roas_floor=roas_floor)),
    }


def _ratio(values: Array, spend: float) -> dict[str, float] | None:
    return interval_of(values / spend).as_json() if spend > 0 else None


def _floor_chance(*, outcome: Outcome, roas_floor: float | None) -> Chance | None:
    spend = float(outcome.spend.sum())
    if not roas_floor or spend <= 0:
        return None
    return chance_of(outcome.total("revenue") / spend >= roas_floor)


def _chance(name: str, found: Chance | None) -> dict[str, Any]:
    """The figure under its name, and what the number of draws leaves open under ``…_interval``."""
    return {name: found.share if found else None, f"{name}_interval": found.ends if found else None}
