"""Many worlds judged: paired differences, coverage, regret, accuracy of iROAS, all with bootstrap intervals."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from campaigns.judging.splits import Planned, Split, by_attributed_revenue, by_attributed_roas, last_period, planned
from campaigns.judging.worlds import DAYS, JudgedWorld, judged_world
from campaigns.planning.evaluation import Array
from campaigns.planning.history import Path
from campaigns.planning.proposal import ProposalInputs, fit_cells
from campaigns.simulation.truth import true_response

HEURISTICS: Mapping[str, Callable[..., Split]] = {
    "attributed_roas": by_attributed_roas,
    "proportional": by_attributed_revenue,
    "last_period": last_period,
}
PLANNERS = ("planner", "planner_with_lift_tests")
SHARE = 0.8
RESAMPLES = 5_000
ATTRIBUTED = "attributed_roas"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A mean over worlds and its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the worlds said.

    Attributes:
        share_of_oracle: true incremental margin relative to the best possible, by split.
        gain_over_attributed_roas: paired difference of that share, by split.
        regret: of the planners, USD per period.
        coverage: share of worlds whose true margin is inside the planner's 80 % interval.
        cell_coverage: share of cells with spend whose true iROAS is inside their 80 % interval, mean over worlds.
        iroas_error: mean absolute relative error of iROAS over cells with spend, by estimator.
        iroas_gain: paired difference of that error, attributed ROAS less the planner's, by planner.
    """

    worlds: int
    seed: int
    share_of_oracle: Mapping[str, Figure]
    gain_over_attributed_roas: Mapping[str, Figure]
    regret: Mapping[str, Figure]
    coverage: Mapping[str, Figure]
    cell_coverage: Mapping[str, Figure]
    iroas_error: Mapping[str, Figure]
    iroas_gain: Mapping[str, Figure]


@dataclass(frozen=True, kw_only=True)
class _Verdict:
    margins: Mapping[str, float]
    best: float
    covered: Mapping[str, bool]
    cells_covered: Mapping[str, float]
    errors: Mapping[str, float]


def judge_planner(
    *, worlds: int, seed: int, method: str = "auto", progress: Callable[[int], None] = lambda done: None
) -> Judgement:
    """Judge ``worlds`` worlds, numbered from ``seed``; resampling is of whole worlds.

    Raises ValueError for fewer than two worlds.
    """
    if worlds < 2 or seed < 0:
        raise ValueError("At least two worlds and a seed of zero or more are needed.")
    verdicts = []
    for number in range(seed, seed + worlds):
        verdicts.append(_judge(judged_world(seed=number), method=method))
        progress(len(verdicts))
    rng = np.random.default_rng(seed)
    shares = {name: np.array([one.margins[name] / one.best for one in verdicts]) for name in verdicts[0].margins}
    lost = {name: np.array([one.best - one.margins[name] for one in verdicts]) for name in PLANNERS}
    errors = {name: np.array([one.errors[name] for one in verdicts]) for name in verdicts[0].errors}
    return Judgement(
        worlds=worlds,
        seed=seed,
        share_of_oracle={name: _figure(values, rng) for name, values in shares.items()},
        gain_over_attributed_roas={
            name: _figure(values - shares[ATTRIBUTED], rng) for name, values in shares.items() if name != ATTRIBUTED
        },
        regret={name: _figure(values, rng) for name, values in lost.items()},
        coverage={name: _figure(np.array([float(one.covered[name]) for one in verdicts]), rng) for name in PLANNERS},
        cell_coverage={
            name: _figure(np.array([one.cells_covered[name] for one in verdicts]), rng) for name in PLANNERS
        },
        iroas_error={name: _figure(values, rng) for name, values in errors.items()},
        iroas_gain={name: _figure(errors[ATTRIBUTED] - errors[name], rng) for name in PLANNERS},
    )


def _judge(judged: JudgedWorld, *, method: str) -> _Verdict:
    inputs = ProposalInputs(
        constraints={"budget": judged.budget},
        currency="USD",
        histories=judged.histories,
        beliefs=judged.assumed,
        horizon_days=DAYS,
        method=method,
        seed=judged.world.seed,
        attribution_windows=(14,),
    )
    rng = np.random.default_rng(judged.world.seed)
    cells = fit_cells(inputs=inputs, rng=rng, progress=lambda percent, step: None)
    made = {
        name: planned(cells=cells, budget=judged.budget, beliefs=beliefs, method=method, rng=rng)
        for name, beliefs in zip(PLANNERS, (judged.assumed, judged.tested), strict=True)
    }
    margins = {name: judged.margin(split(histories=judged.histories)) for name, split in HEURISTICS.items()}
    margins |= {name: judged.margin(plan.spend) for name, plan in made.items()}
    return _Verdict(
        margins=margins | {"oracle": judged.best},
        best=judged.best,
        covered={name: _covers(plan.margin_draws, margins[name]) for name, plan in made.items()},
        cells_covered={name: _cells_covered(judged, plan) for name, plan in made.items()},
        errors=_iroas_errors(judged, made),
    )


def _covers(draws: Array, truth: float) -> bool:
    low, high = np.quantile(draws, [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return bool(low <= truth <= high)


def _iroas_errors(judged: JudgedWorld, made: Mapping[str, Planned]) -> dict[str, float]:
    """Of the planners at their own spend; of attributed ROAS, taken for iROAS, at the last period's spend."""
    errors = {name: _mean_error(judged, plan.iroas, plan.spend) for name, plan in made.items()}
    spent = [history for history in judged.histories if history.total_spend > 0]
    attributed = {history.path: history.total_revenue / history.total_spend for history in spent}
    return errors | {ATTRIBUTED: _mean_error(judged, attributed, last_period(histories=spent))}


def _cells_covered(judged: JudgedWorld, plan: Planned) -> float:
    truth = _true_iroas(judged, plan.spend, plan.iroas_draws)
    return float(np.mean([_covers(draws, truth[path]) for path, draws in plan.iroas_draws.items()]))


def _true_iroas(judged: JudgedWorld, spend: Split, paths: Collection[Path]) -> Split:
    return {
        path: float(true_response(world=judged.lived, cell=path, spend=spend[path] / DAYS)) * DAYS / spend[path]
        for path in paths
    }


def _mean_error(judged: JudgedWorld, said: Split, spend: Split) -> float:
    truth = _true_iroas(judged, spend, said)
    return float(np.mean([abs(said[path] / truth[path] - 1) for path in said]))


def _figure(values: Array, rng: np.random.Generator) -> Figure:
    means = values[rng.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Figure(mean=float(values.mean()), low=float(low), high=float(high))
