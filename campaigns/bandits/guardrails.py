"""Shares a bandit may give: floors, caps and change limits by projection."""

import numpy as np
from numpy.typing import NDArray

from campaigns.bandits.decisions import BanditRefused

ROUNDS = 200


def project_shares(
    *, wanted: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The shares nearest to those wanted with low ≤ share ≤ high and sum one.

    The projection is clip(wanted + shift, low, high) with the shift that makes the sum one; the sum rises with the
    shift, so bisection finds it (Brucker 1984).

    Raises BanditRefused where floors exceed one together, caps stay under one together, or a floor is over its cap.
    """
    if np.any(low > high) or np.any(low < 0):
        raise BanditRefused(
            "A floor is over its cap", "Lower the floor or raise the cap.", str(int(np.argmax(low > high)))
        )
    if low.sum() > 1 + 1e-12 or high.sum() < 1 - 1e-12:
        detail = f"Floors sum to {low.sum():.3f} and caps to {high.sum():.3f}; one must lie between."
        raise BanditRefused("No shares fit the guardrails", detail, "guardrails")
    bottom, top = float((low - wanted).min()), float((high - wanted).max())
    for _ in range(ROUNDS):
        shift = (bottom + top) / 2
        if np.clip(wanted + shift, low, high).sum() < 1:
            bottom = shift
        else:
            top = shift
    shares = np.clip(wanted + top, low, high)
    free = (shares > low) & (shares < high)
    if free.any():
        shares[free] += (1 - shares.sum()) / free.sum()
    return np.asarray(np.clip(shares, low, high), dtype=np.float64)


def within_change(
    *, current: NDArray[np.float64], change: float, low: NDArray[np.float64], high: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Floors and caps made tighter so that no share moves by more than ``change`` of itself.

    An arm that has nothing today may take up to ``change`` of an equal share.
    """
    if change < 0:
        raise BanditRefused("The change limit is negative", "Give a share such as 0.2.", "change")
    reach = change * np.maximum(current, 1 / len(current))
    return np.maximum(low, current - reach), np.minimum(high, current + reach)
