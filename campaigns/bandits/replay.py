"""Replay a learning policy over a log of random choices."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.bandits.decisions import BanditRefused, Decisions
from campaigns.bandits.linear_thompson import LinearPosterior, learn

Policy = Callable[[LinearPosterior, NDArray[np.float64]], Decisions]


@dataclass(frozen=True, kw_only=True, eq=False)
class Replay:
    """What happened.

    Attributes:
        value: mean reward of the decisions that matched, after learning as it went.
        matched: how many matched.
        rewards: of the matched, in order, shape (matched,).
    """

    value: float
    matched: int
    rewards: NDArray[np.float64]


def replay(
    *,
    posterior: LinearPosterior,
    policy: Policy,
    contexts: NDArray[np.float64],
    arms: NDArray[np.int64],
    rewards: NDArray[np.float64],
    batch: int,
) -> Replay:
    """Li, Chu, Langford, Wang (2011): keep the rows where the policy chooses what a uniformly random log chose.

    The policy learns from what matched, batch by batch; unbiased only where the log chose at random.

    Raises BanditRefused where nothing matches.
    """
    kept = []
    for first in range(0, len(arms), batch):
        rows = slice(first, first + batch)
        chosen = policy(posterior, contexts[rows]).arms
        same = chosen == arms[rows]
        kept.append(rewards[rows][same])
        posterior = learn(
            posterior=posterior,
            contexts=contexts[rows][same],
            arms=arms[rows][same],
            rewards=rewards[rows][same],
        )
    found = np.concatenate(kept) if kept else np.empty(0)
    if not len(found):
        raise BanditRefused("Nothing matched", "The policy never chose what was logged.", "log")
    return Replay(value=float(found.mean()), matched=len(found), rewards=found)
