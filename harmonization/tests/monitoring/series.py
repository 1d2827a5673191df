"""Synthetic sources whose truth is known: weekly season, trend, autocorrelated noise, and faults to inject."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from harmonization.monitoring.finding import DaySums

START = date(2026, 1, 5)
WEEK = np.array([1.0, 0.95, 0.97, 1.02, 1.15, 1.45, 1.3])


def clean_days(*, rng: np.random.Generator, days: int, noise: float = 0.15, volume: float = 100_000.0) -> list[DaySums]:
    """Ordinary days: log-normal noise with a memory of 0.4, a trend of up to half a percent a day, Poisson counts."""
    trend = np.exp(rng.uniform(-0.002, 0.005) * np.arange(days))
    season = WEEK[np.arange(days) % 7] ** rng.uniform(0.3, 1.2)
    wander = _remembering(rng, days=days, noise=noise)
    impressions = rng.poisson(volume * season * trend * np.exp(wander))
    clicks = rng.poisson(impressions * 0.012 * np.exp(rng.normal(0, noise / 2, days)))
    cost = clicks * 0.8 * np.exp(rng.normal(0, noise / 3, days))
    orders = rng.poisson(clicks * 0.11 * np.exp(rng.normal(0, noise / 2, days)))
    revenue = orders * 24.0 * np.exp(rng.normal(0, noise / 2, days))
    facts = rng.integers(180, 221, days)
    return [
        DaySums(
            day=START + timedelta(days=number),
            currency="USD",
            facts=int(facts[number]),
            odd_facts=int(facts[number] * 0.7),
            impressions=float(impressions[number]),
            clicks=float(clicks[number]),
            cost=float(cost[number]),
            revenue=float(revenue[number]),
            orders=float(orders[number]),
        )
        for number in range(days)
    ]


def scaled(day: DaySums, *, factor: float, names: tuple[str, ...]) -> DaySums:
    return replace(day, **{name: getattr(day, name) * factor for name in names})


def _remembering(rng: np.random.Generator, *, days: int, noise: float) -> np.ndarray:
    shocks, wander = rng.normal(0, noise * np.sqrt(1 - 0.16), days), np.zeros(days)
    for day in range(days):
        wander[day] = (0.4 * wander[day - 1] if day else 0.0) + shocks[day]
    return wander
