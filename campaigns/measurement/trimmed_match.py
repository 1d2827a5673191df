"""Trimmed match: iROAS from randomised pairs of geos, robust against pairs that went astray."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from campaigns.measurement.panel import InsufficientData, MeasurementRefused
from campaigns.measurement.trimmed_pieces import Pieces, pieces_of

MOST_TRIMMED = 0.25
LEAST_PAIRS = 4
NEAR_BEST = 0.25
LARGEST_THRESHOLD = 40.0


@dataclass(frozen=True, kw_only=True)
class PairDifferences:
    """Treated minus control over the test, by pair.

    Attributes:
        response: shape (n_pairs,), in units of the outcome.
        cost: shape (n_pairs,), in currency units.
    """

    response: NDArray[np.float64]
    cost: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.response.shape != self.cost.shape or not np.all(np.isfinite([self.response, self.cost])):
            raise MeasurementRefused(
                "The pairs are not complete", "Every pair needs its response and its cost.", "pair"
            )
        if len(self.response) < LEAST_PAIRS:
            detail = f"Trimmed match needs at least {LEAST_PAIRS} pairs; there are {len(self.response)}."
            raise InsufficientData("Too few pairs", detail, "pair")
        if not np.any(np.abs(self.cost) > 0):
            raise InsufficientData("Spend does not differ in any pair", "iROAS needs a difference in spend.", "cost")


@dataclass(frozen=True, kw_only=True)
class TrimmedMatch:
    """iROAS of the pairs that are left.

    Attributes:
        trimmed_per_side: how many pairs were left out at each end.
        p_value: of iROAS = 0, by the test whose acceptances are the interval.
        trimmed: places of the pairs left out.
    """

    iroas: float
    standard_error: float
    interval: tuple[float, float]
    p_value: float
    trimmed_per_side: int
    trimmed: tuple[int, ...]


def trimmed_match(*, pairs: PairDifferences, confidence: float, trimmed_per_side: int | None = None) -> TrimmedMatch:
    """Chen and Au (2022), "Robust causal inference for incremental return on ad spend with randomized paired geo
    experiments", Annals of Applied Statistics 16(1).

    The estimate makes the trimmed mean of response − iROAS·cost zero; the interval inverts its studentised form with
    the normal quantile, as published. Without ``trimmed_per_side`` the fewest pairs are trimmed whose standard error is
    within 1 + 0.25/√n of the least and whose interval has ends.

    Raises InsufficientData where the interval has no ends.
    """
    spread = _without_ties(pairs)
    counts = [trimmed_per_side] if trimmed_per_side is not None else list(_counts(len(spread.cost)))
    found = [(count, *_estimate(spread, trimmed=count)) for count in counts]
    bound = min(error for *_, error in found) * (1 + NEAR_BEST / np.sqrt(len(spread.cost)))
    threshold = float(ndtri((1 + confidence) / 2))
    ranked = sorted(found, key=lambda one: one[2] > bound)
    count, iroas, error, pieces, interval = _first_with_ends(spread, ranked, threshold=threshold)
    order = np.argsort(pairs.response - iroas * pairs.cost)
    left_out = (*order[:count], *order[len(order) - count :]) if count else ()
    return TrimmedMatch(
        iroas=iroas,
        standard_error=error,
        interval=interval,
        p_value=_p_value(pieces),
        trimmed_per_side=count,
        trimmed=tuple(sorted(int(place) for place in left_out)),
    )


def _first_with_ends(
    pairs: PairDifferences, ranked: list[tuple[int, float, float]], *, threshold: float
) -> tuple[int, float, float, Pieces, tuple[float, float]]:
    for count, iroas, error in ranked:
        pieces = pieces_of(response=pairs.response, cost=pairs.cost, trimmed=count)
        interval = pieces.accepted(threshold=threshold)
        if interval is not None and np.all(np.isfinite(interval)):
            return count, iroas, error, pieces, interval
    detail = "No iROAS can be ruled out; more pairs or more spend are needed."
    raise InsufficientData("Spend differs too little within pairs", detail, "cost")


def _counts(pairs: int) -> Iterator[int]:
    most = min(0.5 - 1 / pairs, MOST_TRIMMED)
    return (count for count in range(pairs) if count / pairs <= most)


def _without_ties(pairs: PairDifferences) -> PairDifferences:
    """Ties broken by less than rounding, so that every crossing of two pairs has a place."""
    nudge = np.arange(len(pairs.cost)) * 2.0**-40
    return PairDifferences(
        response=(pairs.response + np.finfo(float).tiny) * (1 + (np.arange(len(pairs.cost)) ** 1.5) * 2.0**-40),
        cost=(pairs.cost + np.finfo(float).tiny) * (1 + nudge),
    )


def _estimate(pairs: PairDifferences, *, trimmed: int) -> tuple[float, float]:
    """The zero of the trimmed mean and its standard error; of several zeros the one with the most symmetric rest."""
    pieces = pieces_of(response=pairs.response, cost=pairs.cost, trimmed=trimmed)
    zeros = pieces.zeros()
    if not len(zeros):
        raise InsufficientData("Spend does not differ enough", "The pairs left after trimming have no spend.", "cost")
    best = min((float(one) for one in zeros), key=lambda iroas: _asymmetry(pairs, iroas, trimmed=trimmed))
    return best, _standard_error(pairs, best, trimmed=trimmed)


def _asymmetry(pairs: PairDifferences, iroas: float, *, trimmed: int) -> float:
    left = np.sort(pairs.response - iroas * pairs.cost)
    kept = left[trimmed : len(left) - trimmed]
    return float(np.abs(kept + kept[::-1]).sum())


def _standard_error(pairs: PairDifferences, iroas: float, *, trimmed: int) -> float:
    """Equation 8.2 of the paper: winsorised squares of the residuals over the trimmed mean of cost."""
    left = pairs.response - iroas * pairs.cost
    order = np.argsort(left)
    kept = order[trimmed : len(order) - trimmed]
    squares = float(np.sum(left[kept] ** 2) + trimmed * (left[kept[0]] ** 2 + left[kept[-1]] ** 2))
    mean_cost = pairs.cost[kept].sum() / len(left)
    return float(np.sqrt(squares) / (abs(mean_cost) * len(left))) if mean_cost else float("inf")


def _p_value(pieces: Pieces) -> float:
    """The level at which zero leaves the interval."""
    low, high = 0.0, LARGEST_THRESHOLD
    for _ in range(60):
        middle = (low + high) / 2
        accepted = pieces.accepted(threshold=middle)
        if accepted is not None and accepted[0] <= 0 <= accepted[1]:
            high = middle
        else:
            low = middle
    return float(2 * ndtr(-high))
