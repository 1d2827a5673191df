"""Is the ranking of people any good? Qini and calibration with intervals, and what may be claimed."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from campaigns.uplift.calibration import calibrate
from campaigns.uplift.trial import Floats, Predicted

POINTS, BINS, RESAMPLES = 20, 10, 400
LEAST_IN_BIN = 50


@dataclass(frozen=True, kw_only=True)
class CurvePoint:
    """Effect gathered when this share of people, those ranked highest, is treated; per person of the trial."""

    share: float
    gained: float
    low: float
    high: float
    at_random: float


@dataclass(frozen=True, kw_only=True)
class Bin:
    """People of neighbouring predictions: what was predicted, and what they showed with its interval."""

    people: int
    predicted: float
    observed: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """How well predictions rank, and whether they say how much.

    Attributes:
        average, average_interval: effect of treating everybody, per person.
        qini, qini_interval: area between the curve and treating at random, per person (Radcliffe 2007).
        slope, slope_interval: of the observed effect on the predicted one; one is calibrated, zero knows nothing
            (best linear predictor; Chernozhukov, Demirer, Duflo, Fernández-Val 2018).
        p_value: one-sided, of a slope of zero or less: that people do not differ as predicted. It and the interval are
            of one test, so they never contradict each other.
        differs: whether people may be said to differ as predicted.
        claim: in words.
    """

    average: float
    average_interval: tuple[float, float]
    qini: float
    qini_interval: tuple[float, float]
    slope: float
    slope_interval: tuple[float, float]
    p_value: float
    differs: bool
    claim: str
    curve: tuple[CurvePoint, ...]
    bins: tuple[Bin, ...]


def judge(*, predicted: Predicted, scores: Floats, confidence: float, rng: np.random.Generator) -> Judgement:
    """Judge predictions by unbiased scores of everybody in the trial, shape (n_trial,).

    The average is of everybody; the rest is of the people predicted, each compared with others of the same block.
    Intervals of the mean, the slope and the bins are t intervals with robust errors; those of the curve and Qini come
    from resampling people.
    """
    average, error = float(scores.mean()), float(scores.std(ddof=1) / np.sqrt(len(scores)))
    reach = float(stdtrit(len(scores) - 1, (1 + confidence) / 2)) * error
    own = scores[predicted.people]
    calibration = calibrate(predicted=predicted, scores=own)
    ends = calibration.interval(confidence=confidence)
    standing, effect = _standing(predicted), _levelled(predicted)
    curve, qini, qini_interval = _curve(standing, own, confidence=confidence, rng=rng)
    differs = calibration.p_value < (1 - confidence) / 2
    interval = (average - reach, average + reach)
    return Judgement(
        average=average,
        average_interval=interval,
        qini=qini,
        qini_interval=qini_interval,
        slope=calibration.slope,
        slope_interval=ends,
        p_value=calibration.p_value,
        differs=differs,
        claim=_claim(interval, differs=differs),
        curve=curve,
        bins=_bins(standing, effect, own, confidence=confidence),
    )


def _standing(predicted: Predicted) -> Floats:
    """Where each person stands in their block, 1 for the highest prediction: blocks are of different models."""
    standing = np.empty(len(predicted.effect))
    for block in np.unique(predicted.block):
        inside = np.flatnonzero(predicted.block == block)
        order = np.argsort(-predicted.effect[inside], kind="stable")
        standing[inside[order]] = 1 - (np.arange(len(inside)) + 0.5) / len(inside)
    return standing


def _levelled(predicted: Predicted) -> Floats:
    """Predictions with one mean in every block: blocks are made by chance, so their true means are alike."""
    counts = np.bincount(predicted.block)
    means = np.bincount(predicted.block, weights=predicted.effect) / np.maximum(counts, 1)
    return np.asarray(predicted.effect - means[predicted.block] + predicted.effect.mean(), dtype=np.float64)


def _claim(average: tuple[float, float], *, differs: bool) -> str:
    if differs:
        return "People differ as predicted: treating those ranked highest brings more than treating as many at random."
    if average[0] > 0:
        return "The treatment works on average; that people differ as predicted is not shown. Treat at random."
    if average[1] < 0:
        return "The treatment does harm on average, and nobody is shown to gain. Do not treat."
    return "Neither an effect on average nor a difference between people is shown."


def _curve(
    standing: Floats, scores: Floats, *, confidence: float, rng: np.random.Generator
) -> tuple[tuple[CurvePoint, ...], float, tuple[float, float]]:
    """Resampling keeps each person's rank, so a resample is a draw of multinomial weights along the ranking."""
    count = len(scores)
    ranked = scores[np.argsort(-standing, kind="stable")]
    ends = np.linspace(0, count, POINTS + 1).astype(int)
    block = np.repeat(np.arange(POINTS), np.diff(ends))
    shares = ends / count
    own = _areas(np.add.reduceat(ranked, ends[:-1])[None, :] / count, shares)
    drawn = np.empty((RESAMPLES, POINTS))
    for row in range(RESAMPLES):
        picked = rng.integers(0, count, count)
        drawn[row] = np.bincount(block[picked], weights=ranked[picked], minlength=POINTS) / count
    curves = _areas(drawn, shares)
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    low, high = np.quantile(curves[0], tails, axis=0)
    points = tuple(
        CurvePoint(
            share=float(shares[place]),
            gained=float(own[0][0, place]),
            low=float(low[place]),
            high=float(high[place]),
            at_random=float(shares[place] * own[0][0, -1]),
        )
        for place in range(POINTS + 1)
    )
    ends_of_qini = np.quantile(curves[1], tails)
    return points, float(own[1][0]), (float(ends_of_qini[0]), float(ends_of_qini[1]))


def _areas(blocks: Floats, shares: Floats) -> tuple[Floats, Floats]:
    """Gathered effect by share, shape (rows, POINTS + 1), and the area over the straight line, shape (rows,)."""
    gathered = np.concatenate([np.zeros((len(blocks), 1)), np.cumsum(blocks, axis=1)], axis=1)
    return gathered, np.trapezoid(gathered - gathered[:, -1:] * shares, shares, axis=1)


def _bins(standing: Floats, effect: Floats, scores: Floats, *, confidence: float) -> tuple[Bin, ...]:
    """Highest predictions first."""
    count = max(2, min(BINS, len(scores) // LEAST_IN_BIN))
    found = []
    for people in np.array_split(np.argsort(-standing, kind="stable"), count):
        own = scores[people]
        reach = float(stdtrit(len(own) - 1, (1 + confidence) / 2)) * float(own.std(ddof=1)) / np.sqrt(len(own))
        observed = float(own.mean())
        found.append(
            Bin(
                people=len(own),
                predicted=float(effect[people].mean()),
                observed=observed,
                low=float(observed - reach),
                high=float(observed + reach),
            )
        )
    return tuple(found)
