"""Tomorrow's shares from logged decisions, inside guardrails, and what they would have earned on other days."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campaigns.bandits.beta_bernoulli import posterior_of_counts
from campaigns.bandits.decisions import BanditRefused
from campaigns.bandits.guardrails import project_shares, within_change
from campaigns.bandits.off_policy import Estimator, Log, evaluate_policy
from campaigns.bandits.reward_model import cross_fitted_rates

DRAWS, FOLDS, STRENGTH = 4_000, 5, 50.0
LEAST_DECISIONS, LEAST_PER_ARM = 400, 10

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Guardrails:
    """Least and most share of an arm, and how much of its share it may gain or lose in a day."""

    floor: float = 0.0
    cap: float = 1.0
    change: float = 0.2


@dataclass(frozen=True, kw_only=True, eq=False)
class Shares:
    """Shares by arm, shape (n_arms,).

    Attributes:
        best: how often each arm is the best over posterior draws: what Thompson sampling alone would choose with.
        shares: the nearest inside the guardrails; the propensities to log.
        mean, low, high: reward per decision with its interval.
    """

    current: Floats
    best: Floats
    shares: Floats
    mean: Floats
    low: Floats
    high: Floats


def propose_shares(
    *, log: Log, arm_count: int, guardrails: Guardrails, confidence: float, rng: np.random.Generator
) -> Shares:
    """Thompson sampling on all decisions of the log, projected on the guardrails; today's shares are the log's.

    Raises BanditRefused where no shares fit the guardrails, or an arm was hardly ever chosen.
    """
    counts = np.bincount(log.arms, minlength=arm_count).astype(np.float64)
    if counts.min() < LEAST_PER_ARM:
        detail = f"Arm {int(counts.argmin()) + 1} was chosen {counts.min():.0f} times; {LEAST_PER_ARM} suffice."
        raise BanditRefused("An arm is hardly known", detail, "arm")
    draws = _draws(log, counts, rng=rng)
    best = np.bincount(draws.argmax(axis=1), minlength=arm_count) / DRAWS
    current = counts / counts.sum()
    low, high = within_change(
        current=current,
        change=guardrails.change,
        low=np.full(arm_count, guardrails.floor),
        high=np.full(arm_count, guardrails.cap),
    )
    if np.any(low > high):
        detail = f"Arm {int(np.argmax(low > high)) + 1} cannot keep floor, cap and change limit at once; loosen one."
        raise BanditRefused("The guardrails cannot be kept together", detail, "guardrails")
    ends = np.quantile(draws, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    return Shares(
        current=current,
        best=best,
        shares=project_shares(wanted=best, low=low, high=high),
        mean=np.bincount(log.arms, weights=log.rewards, minlength=arm_count) / counts,
        low=np.asarray(ends[0], dtype=np.float64),
        high=np.asarray(ends[1], dtype=np.float64),
    )


def judge_reallocation(
    *, log: Log, names: tuple[str, ...], guardrails: Guardrails, confidence: float, seed: int
) -> dict[str, Any]:
    """Tomorrow's shares from the whole log; and, honestly, shares learnt on its first half judged on its second.

    Four estimators stand side by side; the doubly robust one decides what is claimed, and only where its interval of
    the difference leaves zero out.

    Raises BanditRefused where the log is too short or the guardrails cannot be kept.
    """
    _check(log, names, confidence)
    middle = len(log.arms) // 2
    first, second = _part(log, slice(None, middle)), _part(log, slice(middle, None))
    learnt = _shares(first, names, guardrails, confidence, seed=[seed, 1])
    tomorrow = _shares(log, names, guardrails, confidence, seed=[seed, 2])
    policies = {"proposed": learnt.shares, "uniform": np.full(len(names), 1 / len(names))}
    judged = {
        name: _judged(second, shares, confidence=confidence, seed=seed + place)
        for place, (name, shares) in enumerate(policies.items())
    }
    return {
        "decisions": len(log.arms),
        "judged_on": len(second.arms),
        "confidence": confidence,
        "seed": seed,
        "guardrails": asdict(guardrails),
        "arms": [
            {"name": name} | {key: float(getattr(tomorrow, key)[place]) for key in Shares.__dataclass_fields__}
            for place, name in enumerate(names)
        ],
        "estimates": judged,
        "claim": judged["proposed"][Estimator.DOUBLY_ROBUST.value]["claim"],
    }


def _shares(log: Log, names: tuple[str, ...], guardrails: Guardrails, confidence: float, *, seed: list[int]) -> Shares:
    rng = np.random.default_rng(seed)
    return propose_shares(log=log, arm_count=len(names), guardrails=guardrails, confidence=confidence, rng=rng)


def _judged(log: Log, shares: Floats, *, confidence: float, seed: int) -> dict[str, Any]:
    """Every estimator's value of drawing each decision with these shares."""
    rng = np.random.default_rng([seed, 3])
    model = cross_fitted_rates(
        arms=log.arms, rewards=log.rewards, arm_count=len(shares), folds=FOLDS, strength=STRENGTH, rng=rng
    )
    probabilities = np.repeat(shares[None, :], len(log.arms), axis=0)
    found = {
        one: evaluate_policy(
            log=log, probabilities=probabilities, estimator=one, rng=rng, model=model, confidence=confidence
        )
        for one in Estimator
    }
    return {one.value: asdict(value) | {"estimator": one.value} for one, value in found.items()}


def _draws(log: Log, counts: Floats, *, rng: np.random.Generator) -> Floats:
    """Draws of each arm's reward, shape (DRAWS, n_arms): Beta for yes and no, Student's t for amounts."""
    totals = np.bincount(log.arms, weights=log.rewards, minlength=len(counts)).astype(np.float64)
    if np.all((log.rewards == 0) | (log.rewards == 1)):
        posterior = posterior_of_counts(successes=totals, trials=counts)
        return rng.beta(posterior.successes, posterior.failures, size=(DRAWS, len(counts)))
    means = totals / counts
    squares = np.bincount(log.arms, weights=(log.rewards - means[log.arms]) ** 2, minlength=len(counts))
    errors = np.sqrt(squares / (counts - 1) / counts)
    return np.asarray(means + errors * rng.standard_t(counts - 1, size=(DRAWS, len(counts))), dtype=np.float64)


def _part(log: Log, rows: slice) -> Log:
    return Log(arms=log.arms[rows], rewards=log.rewards[rows], propensities=log.propensities[rows])


def _check(log: Log, names: tuple[str, ...], confidence: float) -> None:
    if len(log.arms) < LEAST_DECISIONS:
        detail = f"{len(log.arms)} decisions are logged; {LEAST_DECISIONS} suffice, half to learn and half to judge."
        raise BanditRefused("The log is too short", detail, "log")
    if len(names) < 2:
        raise BanditRefused("There is nothing to choose", "The log needs two arms or more.", "arm")
    if not 0.5 <= confidence < 1:
        raise BanditRefused("The confidence is out of range", "Give a share such as 0.9.", "confidence")
