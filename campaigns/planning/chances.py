"""Probabilities in words that two hundred draws can carry."""

from tenants.figures import percent

SURE = 0.99


def chance(value: float | None) -> str:
    """``93%``; ``over 99%`` and ``under 1%`` at the ends, where draws cannot tell how far; ``–`` for none."""
    if value is None:
        return "–"
    if value > SURE:
        return "over 99%"
    return "under 1%" if value < 1 - SURE else percent(value, places=0)
