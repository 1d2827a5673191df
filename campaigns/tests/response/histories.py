"""Simulated histories whose truth is known."""

import numpy as np

from campaigns.response.series import CellSeries

WEEKDAYS = np.array([0.95, 0.94, 0.95, 0.98, 1.05, 1.10, 1.03])
BETA, K = 5000.0, 1000.0


def made(rng, *, path=("onsite", "amazon", "search", "Lumen"), days=182, noise=0.1, k=K, least=0.5, most=1.9, **more):
    """Spend that changes week by week; revenue with weekdays, a yearly wave, noise of mean one, and what ``more`` says.

    ``decay`` carries spend over; ``promo`` and ``price`` are series, with a lift of 40 % and an elasticity of -1.5.
    """
    weeks = -(-days // 7)
    levels = least * (most / least) ** rng.random(weeks)
    spend = 1000.0 * np.repeat(levels, 7)[:days] * rng.lognormal(0.0, 0.06, days) * more.get("chase", np.ones(days))
    wave = 1.0 + 0.07 * np.sin(2 * np.pi * np.arange(days) / 365.25 + rng.uniform(0.0, 6.28))
    market = WEEKDAYS[np.arange(days) % 7] * wave / wave.mean()
    for name, effect in (("promo", 1.4), ("price", 0.0)):
        if name in more:
            market = market * (effect ** more[name] if name == "promo" else more[name] ** -1.5)
    felt = _felt(spend, more.get("decay", 0.0))
    revenue = market * BETA * felt / (k + felt) * rng.lognormal(-(noise**2) / 2, noise, days)
    return CellSeries(
        path=path, spend=spend, revenue=revenue, promo=more.get("promo"), price=more.get("price"), stock=None
    )


def _felt(spend, decay):
    """Geometric adstock by recursion, started at the first day's spend; another way than the room's."""
    felt, left = np.empty_like(spend), float(spend[:7].mean())
    for day, amount in enumerate(spend):
        left = decay * left + (1 - decay) * amount
        felt[day] = left
    return felt


def family(rng, *, count=9, days=91, **more):
    """Cells of three retailers whose curves resemble each other; with the true k of each."""
    ks = K * np.exp(rng.normal(0.0, 0.3, count))
    paths = [("onsite", f"retailer {number % 3}", "search", f"brand {number}") for number in range(count)]
    return [made(rng, path=path, days=days, k=k, **more) for path, k in zip(paths, ks, strict=True)], ks
