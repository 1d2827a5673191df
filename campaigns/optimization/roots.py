"""Many roots of falling functions at once, each between two points that bracket it.

Chandrupatla's method (1997): inverse quadratic interpolation where it is safe, halving where it is not.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from campaigns.optimization.curves import Array

_DOUBLINGS = 12
_STEPS = 90
_LAST_BITS = 4.0 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True, kw_only=True)
class Bracket:
    """Neighbouring points: ``above`` where the function is at least 0, ``below`` where at most 0; all (n,)."""

    above: Array
    below: Array
    excess: Array
    shortfall: Array

    @property
    def share_below(self) -> Array:
        """How far from ``above`` to ``below`` the line between both values crosses zero, 0 to 1."""
        apart = self.excess - self.shortfall
        share: Array = np.where(apart > 0.0, self.excess / np.where(apart > 0.0, apart, 1.0), 0.0)
        return share


def bracket_roots(*, function: Callable[[Array], Array], start: Array, tolerance: Array, reach: float) -> Bracket:
    """Bracket each root, walking out from ``start`` by doubling steps, no further than ``reach`` on either side of 0.

    Stops per root when the value is within ``tolerance`` (both ends are then that point) or the ends are neighbours.
    """
    here = np.clip(start, -reach, reach)
    value = function(here)
    above, below, excess, shortfall = here.copy(), here.copy(), value.copy(), value.copy()
    for doubling in range(_DOUBLINGS):
        searching = np.where(value > 0.0, shortfall > 0.0, excess < 0.0) & (np.abs(value) > tolerance)
        if not searching.any():
            break
        step = np.where(value > 0.0, 1.0, -1.0) * 0.25 * 2.0**doubling
        here = np.where(searching, np.clip(here + step, -reach, reach), here)
        found = function(here)
        falls = searching & (found <= 0.0)
        rises = searching & (found > 0.0)
        below, shortfall = np.where(falls, here, below), np.where(falls, found, shortfall)
        above, excess = np.where(rises, here, above), np.where(rises, found, excess)
    return _narrowed(function, tolerance, above, below, excess, shortfall)


def _narrowed(
    function: Callable[[Array], Array], tolerance: Array, x1: Array, x2: Array, f1: Array, f2: Array
) -> Bracket:
    x3, f3, part = x1, f1, np.full(x1.shape, 0.5)
    done = _is_done(x1, x2, f1, f2, tolerance)
    for _ in range(_STEPS):
        if done.all():
            break
        x = np.where(done, x1, x1 + part * (x2 - x1))
        f = np.where(done, f1, function(x))
        same = (f > 0.0) == (f1 > 0.0)
        x3, f3 = np.where(same, x1, x2), np.where(same, f1, f2)
        x2, f2 = np.where(same | done, x2, x1), np.where(same | done, f2, f1)
        x1, f1 = x, f
        done = done | _is_done(x1, x2, f1, f2, tolerance)
        part = _next_part(x1, x2, x3, f1, f2, f3)
    return _ordered(x1, x2, f1, f2, tolerance)


def _is_done(x1: Array, x2: Array, f1: Array, f2: Array, tolerance: Array) -> np.ndarray:
    close = np.abs(x2 - x1) <= _LAST_BITS * np.maximum(np.maximum(np.abs(x1), np.abs(x2)), 1.0)
    met = np.minimum(np.abs(f1), np.abs(f2)) <= tolerance
    one_sided = (f1 > 0.0) == (f2 > 0.0)
    done: np.ndarray = close | met | one_sided
    return done


def _next_part(x1: Array, x2: Array, x3: Array, f1: Array, f2: Array, f3: Array) -> Array:
    with np.errstate(all="ignore"):
        xi, phi = (x1 - x2) / (x3 - x2), (f1 - f2) / (f3 - f2)
        is_safe = (phi**2 < xi) & ((1.0 - phi) ** 2 < 1.0 - xi)
        bent = f1 / (f2 - f1) * f3 / (f2 - f3) + (x3 - x1) / (x2 - x1) * f1 / (f3 - f1) * f2 / (f3 - f2)
        part = np.where(is_safe & np.isfinite(bent), bent, 0.5)
        least = np.minimum(0.5 * _LAST_BITS * np.maximum(np.abs(x1), 1.0) / np.abs(x2 - x1), 0.5)
        least = np.where(np.isfinite(least), least, 0.5)
    clipped: Array = np.clip(part, least, 1.0 - least)
    return clipped


def _ordered(x1: Array, x2: Array, f1: Array, f2: Array, tolerance: Array) -> Bracket:
    first = np.abs(f1) <= np.abs(f2)
    nearest, value = np.where(first, x1, x2), np.where(first, f1, f2)
    above, excess = np.where(f1 >= f2, x1, x2), np.maximum(f1, f2)
    below, shortfall = np.where(f1 >= f2, x2, x1), np.minimum(f1, f2)
    single = (np.abs(value) <= tolerance) | (excess < 0.0) | (shortfall > 0.0)
    return Bracket(
        above=np.where(single, nearest, above),
        below=np.where(single, nearest, below),
        excess=np.where(single, value, excess),
        shortfall=np.where(single, value, shortfall),
    )
