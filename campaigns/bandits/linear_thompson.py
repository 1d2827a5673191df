"""Contextual Thompson sampling with a linear model per arm."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.bandits.decisions import BanditRefused, Decisions, choose, shares_of_wins

DRAWS = 16


@dataclass(frozen=True, kw_only=True, eq=False)
class LinearPosterior:
    """Bayesian linear regression per arm: reward = context · θ + noise, θ ~ N(0, noise²/ridge).

    Attributes:
        precision: Σ x·xᵀ + ridge·I by arm, shape (n_arms, n_features, n_features).
        moment: Σ x·reward by arm, shape (n_arms, n_features).
        noise: standard deviation of a reward.
    """

    precision: NDArray[np.float64]
    moment: NDArray[np.float64]
    noise: float

    @property
    def means(self) -> NDArray[np.float64]:
        """Posterior means of θ, shape (n_arms, n_features)."""
        return np.asarray(np.linalg.solve(self.precision, self.moment[:, :, None])[:, :, 0], dtype=np.float64)


def fresh_posterior(*, arms: int, features: int, ridge: float = 1.0, noise: float = 1.0) -> LinearPosterior:
    """Nothing seen yet."""
    if arms < 1 or features < 1 or ridge <= 0 or noise <= 0:
        raise BanditRefused("The model is empty", "Arms, features, ridge and noise are positive.", "arms")
    precision = np.broadcast_to(ridge * np.eye(features), (arms, features, features)).copy()
    return LinearPosterior(precision=precision, moment=np.zeros((arms, features)), noise=noise)


def learn(
    *,
    posterior: LinearPosterior,
    contexts: NDArray[np.float64],
    arms: NDArray[np.int64],
    rewards: NDArray[np.float64],
) -> LinearPosterior:
    """The posterior after a batch; order does not matter.

    Args:
        contexts: shape (n, n_features).
        arms, rewards: shape (n,).
    """
    _check(posterior, contexts)
    if not (len(contexts) == len(arms) == len(rewards)) or not np.all(np.isfinite(rewards)):
        raise BanditRefused("The batch is not complete", "Every decision needs its arm and its reward.", "rewards")
    precision, moment = posterior.precision.copy(), posterior.moment.copy()
    for arm in np.unique(arms):
        seen = contexts[arms == arm]
        precision[arm] += seen.T @ seen
        moment[arm] += seen.T @ rewards[arms == arm]
    return LinearPosterior(precision=precision, moment=moment, noise=posterior.noise)


def decide(
    *,
    posterior: LinearPosterior,
    contexts: NDArray[np.float64],
    rng: np.random.Generator,
    exploration: float = 0.02,
    draws: int = DRAWS,
) -> Decisions:
    """Decide a batch by Thompson sampling (Agrawal and Goyal 2013) over shared posterior draws.

    Args:
        contexts: shape (n, n_features).
        draws: posterior draws the batch shares; propensities are exact multiples of 1/draws, mixed with exploration.
    """
    _check(posterior, contexts)
    arms, features = posterior.moment.shape
    root = np.linalg.cholesky(posterior.precision)
    normal = rng.standard_normal((arms, features, draws)) * posterior.noise
    drawn = posterior.means[:, :, None] + np.linalg.solve(root.transpose(0, 2, 1), normal)
    flat = drawn.transpose(1, 2, 0).reshape(features, draws * arms)
    scores = (contexts.astype(np.float32) @ flat.astype(np.float32)).reshape(len(contexts), draws, arms)
    return choose(probabilities=shares_of_wins(scores=scores.transpose(1, 0, 2), exploration=exploration), rng=rng)


def _check(posterior: LinearPosterior, contexts: NDArray[np.float64]) -> None:
    features = posterior.moment.shape[1]
    if contexts.ndim != 2 or contexts.shape[1] != features or not np.all(np.isfinite(contexts)):
        raise BanditRefused("The contexts do not fit", f"Give finite numbers of shape (n, {features}).", "contexts")
