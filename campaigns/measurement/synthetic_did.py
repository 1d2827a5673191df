"""Synthetic difference in differences: weights on controls and on periods."""

import numpy as np
from numpy.typing import NDArray

from campaigns.measurement.panel import Panel, needs_controls, needs_history
from campaigns.measurement.readout import Estimate
from campaigns.measurement.simplex import simplex_weights

SMALL_RIDGE = 1e-6


def estimate_synthetic_did(*, panel: Panel) -> Estimate:
    """Arkhangelsky, Athey, Hirshberg, Imbens, Wager (2021), algorithm 1.

    Unit weights have an intercept and a ridge ζ²·T_pre with ζ = (N_treated · T_post)^¼ · σ, σ the standard deviation of
    the controls' first differences before the start; time weights have an intercept and next to no ridge.
    """
    needs_controls(panel, least=2, method="Synthetic difference in differences")
    needs_history(panel, least=4, method="Synthetic difference in differences")
    before, after = panel.controls[:, : panel.start], panel.controls[:, panel.start :]
    target = panel.treated_mean[: panel.start]
    noise = float(np.diff(before, axis=1).std(ddof=1))
    zeta = (panel.treated_count * panel.test_periods) ** 0.25 * noise
    units = simplex_weights(columns=before.T, target=target, ridge=zeta**2 * panel.start, has_intercept=True)
    times = _time_weights(before, after, noise=noise)
    level = float(times @ (target - units @ before))
    counterfactual = units @ panel.controls + level
    gap = panel.treated_mean - counterfactual
    uniform = panel.treated_mean - panel.controls.mean(axis=0)
    imbalance = _spread(gap[: panel.start])
    of_uniform = _spread(uniform[: panel.start])
    names = [unit for unit, treated in zip(panel.units, panel.treated, strict=True) if not treated]
    return Estimate(
        att=float(gap[panel.start :].mean()),
        counterfactual=counterfactual,
        weights=dict(zip(names, units.tolist(), strict=True)),
        l2_imbalance=imbalance,
        scaled_l2=imbalance / of_uniform if of_uniform > 0 else None,
    )


def _time_weights(before: NDArray[np.float64], after: NDArray[np.float64], *, noise: float) -> NDArray[np.float64]:
    ridge = (SMALL_RIDGE * noise) ** 2 * len(before)
    return simplex_weights(columns=before, target=after.mean(axis=1), ridge=ridge, has_intercept=True)


def _spread(gap: NDArray[np.float64]) -> float:
    """The imbalance up to a level, which this method allows."""
    return float(np.linalg.norm(gap - gap.mean()))
