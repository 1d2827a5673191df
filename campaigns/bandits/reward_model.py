"""Expected reward of every arm, each row predicted without itself."""

import numpy as np
from numpy.typing import NDArray

from campaigns.bandits.decisions import BanditRefused


def cross_fitted_rates(
    *,
    arms: NDArray[np.int64],
    rewards: NDArray[np.float64],
    arm_count: int,
    folds: int,
    strength: float,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Mean reward by arm, shrunk to the mean of all, from the other folds only (Chernozhukov et al. 2018).

    Args:
        strength: how many decisions the overall mean counts for in each arm.

    Returns:
        Expected rewards, shape (n, arm_count).
    """
    count = len(arms)
    if folds < 2 or count < folds:
        raise BanditRefused("Too few decisions", f"{folds} folds need at least as many decisions.", "folds")
    fold = rng.permutation(count) % folds
    model = np.empty((count, arm_count))
    for number in range(folds):
        seen = fold != number
        totals = np.bincount(arms[seen], weights=rewards[seen], minlength=arm_count)
        counts = np.bincount(arms[seen], minlength=arm_count)
        overall = rewards[seen].mean()
        model[fold == number] = (totals + strength * overall) / (counts + strength)
    return model
