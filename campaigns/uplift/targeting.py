"""Whom to treat with a budget: segments of people as cells of the allocator that splits every other budget."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import problem_from_json
from campaigns.uplift.judgement import Judgement
from campaigns.uplift.trial import Floats, UpliftRefused

# Treating half of a segment brings half of its effect: a saturating curve so far from its bend that it is straight.
STRAIGHT = 1e6
DRAWS = 2_000


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What treating costs and brings.

    Attributes:
        budget, cost: money in all, and per person treated.
        value: margin of one more unit of the outcome.
        audience: people there are to treat; None takes the trial's own number.
    """

    budget: float
    cost: float
    value: float
    currency: str
    audience: int | None = None

    def __post_init__(self) -> None:
        for name, least in (("budget", 0.0), ("cost", 0.0), ("value", 0.0)):
            given = getattr(self, name)
            if not np.isfinite(given) or given <= least:
                raise UpliftRefused("The offer is impossible", f"Give a {name} above zero.", name)
        if self.audience is not None and self.audience < 1:
            raise UpliftRefused("The offer is impossible", "Give an audience of one person or more.", "audience")


@dataclass(frozen=True, kw_only=True)
class Segment:
    """People of neighbouring predictions.

    Attributes:
        effect: expected of one treated person, in units of the outcome.
        treated: how many of ``people`` to treat.
    """

    people: float
    effect: float
    treated: float
    spend: float


@dataclass(frozen=True, kw_only=True)
class Targeting:
    """The split of the budget over segments, and what it is worth.

    Attributes:
        gain, gain_interval: margin after the cost of treating; the interval from the calibration's uncertainty.
        at_random: the same of treating as many people at random.
        certificate_gap: of the allocator's proof.
    """

    segments: tuple[Segment, ...]
    spend: float
    gain: float
    gain_interval: tuple[float, float]
    at_random: float
    certificate_gap: float
    claim: str


def target(
    *, judgement: Judgement, people: int, offer: Offer, confidence: float, rng: np.random.Generator
) -> Targeting:
    """Treat the segments that bring most per money until budget or worth ends; ``people`` were in the trial.

    A segment's effect is its prediction put right by the calibration line; where people are not shown to differ, every
    segment has the average effect and nobody is preferred.
    """
    found = np.array([one.people for one in judgement.bins], dtype=np.float64)
    away = _away(judgement, found)
    effects = judgement.average + _used_slope(judgement) * away
    sizes = found * (offer.audience or people) / found.sum()
    spend, gap = _allocated(effects, sizes, offer=offer)
    treated = spend / offer.cost
    drawn = _drawn_effects(judgement, away, confidence=confidence, rng=rng)
    gains = drawn @ treated * offer.value - spend.sum()
    low, high = np.quantile(gains, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Targeting(
        segments=tuple(
            Segment(
                people=float(sizes[place]),
                effect=float(effects[place]),
                treated=float(treated[place]),
                spend=float(spend[place]),
            )
            for place in range(len(sizes))
        ),
        spend=float(spend.sum()),
        gain=float(effects @ treated * offer.value - spend.sum()),
        gain_interval=(float(low), float(high)),
        at_random=float(judgement.average * treated.sum() * offer.value - spend.sum()),
        certificate_gap=gap,
        claim=_claim(treated=float(treated.sum()), low=float(low), high=float(high), differs=judgement.differs),
    )


def _away(judgement: Judgement, people: Floats) -> Floats:
    """How far each segment's mean prediction is from everybody's."""
    means = np.array([one.predicted for one in judgement.bins])
    return np.asarray(means - float(people @ means) / people.sum(), dtype=np.float64)


def _used_slope(judgement: Judgement) -> float:
    return judgement.slope if judgement.differs else 0.0


def _allocated(effects: Floats, people: Floats, *, offer: Offer) -> tuple[Floats, float]:
    """Spend by segment with the proof's gap; segments whose effect is not above zero are never treated."""
    useful = np.flatnonzero(effects > 0)
    spend = np.zeros(len(effects))
    if not len(useful):
        return spend, 0.0
    cells = []
    for place in useful.tolist():
        most = float(people[place] * offer.cost)
        k = STRAIGHT * most
        beta = float(effects[place] * offer.value / offer.cost) * k
        curve = {"kind": "michaelis_menten", "beta": beta, "k": k}
        cells.append(
            {"id": str(place), "path": [f"segment {place + 1}"], "max": most, "margin_rate": 1.0, "curve": curve}
        )
    document = {"budget": offer.budget, "currency": offer.currency, "objective": "profit", "cells": cells, "rules": []}
    found = allocate(problem=problem_from_json(document), method="auto")
    if found.status != "optimal" or found.certificate is None:
        raise UpliftRefused("No split could be proved best", " ".join(found.notes), "budget")
    for name, amount in found.spend.items():
        spend[int(name)] = amount
    return spend, float(found.certificate.gap)


def _drawn_effects(judgement: Judgement, away: Floats, *, confidence: float, rng: np.random.Generator) -> Floats:
    """Draws of the segments' effects, shape (DRAWS, n_segments): average and slope are uncorrelated once centred."""
    average = _drawn(judgement.average, judgement.average_interval, confidence=confidence, rng=rng)
    if not judgement.differs:
        return np.repeat(average[:, None], len(away), axis=1)
    slope = _drawn(judgement.slope, judgement.slope_interval, confidence=confidence, rng=rng)
    return np.asarray(average[:, None] + slope[:, None] * away, dtype=np.float64)


def _drawn(mean: float, interval: tuple[float, float], *, confidence: float, rng: np.random.Generator) -> Floats:
    reach = float(ndtri((1 + confidence) / 2))
    return rng.normal(mean, (interval[1] - interval[0]) / 2 / reach, DRAWS)


def _claim(*, treated: float, low: float, high: float, differs: bool) -> str:
    if treated < 0.5:
        return "Treat nobody: no segment is worth its cost."
    if low <= 0 <= high:
        return "That treating these people pays is not shown: the interval of the gain holds zero."
    if low > 0:
        whom = "the segments that gain most" if differs else "people at random"
        return f"Treating {whom} pays: the interval of the gain is above zero."
    return "Treating these people loses money."
