"""How sure a split is: what it brings over the draws of the responses, on average and when things go badly."""

from dataclasses import dataclass

import numpy as np

from campaigns.optimization.curves import Array
from campaigns.optimization.draws import NoDraws, draws_together, revenue_by_draw
from campaigns.optimization.model import Model, build_model
from campaigns.optimization.problem import Problem

_NORMAL_90 = 1.6449  # a 90% interval reaches so many standard errors to each side
Range = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Sureness:
    """What a split brings over the draws.

    Attributes:
        mean: expected objective.
        interval: 5th and 95th percentile of the objective.
        worst: mean objective of the worst share of draws.
        worst_interval: 90% interval of that mean, for there are only so many draws.
        floor_chance: probability that attributed revenue is at least the floor times spend; None without a floor.
        floor_chance_interval: 90% interval of that probability, for the same reason.
        beats_current: probability that the split brings more than the current one.
        beats_current_interval: 90% interval of that probability.
    """

    mean: float
    interval: Range
    worst: float
    worst_interval: Range
    floor_chance: float | None
    floor_chance_interval: Range | None
    beats_current: float
    beats_current_interval: Range


@dataclass(frozen=True, kw_only=True)
class Risk:
    """A split chosen for its worst draws.

    Attributes:
        worst_share: the part of draws that counts as worst.
        draws: how many there are.
        bound: no split that keeps the rules brings more on average in its worst draws.
        chosen: how sure the split is.
        best_on_average: how sure the split is that brings most on average over all draws.
    """

    worst_share: float
    draws: int
    bound: float
    chosen: Sureness
    best_on_average: Sureness


def sureness_of(*, problem: Problem, spend: Array, share: float, roas_floor: float | None = None) -> Sureness:
    """How sure a split is, over the draws of the responses; ``share`` is the part of draws that counts as worst.

    Without a floor given, the problem's own for the whole plan is meant.

    Raises:
        NoDraws: no draws, or not the same number of them in every cell that has any.
    """
    model = drawn_model(problem=problem)
    outcomes = outcomes_by_draw(model=model, spend=spend)
    current = np.array([cell.current for cell in problem.cells])
    own = [rule.value for rule in problem.rules if rule.kind == "roas_floor" and not rule.path]
    floor = max(own, default=None) if roas_floor is None else roas_floor
    chance = None
    if floor is not None:
        earned = revenue_by_draw(model=model, spend=spend).sum(axis=0)
        chance = float(np.mean(earned >= floor * spend.sum()))
    better = float(np.mean(outcomes > outcomes_by_draw(model=model, spend=current)))
    low, high = np.percentile(outcomes, [5.0, 95.0])
    return Sureness(
        mean=float(outcomes.mean()),
        interval=(float(low), float(high)),
        worst=worst_mean(outcomes=outcomes, share=share),
        worst_interval=worst_interval(outcomes=outcomes, share=share),
        floor_chance=chance,
        floor_chance_interval=None if chance is None else chance_interval(chance=chance, draws=outcomes.size),
        beats_current=better,
        beats_current_interval=chance_interval(chance=better, draws=outcomes.size),
    )


def drawn_model(*, problem: Problem) -> Model:
    """The model of a problem whose responses have draws.

    Raises:
        NoDraws: there are none, or the cells have different numbers of them.
    """
    model = build_model(problem=problem)
    if draws_together(responses=model.responses) == 1:
        raise NoDraws("No cell has draws, so nothing is known of how unsure its response is.")
    return model


def outcomes_by_draw(*, model: Model, spend: Array) -> Array:
    """The objective in each draw, shape (n_draws,).

    Raises:
        NoDraws: not the same number of draws in every cell that has any.
    """
    outcomes: Array = model.weight @ revenue_by_draw(model=model, spend=spend) - model.cost @ spend
    return outcomes


def worst_mean(*, outcomes: Array, share: float) -> float:
    """Mean of the worst ``share`` of equally likely outcomes; the last one counted in part."""
    counted = share * outcomes.size
    weights = np.clip(counted - np.arange(outcomes.size), 0.0, 1.0) / counted
    return float(np.sort(outcomes) @ weights)


def worst_interval(*, outcomes: Array, share: float) -> Range:
    """90% interval of the mean of the worst share, from how the shortfalls below its threshold scatter.

    The mean is threshold - E[shortfall] / share (Rockafellar and Uryasev 2000); a mean of n shortfalls scatters as
    their spread over sqrt(n).
    """
    threshold = float(np.quantile(outcomes, share))
    shortfall = np.maximum(threshold - outcomes, 0.0)
    error = float(shortfall.std()) / (share * np.sqrt(outcomes.size))
    worst = worst_mean(outcomes=outcomes, share=share)
    return worst - _NORMAL_90 * error, worst + _NORMAL_90 * error


def chance_interval(*, chance: float, draws: int) -> Range:
    """90% interval of a share of draws (Wilson 1927): never of no width, and within 0 and 1."""
    square = _NORMAL_90**2
    middle = (chance + square / (2.0 * draws)) / (1.0 + square / draws)
    half = float(np.sqrt(chance * (1.0 - chance) / draws + square / (4.0 * draws**2)))
    half *= _NORMAL_90 / (1.0 + square / draws)
    return max(middle - half, 0.0), min(middle + half, 1.0)
