"""Synthetic control, and its augmented form: a mix of controls that looked like the treated units before."""

import numpy as np
from numpy.typing import NDArray

from campaigns.measurement.panel import Panel, needs_controls, needs_history
from campaigns.measurement.readout import Estimate
from campaigns.measurement.simplex import simplex_weights

RIDGES = np.geomspace(1e-8, 1.0, 21)  # relative to the largest squared singular value, as in augsynth


def estimate_synthetic_control(*, panel: Panel) -> Estimate:
    """Abadie, Diamond, Hainmueller (2010), on outcomes alone, without intercept."""
    _needs_enough(panel, method="Synthetic control")
    columns, target = _before(panel)
    return weighted_estimate(panel=panel, weights=simplex_weights(columns=columns, target=target))


def estimate_augmented(*, panel: Panel, ridge_share: float | None = None) -> Estimate:
    """Ben-Michael, Feller, Rothstein (2021): synthetic control, with a ridge regression taking out what is left.

    As their R package augsynth by default: outcomes centred on the controls' mean of each period. ``ridge_share`` is
    relative to the largest squared singular value of the controls' history; without one, ``best_ridge_share``.
    """
    _needs_enough(panel, method="Augmented synthetic control")
    columns, target = _centred(panel)
    base = simplex_weights(columns=columns, target=target)
    share = best_ridge_share(panel=panel) if ridge_share is None else ridge_share
    weights = base + _correction(columns, target - columns @ base, ridge=share * _strength(columns))
    return weighted_estimate(panel=panel, weights=weights)


def best_ridge_share(*, panel: Panel) -> float:
    """The strongest ridge whose error on periods left out one at a time is within one standard error of the least."""
    _needs_enough(panel, method="Augmented synthetic control")
    columns, target = _centred(panel)
    errors = np.array([_left_out_errors(columns, target, period=period) for period in range(len(target))])
    mean = errors.mean(axis=0)
    best = int(mean.argmin())
    bound = mean[best] + errors[:, best].std(ddof=1) / np.sqrt(len(errors))
    return float(RIDGES[np.flatnonzero(mean <= bound)[-1]])


def weighted_estimate(*, panel: Panel, weights: NDArray[np.float64], level: float = 0.0) -> Estimate:
    """The effect against a weighted sum of the controls, shifted by ``level``."""
    return _estimate(panel, weights=weights, counterfactual=weights @ panel.controls + level)


def _estimate(panel: Panel, *, weights: NDArray[np.float64], counterfactual: NDArray[np.float64]) -> Estimate:
    gap = panel.treated_mean - counterfactual
    uniform = panel.treated_mean - panel.controls.mean(axis=0)
    l2_imbalance = float(np.linalg.norm(gap[: panel.start]))
    of_uniform = float(np.linalg.norm(uniform[: panel.start]))
    names = [unit for unit, treated in zip(panel.units, panel.treated, strict=True) if not treated]
    return Estimate(
        att=float(gap[panel.start :].mean()),
        counterfactual=counterfactual,
        weights=dict(zip(names, weights.tolist(), strict=True)),
        l2_imbalance=l2_imbalance,
        scaled_l2=l2_imbalance / of_uniform if of_uniform > 0 else None,
    )


def _before(panel: Panel) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return panel.controls[:, : panel.start].T, panel.treated_mean[: panel.start]


def _centred(panel: Panel) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    columns, target = _before(panel)
    middle = columns.mean(axis=1)
    return columns - middle[:, None], target - middle


def _strength(columns: NDArray[np.float64]) -> float:
    return float(np.linalg.norm(columns, ord=2)) ** 2 or 1.0


def _correction(columns: NDArray[np.float64], left: NDArray[np.float64], *, ridge: float) -> NDArray[np.float64]:
    """Ridge weights that explain what the simplex weights leave."""
    gram = columns @ columns.T
    correction: NDArray[np.float64] = columns.T @ np.linalg.solve(gram + ridge * np.eye(len(gram)), left)
    return correction


def _left_out_errors(columns: NDArray[np.float64], target: NDArray[np.float64], *, period: int) -> NDArray[np.float64]:
    """The squared error in one period, fitted on the others, by ridge: one eigendecomposition serves all ridges."""
    kept = np.arange(len(target)) != period
    base = simplex_weights(columns=columns[kept], target=target[kept])
    left = target[kept] - columns[kept] @ base
    values, vectors = np.linalg.eigh(columns[kept] @ columns[kept].T)
    shrunk = (vectors.T @ left)[:, None] / (values.clip(min=0)[:, None] + RIDGES * _strength(columns))
    corrections = columns[period] @ columns[kept].T @ vectors @ shrunk
    errors: NDArray[np.float64] = (target[period] - columns[period] @ base - corrections) ** 2
    return errors


def _needs_enough(panel: Panel, *, method: str) -> None:
    needs_controls(panel, least=2, method=method)
    needs_history(panel, least=4, method=method)
