"""Which markets to treat: many sets screened on history."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from campaigns.measurement.panel import InsufficientData, MeasurementRefused

LEAST_HISTORY_SHARE = 2


@dataclass(frozen=True, kw_only=True, eq=False)
class History:
    """What was seen before any test.

    Attributes:
        units: names, n_units.
        outcome: shape (n_units, n_times).
    """

    units: tuple[str, ...]
    outcome: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.outcome.shape[0] != len(self.units) or not np.all(np.isfinite(self.outcome)):
            raise MeasurementRefused(
                "The history is not complete", "Every unit needs a number in every period.", "outcome"
            )
        if len(set(self.units)) != len(self.units):
            raise MeasurementRefused("A unit stands twice", "Keep one row per unit and period.", "unit")


@dataclass(frozen=True, kw_only=True)
class Screened:
    """One set of markets and what its history promises.

    Attributes:
        units: places of the treated markets.
        detectable: relative lift that the test would show with the power asked for.
        fit: correlation of treated and control totals.
        share: of the whole outcome that would be treated.
        investment: what the smallest detectable lift would cost at the iROAS expected; None without one.
    """

    units: tuple[int, ...]
    detectable: float
    fit: float
    share: float
    investment: float | None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the design should reach.

    Attributes:
        sizes: how many markets may be treated.
        periods: length of the test.
        alpha, power: of the two-sided test.
        expected_iroas: to say what a detectable lift would cost.
        largest_share: of the whole outcome that may be treated.
    """

    sizes: tuple[int, ...]
    periods: int
    alpha: float = 0.1
    power: float = 0.8
    expected_iroas: float | None = None
    largest_share: float = 0.5


def screen_markets(*, history: History, wish: Wish, candidates: int, rng: np.random.Generator) -> tuple[Screened, ...]:
    """Random sets of markets, those that see the smallest lift first.

    Each set's total is regressed on the rest's total, as the test would (Kerman, Wang, Vaver 2017); the predictive
    variance of the summed test period gives the smallest detectable effect, (t₁₋α/₂ + t_power) standard errors
    (Bloom 1995).

    Raises InsufficientData where the history is shorter than twice the test, or too few markets are left as controls.
    """
    count, times = history.outcome.shape
    if times < LEAST_HISTORY_SHARE * wish.periods or times < 8:
        detail = f"{times} periods are there; a test of {wish.periods} needs {max(8, 2 * wish.periods)} before it."
        raise InsufficientData("The history is too short", detail, "time")
    sizes = [size for size in wish.sizes if 1 <= size <= count - 2]
    if not sizes:
        raise InsufficientData(
            "Too few markets", f"{count} markets leave no controls for sets of {wish.sizes}.", "unit"
        )
    sets = _candidate_sets(count, sizes, candidates=candidates, rng=rng)
    membership = np.zeros((len(sets), count))
    for row, chosen in enumerate(sets):
        membership[row, list(chosen)] = 1.0
    found = _screen(history.outcome, membership, wish=wish)
    kept = [
        _screened(chosen, row, figures=found, wish=wish, total=float(history.outcome.sum()) / times)
        for row, chosen in enumerate(sets)
        if found[2, row] <= wish.largest_share and np.isfinite(found[0, row])
    ]
    return tuple(sorted(kept, key=lambda one: one.detectable))


def _screened(chosen: tuple[int, ...], row: int, *, figures: NDArray[np.float64], wish: Wish, total: float) -> Screened:
    detectable, fit, share = (float(value) for value in figures[:, row])
    investment = detectable * share * total * wish.periods / wish.expected_iroas if wish.expected_iroas else None
    return Screened(units=chosen, detectable=detectable, fit=fit, share=share, investment=investment)


def _candidate_sets(
    count: int, sizes: list[int], *, candidates: int, rng: np.random.Generator
) -> list[tuple[int, ...]]:
    """Different random sets, sizes in turn."""
    found: dict[tuple[int, ...], None] = {}
    for attempt in range(candidates * 4):
        size = sizes[attempt % len(sizes)]
        found[tuple(sorted(int(place) for place in rng.choice(count, size, replace=False)))] = None
        if len(found) == candidates:
            break
    return list(found)


def _screen(outcome: NDArray[np.float64], membership: NDArray[np.float64], *, wish: Wish) -> NDArray[np.float64]:
    """Detectable lift, fit and share of every set, shape (3, n_sets)."""
    treated = membership @ outcome
    control = outcome.sum(axis=0) - treated
    times = outcome.shape[1]
    x, y = control - control.mean(axis=1)[:, None], treated - treated.mean(axis=1)[:, None]
    xx, xy, yy = (x * x).sum(axis=1), (x * y).sum(axis=1), (y * y).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = xy / xx
        variance = (yy - slope * xy).clip(min=0) / (times - 2)
        fit = xy / np.sqrt(xx * yy)
        ahead = control[:, -wish.periods :].sum(axis=1) - wish.periods * control.mean(axis=1)
        spread = wish.periods + wish.periods**2 / times + ahead**2 / xx
        degrees = times - 2
        reach = stdtrit(degrees, 1 - wish.alpha / 2) + stdtrit(degrees, wish.power)
        detectable = reach * np.sqrt(variance * spread) / treated[:, -wish.periods :].sum(axis=1)
    detectable = np.where(detectable > 0, detectable, np.inf)
    return np.array([detectable, fit, treated.sum(axis=1) / outcome.sum()])
