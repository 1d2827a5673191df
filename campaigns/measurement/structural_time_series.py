"""Bayesian structural time series: a local level plus a regression on controls, with all parameters uncertain."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.measurement.local_level import draw_levels
from campaigns.measurement.panel import InsufficientData, Panel, needs_controls, needs_history
from campaigns.measurement.readout import Estimate, Test

CHAINS, BURN_IN, KEPT = 50, 80, 40
MOST_CONTROLS = 6
EXPECTED_R2 = 0.8
LEVEL_SHARE, LEVEL_WEIGHT = 0.01, 32.0
NOISE_WEIGHT = 0.01


@dataclass(frozen=True, kw_only=True, eq=False)
class Paths:
    """Draws of what would have been.

    Attributes:
        counterfactual: of the treated mean, shape (n_draws, n_times), with the noise of each test period.
    """

    counterfactual: NDArray[np.float64]

    def effects(self, *, panel: Panel) -> NDArray[np.float64]:
        """Draws of the average effect per unit and period, sorted, shape (n_draws,)."""
        gap = panel.treated_mean[panel.start :] - self.counterfactual[:, panel.start :]
        return np.sort(gap.mean(axis=1))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Model:
    """What the sampler needs, scaled to deviation 1: ``seen`` (n_before,), ``columns`` (n_times, n_columns)."""

    seen: NDArray[np.float64]
    columns: NDArray[np.float64]
    prior: NDArray[np.float64]


@dataclass(kw_only=True, eq=False)
class _State:
    """Where the chains are: one row a chain."""

    slopes: NDArray[np.float64]
    noise: NDArray[np.float64]
    wander: NDArray[np.float64]


def sample_paths(*, panel: Panel, rng: np.random.Generator) -> Paths:
    """Brodersen, Gallusser, Koehler, Remy, Scott (2015), "Inferring causal impact using Bayesian structural time-series
    models": Gibbs sampling of a local level with a static regression and their priors (level deviation about 1 % of the
    outcome's, expected R² 0.8). Instead of a spike and slab the six controls that move most like the treated mean
    before the start are taken, with a g-prior.
    """
    needs_controls(panel, least=1, method="A structural time series")
    needs_history(panel, least=12, method="A structural time series")
    before = panel.treated_mean[: panel.start]
    middle, scale = before.mean(), before.std()
    if scale == 0:
        raise InsufficientData("The treated units never vary", "A time series needs a series that varies.", "outcome")
    columns = _columns(panel)
    gram = columns[: panel.start].T @ columns[: panel.start]
    prior = (gram + np.diag(np.diag(gram))) / 2 / panel.start
    model = _Model(seen=(before - middle) / scale, columns=columns, prior=prior)
    count = columns.shape[1]
    state = _State(slopes=np.zeros((CHAINS, count)), noise=np.full(CHAINS, 0.2), wander=np.full(CHAINS, 1e-4))
    drawn = []
    for step in range(BURN_IN + KEPT):
        levels = _step(model, state, rng=rng)
        if step >= BURN_IN:
            drawn.append(_path(model, state, levels, rng=rng))
    return Paths(counterfactual=np.concatenate(drawn) * scale + middle)


def estimate_structural(*, panel: Panel, paths: Paths) -> Estimate:
    """The posterior mean."""
    counterfactual = paths.counterfactual.mean(axis=0)
    gap = panel.treated_mean - counterfactual
    return Estimate(
        att=float(gap[panel.start :].mean()),
        counterfactual=counterfactual,
        l2_imbalance=float(np.linalg.norm(gap[: panel.start])),
    )


def test_structural(*, panel: Panel, paths: Paths, confidence: float) -> Test:
    """Tail shares of the same sorted draws give the interval and the two-sided p-value (2 × the smaller tail)."""
    effects = paths.effects(panel=panel)
    count = len(effects)
    tail = max(1, int((1 - confidence) / 2 * (count + 1)))
    smaller = min(int((effects <= 0).sum()), int((effects >= 0).sum()))
    return Test(
        p_value=min(1.0, 2 * (1 + smaller) / (count + 1)),
        interval=(float(effects[tail - 1]), float(effects[count - tail])),
        standard_error=float(effects.std(ddof=1)),
        method=f"posterior tail shares of {count} draws",
    )


def _columns(panel: Panel) -> NDArray[np.float64]:
    """The controls that move most like the treated mean before the start, scaled, shape (n_times, k)."""
    before = panel.controls[:, : panel.start]
    spread = before.std(axis=1)
    usable = np.flatnonzero(spread > 0)
    if not len(usable):
        raise InsufficientData("The controls never vary", "A regression needs controls that vary.", "outcome")
    scaled = (panel.controls[usable] - before[usable].mean(axis=1)[:, None]) / spread[usable][:, None]
    target = panel.treated_mean[: panel.start]
    likeness = np.abs(scaled[:, : panel.start] @ (target - target.mean()))
    most = min(MOST_CONTROLS, max(1, panel.start // 6))
    best = np.argsort(-likeness)[:most]
    everything = scaled.mean(axis=0)
    deviation = everything[: panel.start].std()
    parts = [scaled[best]] + ([everything[None, :] / deviation] if len(usable) > most and deviation > 0 else [])
    return np.vstack(parts).T


def _step(model: _Model, state: _State, *, rng: np.random.Generator) -> NDArray[np.float64]:
    """One round of Gibbs sampling; the levels drawn, shape (chains, n_before)."""
    before = model.columns[: len(model.seen)]
    levels = draw_levels(series=model.seen - state.slopes @ before.T, noise=state.noise, wander=state.wander, rng=rng)
    precision = before.T @ before + model.prior
    root = np.linalg.cholesky(np.linalg.inv(precision))
    means = np.linalg.solve(precision, before.T @ (model.seen - levels).T).T
    state.slopes = means + np.sqrt(state.noise)[:, None] * (rng.standard_normal(means.shape) @ root.T)
    left = model.seen - levels - state.slopes @ before.T
    guess = (1 - EXPECTED_R2) * NOISE_WEIGHT
    ridge = np.einsum("ck,kl,cl->c", state.slopes, model.prior, state.slopes)
    state.noise = _variance(left, guess + ridge, NOISE_WEIGHT + state.slopes.shape[1], rng=rng)
    moves = np.diff(levels, axis=1)
    state.wander = np.minimum(_variance(moves, LEVEL_SHARE**2 * LEVEL_WEIGHT, LEVEL_WEIGHT, rng=rng), 1.0)
    return levels


def _variance(
    left: NDArray[np.float64], guess: NDArray[np.float64] | float, weight: float, *, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Inverse-gamma draws of a variance from residuals and a prior worth ``weight`` observations."""
    shape = (weight + left.shape[1]) / 2
    drawn: NDArray[np.float64] = ((left**2).sum(axis=1) + guess) / 2 / rng.gamma(shape, size=len(left))
    return drawn


def _path(
    model: _Model, state: _State, levels: NDArray[np.float64], *, rng: np.random.Generator
) -> NDArray[np.float64]:
    """The level carried on by random steps, the regression, and from the start on each period's noise."""
    ahead = len(model.columns) - levels.shape[1]
    steps = np.sqrt(state.wander)[:, None] * rng.standard_normal((len(levels), ahead))
    carried = np.concatenate([levels, levels[:, -1:] + np.cumsum(steps, axis=1)], axis=1)
    path: NDArray[np.float64] = carried + state.slopes @ model.columns.T
    path[:, levels.shape[1] :] += np.sqrt(state.noise)[:, None] * rng.standard_normal((len(levels), ahead))
    return path
