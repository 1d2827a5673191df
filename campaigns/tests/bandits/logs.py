"""Logs whose truth is known."""

import numpy as np

from campaigns.bandits.off_policy import Log

ARMS = ("banner", "search", "video")


def known_log(*, count: int = 3_000, rates: tuple[float, ...] = (0.1, 0.1, 0.3), seed: int = 0) -> Log:
    """Arms drawn with shares 0.5, 0.3, 0.2, rewarded with yes or no at these rates."""
    rng = np.random.default_rng(seed)
    shares = np.array([0.5, 0.3, 0.2])
    arms = rng.choice(3, count, p=shares)
    rewards = (rng.random(count) < np.array(rates)[arms]).astype(float)
    return Log(arms=arms, rewards=rewards, propensities=shares[arms])


def log_csv(log: Log) -> str:
    rows = zip(log.arms, log.rewards, log.propensities, strict=True)
    return "\n".join(["arm,reward,propensity", *(f"{ARMS[arm]},{reward:.0f},{chance}" for arm, reward, chance in rows)])
