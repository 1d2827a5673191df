"""What a changed price does to margins and sales: the plan's period begins at the price of today, not at the mean.

A margin rate is stated at the usual price. With the cost of a unit unchanged, at r times that price it is
``1 − (1 − m) / r``; and with an elasticity of ε, revenue is r^(1 + ε) times what it was (units follow r^ε).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from campaigns.planning.history import CellHistory, PriceChange
from campaigns.response.attribution_bias import Z90
from tenants.figures import percent

RECENT_DAYS, LEAST_DAYS, LEAST_CHANGE = 28, 56, 0.02


@dataclass(frozen=True, kw_only=True)
class PriceAnswer:
    """Per cent change of units for one per cent more price, with its 90 % interval."""

    value: float
    low: float
    high: float


def with_price_now(*, histories: Sequence[CellHistory], answers: Mapping[str, PriceAnswer]) -> tuple[CellHistory, ...]:
    """The histories with margins at today's price, and how sales answer to it where the retailer's answer is known.

    Nothing is done where the price hardly moved (2 %), is not known, or the margin rate itself is a guess.
    """
    return tuple(_at_price_now(history, answers.get(history.path[1])) for history in histories)


def _at_price_now(history: CellHistory, answer: PriceAnswer | None) -> CellHistory:
    price = history.price
    if price is None or price.size < LEAST_DAYS or history.margin_known_share == 0:
        return history
    ratio = float(price[-RECENT_DAYS:].mean() / price.mean())
    if abs(ratio - 1) < LEAST_CHANGE:
        return history
    change = PriceChange(
        ratio=ratio,
        margin_before=history.margin_rate,
        elasticity=None if answer is None else (answer.value, answer.low, answer.high),
    )
    return replace(history, margin_rate=max(0.0, 1 - (1 - history.margin_rate) / ratio), price_change=change)


def revenue_factors(*, change: PriceChange | None, draws: int, rng: np.random.Generator) -> np.ndarray | None:
    """Draws of revenue at today's price over revenue at the usual one, shape (draws,); None where nothing changes."""
    if change is None or change.elasticity is None:
        return None
    value, low, high = change.elasticity
    elasticity = rng.normal(value, (high - low) / (2 * Z90), size=draws)
    return np.asarray(change.ratio ** (1 + elasticity), dtype=np.float64)


def price_notes(*, changes: Mapping[str, PriceChange]) -> list[str]:
    """One sentence a cell whose price moved; by label."""
    return [_note(label, change) for label, change in changes.items()]


def _note(label: str, change: PriceChange) -> str:
    moved = f"{'up' if change.ratio > 1 else 'down'} {percent(abs(change.ratio - 1))}"
    now = percent(max(0.0, 1 - (1 - change.margin_before) / change.ratio))
    text = (
        f"{label}: its price of the last {RECENT_DAYS} days is {moved}; margin {percent(change.margin_before)} → {now}"
    )
    if change.elasticity is None:
        return f"{text}. How sales answer to the price is not known, so they are taken as they were."
    value, low, high = change.elasticity
    return f"{text}, and sales are taken to answer with an elasticity of {value:.2f} (90%: {low:.2f} to {high:.2f})."


def change_to_json(*, change: PriceChange | None) -> dict[str, Any] | None:
    """As it is kept with a plan's curves."""
    if change is None:
        return None
    return {
        "ratio": change.ratio,
        "margin_before": change.margin_before,
        "elasticity": None if change.elasticity is None else list(change.elasticity),
    }


def change_from_json(*, stored: Mapping[str, Any] | None) -> PriceChange | None:
    """The same again."""
    if not stored:
        return None
    ends = stored["elasticity"]
    return PriceChange(
        ratio=stored["ratio"],
        margin_before=stored["margin_before"],
        elasticity=None if ends is None else (ends[0], ends[1], ends[2]),
    )
