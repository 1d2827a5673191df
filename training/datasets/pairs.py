"""Wishes that say two things in one sentence."""

from collections.abc import Callable
from typing import Any

from training.datasets.brief_parts import Hand, Wish
from training.datasets.wording import pairs

Leaf = tuple[str, str, str]


def _two_nodes(hand: Hand) -> tuple[dict[str, str], Leaf, Leaf]:
    one, first = hand.node()
    two, second = hand.node()
    while second == first:
        two, second = hand.node()
    return {"node": one, "node2": two}, first, second


def _limit(leaf: Leaf, role: str) -> dict[str, Any]:
    return {"node": leaf, "size": ("value", role)}


def two_limits(field: str, of: tuple[str, ...]) -> Callable[[Hand], Wish]:
    """Two caps, or two floors, on different nodes."""

    def say(hand: Hand) -> Wish:
        names, first, second = _two_nodes(hand)
        return hand.wish(of=of, asks={field: [_limit(first, "size"), _limit(second, "size2")]}, surface=names)

    return say


def cap_and_floor(hand: Hand) -> Wish:
    """A cap on one node and a floor on another."""
    names, first, second = _two_nodes(hand)
    asks = {"caps": [_limit(first, "size")], "floors": [_limit(second, "size2")]}
    return hand.wish(of=pairs.CAP_AND_FLOOR, asks=asks, surface=names)


def exclude_two(hand: Hand) -> Wish:
    """Two nodes left out."""
    names, first, second = _two_nodes(hand)
    return hand.wish(of=pairs.EXCLUDE_TWO, asks={"excluded": [first, second]}, surface=names)


def budget_for_brand(hand: Hand) -> Wish:
    """A budget, its brand and its retailers."""
    text, leaves = hand.places()
    brand = hand.rng.choice(hand.catalogue.brands)
    asks = {"budget": ("value", "budget"), "retailers": leaves, "brand": ("name", "B", brand)}
    return hand.wish(of=pairs.BUDGET_FOR_BRAND, asks=asks, surface={"places": text, "brand": brand})
