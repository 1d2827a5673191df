"""A batch of decisions as it must be logged, and what bandits refuse."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


class BanditRefused(Exception):
    """What was given cannot be decided or judged.

    Attributes:
        title: what is wrong.
        detail: how to mend it.
        where: the argument it is about.
    """

    def __init__(self, title: str, detail: str, where: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where = title, detail, where


@dataclass(frozen=True, kw_only=True, eq=False)
class Decisions:
    """What a policy chose for a batch.

    Attributes:
        arms: chosen places, shape (n,).
        propensities: the probability with which each was chosen, exact, shape (n,).
        probabilities: of every arm, shape (n, n_arms).
    """

    arms: NDArray[np.int64]
    propensities: NDArray[np.float64]
    probabilities: NDArray[np.float64]


def choose(*, probabilities: NDArray[np.float64], rng: np.random.Generator) -> Decisions:
    """Draw one arm a row from probabilities that sum to one, shape (n, n_arms)."""
    cumulative = np.cumsum(probabilities, axis=1)
    drawn = rng.random((len(probabilities), 1)) * cumulative[:, -1:]
    arms = np.minimum((cumulative < drawn).sum(axis=1), probabilities.shape[1] - 1)
    return Decisions(arms=arms, propensities=probabilities[np.arange(len(arms)), arms], probabilities=probabilities)


def shares_of_wins(*, scores: NDArray[np.floating], exploration: float) -> NDArray[np.float64]:
    """How often each arm is best over posterior draws, with a floor of exploration/n_arms.

    Choosing a draw at random and then its best arm is Thompson sampling; given the draws these shares are its exact
    propensities, which is what off-policy evaluation needs.

    Args:
        scores: shape (draws, n, n_arms).

    Returns:
        Probabilities, shape (n, n_arms).
    """
    if not 0 <= exploration <= 1:
        raise BanditRefused("Exploration is out of range", "Give a share such as 0.02.", "exploration")
    draws, count, arms = scores.shape
    best = scores.argmax(axis=2)
    places = best + arms * np.arange(count)
    wins = np.bincount(places.reshape(-1), minlength=count * arms).reshape(count, arms)
    shares: NDArray[np.float64] = wins * ((1 - exploration) / draws) + exploration / arms
    return shares
