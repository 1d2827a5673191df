"""What another policy would have earned, from a log with propensities."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from campaigns.bandits.decisions import BanditRefused

RESAMPLES = 2_000
CHUNK = 200
POOR_OVERLAP = 100


class Estimator(StrEnum):
    """Estimators of a policy's value."""

    IPW = "ipw"
    SNIPW = "snipw"
    DIRECT = "dm"
    DOUBLY_ROBUST = "dr"


@dataclass(frozen=True, kw_only=True, eq=False)
class Log:
    """Decisions of the logging policy.

    Attributes:
        arms: shape (n,).
        rewards: shape (n,).
        propensities: with which each arm was chosen, in (0, 1], shape (n,).
    """

    arms: NDArray[np.int64]
    rewards: NDArray[np.float64]
    propensities: NDArray[np.float64]

    def __post_init__(self) -> None:
        if not (len(self.arms) == len(self.rewards) == len(self.propensities)) or not len(self.arms):
            raise BanditRefused("The log is not complete", "Every decision needs arm, reward and propensity.", "log")
        if not np.all(np.isfinite(self.rewards)):
            raise BanditRefused("A reward is no number", "Correct or leave out the row.", "rewards")
        if not np.all((self.propensities > 0) & (self.propensities <= 1)):
            raise BanditRefused(
                "A propensity is out of range", "Logged choices have a chance in (0, 1].", "propensities"
            )


@dataclass(frozen=True, kw_only=True)
class PolicyValue:
    """A policy's value per decision.

    Attributes:
        value, interval: in units of the reward; the interval by bootstrap over decisions.
        logged: what the logging policy earned.
        difference: interval of value − logged from the same resamples.
        effective_count: how many decisions the weights are worth (Kish 1965).
        claim: in words; better or worse only where the difference's interval says so.
    """

    estimator: Estimator
    value: float
    interval: tuple[float, float]
    logged: float
    difference: tuple[float, float]
    effective_count: float
    claim: str


def evaluate_policy(
    *,
    log: Log,
    probabilities: NDArray[np.float64],
    estimator: Estimator,
    rng: np.random.Generator,
    model: NDArray[np.float64] | None = None,
    confidence: float = 0.95,
) -> PolicyValue:
    """Inverse propensity weights, their self-normalised form, a model alone, or both together.

    IPW: Horvitz and Thompson 1952; SNIPW: Swaminathan and Joachims 2015; DR: Dudík, Langford, Li 2011. The interval of
    the model alone has only the sampling of decisions in it, not the model's own error: it is too narrow.

    Args:
        probabilities: of every arm under the policy judged, shape (n, n_arms).
        model: expected reward of every arm, cross-fitted, shape (n, n_arms); needed for "dm" and "dr".
    """
    weights = _weights(log, probabilities)
    terms = _terms(log, probabilities, weights=weights, estimator=estimator, model=model)
    divisor = weights if estimator is Estimator.SNIPW else np.ones(len(weights))
    if divisor.sum() <= 0:
        raise BanditRefused("The policy never does what was logged", "Nothing can be said about it.", "policy")
    values, logged = _resampled(terms, divisor, log.rewards, rng=rng)
    tails = ((1 - confidence) / 2, (1 + confidence) / 2)
    difference = _ends(values - logged, tails)
    effective = float(weights.sum() ** 2 / (weights**2).sum()) if weights.any() else 0.0
    return PolicyValue(
        estimator=estimator,
        value=float(terms.sum() / divisor.sum()),
        interval=_ends(values, tails),
        logged=float(log.rewards.mean()),
        difference=difference,
        effective_count=effective,
        claim=_claim(difference, effective),
    )


def _weights(log: Log, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    if probabilities.shape[0] != len(log.arms) or np.any(probabilities < 0):
        raise BanditRefused("The policy does not fit the log", "Give a row of probabilities per decision.", "policy")
    return np.asarray(probabilities[np.arange(len(log.arms)), log.arms] / log.propensities, dtype=np.float64)


def _terms(
    log: Log,
    probabilities: NDArray[np.float64],
    *,
    weights: NDArray[np.float64],
    estimator: Estimator,
    model: NDArray[np.float64] | None,
) -> NDArray[np.float64]:
    """What each decision adds to the value."""
    if estimator in (Estimator.IPW, Estimator.SNIPW):
        return weights * log.rewards
    if model is None or model.shape != probabilities.shape:
        raise BanditRefused("There is no model of rewards", "This estimator needs one of the policy's shape.", "model")
    expected: NDArray[np.float64] = (probabilities * model).sum(axis=1)
    if estimator is Estimator.DIRECT:
        return expected
    at_arm: NDArray[np.float64] = model[np.arange(len(log.arms)), log.arms]
    return np.asarray(expected + weights * (log.rewards - at_arm), dtype=np.float64)


def _resampled(
    terms: NDArray[np.float64], divisor: NDArray[np.float64], rewards: NDArray[np.float64], *, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values and logged means of resampled logs, each shape (RESAMPLES,)."""
    count = len(terms)
    stacked = np.column_stack([terms, divisor, rewards])
    sums = np.concatenate([_sums(stacked, count, rng=rng) for _ in range(RESAMPLES // CHUNK)])
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.where(sums[:, 1] > 0, sums[:, 0] / sums[:, 1], 0.0)
    return values, sums[:, 2] / count


def _sums(stacked: NDArray[np.float64], count: int, *, rng: np.random.Generator) -> NDArray[np.float64]:
    places = rng.integers(0, count, (CHUNK, count))
    drawn = np.array([np.bincount(row, minlength=count) for row in places], dtype=np.float64)
    return drawn @ stacked


def _ends(values: NDArray[np.float64], tails: tuple[float, float]) -> tuple[float, float]:
    low, high = np.quantile(values, tails)
    return float(low), float(high)


def _claim(difference: tuple[float, float], effective: float) -> str:
    if effective < POOR_OVERLAP:
        return f"Not enough overlap: the log is worth {effective:.0f} decisions for this policy."
    if difference[0] > 0:
        return "Better than the logged policy."
    if difference[1] < 0:
        return "Worse than the logged policy."
    return "Not told apart from the logged policy."
