"""Thompson sampling of rates, for placements and audiences without context."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.bandits.decisions import BanditRefused, Decisions, choose, shares_of_wins

DRAWS = 256


@dataclass(frozen=True, kw_only=True, eq=False)
class RatePosterior:
    """Beta posteriors.

    Attributes:
        successes, failures: with the prior's counts in them, shape (n_arms,).
    """

    successes: NDArray[np.float64]
    failures: NDArray[np.float64]

    @property
    def means(self) -> NDArray[np.float64]:
        """Posterior mean rates, shape (n_arms,)."""
        return self.successes / (self.successes + self.failures)


def posterior_of_counts(
    *, successes: NDArray[np.float64], trials: NDArray[np.float64], prior: tuple[float, float] = (1.0, 1.0)
) -> RatePosterior:
    """The posterior of what was counted.

    Raises BanditRefused where counts are negative or exceed their trials.
    """
    if np.any(successes < 0) or np.any(successes > trials) or min(prior) <= 0:
        raise BanditRefused("The counts do not fit", "Successes lie between zero and trials.", "successes")
    return RatePosterior(successes=successes + prior[0], failures=trials - successes + prior[1])


def decide_rates(
    *, posterior: RatePosterior, count: int, rng: np.random.Generator, exploration: float = 0.02
) -> Decisions:
    """Choose an arm for each of ``count`` decisions; all share the same exact propensities."""
    drawn = rng.beta(posterior.successes, posterior.failures, size=(DRAWS, len(posterior.successes)))
    shares = shares_of_wins(scores=drawn[:, None, :], exploration=exploration)
    return choose(probabilities=np.repeat(shares, count, axis=0), rng=rng)
