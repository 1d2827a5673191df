"""Draw the hidden level of a local-level model, many chains at once."""

import numpy as np
from numpy.typing import NDArray

FIRST_VARIANCE = 1.0


def draw_levels(
    *, series: NDArray[np.float64], noise: NDArray[np.float64], wander: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Forward filtering, backward sampling (Frühwirth-Schnatter 1994).

    Args:
        series: level plus noise, scaled to deviation 1, shape (chains, n_times).
        noise, wander: variances of the noise and of the level's step, shape (chains,).

    Returns:
        A draw of the levels given everything seen, shape (chains, n_times).
    """
    chains, times = series.shape
    means, variances = np.empty((times, chains)), np.empty((times, chains))
    mean, variance = np.zeros(chains), np.full(chains, FIRST_VARIANCE)
    for time in range(times):
        gain = variance / (variance + noise)
        means[time] = mean = mean + gain * (series[:, time] - mean)
        variances[time] = variance * (1 - gain)
        variance = variances[time] + wander
    draws, levels = rng.standard_normal((times, chains)), np.empty((times, chains))
    levels[-1] = means[-1] + np.sqrt(variances[-1]) * draws[-1]
    for time in range(times - 2, -1, -1):
        pull = variances[time] / (variances[time] + wander)
        middle = means[time] + pull * (levels[time + 1] - means[time])
        levels[time] = middle + np.sqrt(variances[time] * (1 - pull)) * draws[time]
    return levels.T
