"""Least squares over the simplex, exactly."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls


def simplex_weights(
    *, columns: NDArray[np.float64], target: NDArray[np.float64], ridge: float = 0.0, has_intercept: bool = False
) -> NDArray[np.float64]:
    """Weights w ≥ 0 with sum 1 that minimise ‖columns·w − target‖² + ridge·‖w‖².

    With w on the simplex columns·w − target = (columns − target·1ᵀ)·w, so the problem is the point of a polytope
    nearest to the origin, which is a non-negative least-squares problem up to scale: minimising ‖C·v‖² + (1ᵀv − 1)²
    over v ≥ 0 gives v = s·w with the same w (Wolfe 1976; Lawson and Hanson 1974). An intercept takes the means out.

    Args:
        columns: shape (n_periods, n_units).
        target: shape (n_periods,).

    Returns:
        Weights, shape (n_units,).
    """
    if has_intercept:
        columns = columns - columns.mean(axis=0)
        target = target - target.mean()
    count = columns.shape[1]
    apart = columns - target[:, None]
    if ridge > 0:
        apart = np.vstack([apart, np.sqrt(ridge) * np.eye(count)])
    scale = float(np.sqrt(np.mean(np.sum(apart**2, axis=0)))) or 1.0
    stacked = np.vstack([apart / scale, np.ones((1, count))])
    wanted = np.zeros(len(stacked))
    wanted[-1] = 1.0
    found, _ = nnls(stacked, wanted)
    return np.asarray(found / found.sum(), dtype=np.float64)
