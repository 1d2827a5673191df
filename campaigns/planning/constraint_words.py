"""Constraints as people read them: one label and one value each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from campaigns.planning.constraint_edits import LISTED, NAMED, ConstraintKey
from tenants.figures import money, percent, ratio

OBJECTIVES = {
    "incremental_margin": "Incremental margin",
    "incremental_revenue": "Incremental revenue",
    "revenue": "Attributed revenue",
    "units": "Units",
    "profit": "Profit after ad cost",
}
TARGETS = {name: words.lower() for name, words in OBJECTIVES.items()} | {"roas": "ROAS"}
PLACEMENTS = {"product_detail": "product detail", "in_store": "in-store"}


@dataclass(frozen=True, kw_only=True)
class ConstraintInWords:
    """One chip: where it stands, what it is called, what it says."""

    key: ConstraintKey
    label: str
    value: str


def constraints_in_words(
    *, constraints: Mapping[str, Any], currency: str, names: Mapping[str, str]
) -> tuple[ConstraintInWords, ...]:
    """Every constraint that was said, in a fixed order. ``names`` are retailer names by id."""
    said: list[ConstraintInWords] = []

    def say(kind: str, label: str, value: str, place: int | None = None) -> None:
        said.append(ConstraintInWords(key=ConstraintKey(kind=kind, place=place), label=label, value=value))

    for kind, label, in_words in _simple(currency=currency, names=names):
        if constraints.get(kind) not in (None, "", []):
            say(kind, label, in_words(constraints[kind]))
    for kind, label in zip(LISTED, ("At most", "At least"), strict=True):
        for place, limit in enumerate(constraints.get(kind) or []):
            say(kind, label, limit_in_words(limit=limit, currency=currency, names=names), place)
    for place, (name, amount) in enumerate((constraints.get(NAMED[0]) or {}).items()):
        say(NAMED[0], "Fixed", f"{node_name(name=name, names=names)} {money(amount, currency)}", place)
    if period := period_in_words(constraints=constraints):
        say("period", "Period", period)
    return tuple(said)


def limit_in_words(*, limit: Mapping[str, Any], currency: str, names: Mapping[str, str]) -> str:
    """``30% on each placement``, ``$50,000 on Walmart``."""
    share, amount = limit.get("share"), limit.get("amount")
    size = percent(share, places=_percent_places(share)) if share is not None else money(amount, currency)
    name = limit.get("name")
    level = limit.get("level", "node")
    return f"{size} on {node_name(name=name, names=names) if name else f'each {level}'}"


def node_name(*, name: str, names: Mapping[str, str]) -> str:
    """A retailer by its name, a placement in words, anything else as it is."""
    return names.get(name) or PLACEMENTS.get(name, name)


def period_in_words(*, constraints: Mapping[str, Any]) -> str:
    """``6 weeks from 2026-06-01``; empty when no period was said."""
    weeks, start, end = (constraints.get(name) for name in ("weeks", "start", "end"))
    if start and end:
        return f"{start} to {end}"
    length = f"{weeks:g} week{'' if weeks == 1 else 's'}" if weeks else ""
    return " ".join(part for part in (length, f"from {start}" if start else "", f"until {end}" if end else "") if part)


def target_in_words(target: Any) -> str:
    """A target as ``ROAS of 3``; whatever the parser gave, readable."""
    if isinstance(target, Mapping):
        return ", ".join(f"{TARGETS.get(name, name)} of {value:,.10g}" for name, value in target.items())
    return str(target)


def _simple(*, currency: str, names: Mapping[str, str]) -> tuple[tuple[str, str, Any], ...]:
    return (
        ("budget", "Budget", lambda value: money(value, currency)),
        ("objective", "Maximise", lambda value: OBJECTIVES.get(value, value)),
        ("retailers", "Retailers", lambda value: ", ".join(names.get(item, item) for item in value)),
        ("brand", "Brand", str),
        ("roas_floor", "ROAS at least", lambda value: ratio(value, places=1 if value * 10 % 1 == 0 else 2)),
        ("cpa_ceiling", "Cost per order at most", lambda value: money(value, currency, places=2)),
        ("reserve", "Held for experiments", lambda value: percent(value, places=_percent_places(value))),
        ("change_limit", "Change per cell at most", lambda value: f"±{percent(value, places=_percent_places(value))}"),
        ("oos_threshold", "No spend above stock-out risk", lambda value: percent(value, places=_percent_places(value))),
        ("risk", "Plan for the worst", lambda value: f"{percent(value, places=_percent_places(value))} of outcomes"),
        ("target", "Target", target_in_words),
    )


def _percent_places(share: float) -> int:
    return 0 if abs(share * 100 - round(share * 100)) < 1e-9 else 1
