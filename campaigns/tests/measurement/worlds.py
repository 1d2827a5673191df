"""Panels whose truth is known."""

import numpy as np

from campaigns.measurement.panel import Panel


def steady_panel(*, effect: float = 0.0) -> Panel:
    """Two treated and four control units that differ by a level; five periods before, three after."""
    levels = np.array([10.0, 12.0, 9.0, 11.0, 8.0, 13.0])
    season = np.array([0.0, 1.0, 0.0, -1.0, 0.5, 2.0, 1.0, 0.0])
    wobble = np.random.default_rng(7).normal(0, 0.01, (6, 8))
    outcome = levels[:, None] + season + wobble
    treated = np.array([True, True, False, False, False, False])
    outcome[treated, 5:] += effect
    return panel(outcome=outcome, treated=treated, start=5)


def panel(*, outcome: np.ndarray, treated: np.ndarray, start: int, cost: np.ndarray | None = None) -> Panel:
    units, times = outcome.shape
    return Panel(
        units=tuple(f"geo {unit}" for unit in range(units)),
        times=tuple(f"{time:03d}" for time in range(times)),
        outcome=outcome,
        treated=treated,
        start=start,
        cost=cost,
    )


def random_world(*, rng: np.random.Generator, effect: float = 0.0, treated_count: int = 6) -> tuple[Panel, float]:
    """Thirty geos of unequal size under one market with a weekly season; the true average effect beside it."""
    geos, times, test = 30, 60, 14
    size = rng.lognormal(3, 0.5, geos)
    market = rng.normal(size=times).cumsum() * 0.05 + np.sin(np.arange(times) * 2 * np.pi / 7) * 0.2
    load = rng.normal(1, 0.3, geos)
    outcome = size[:, None] * (1 + 0.3 * load[:, None] * market + rng.normal(0, 0.08, (geos, times)))
    treated = np.zeros(geos, dtype=bool)
    treated[rng.choice(geos, treated_count, replace=False)] = True
    outcome[treated, times - test :] += effect * size[treated, None]
    return panel(outcome=outcome, treated=treated, start=times - test), float(effect * size[treated].mean())
