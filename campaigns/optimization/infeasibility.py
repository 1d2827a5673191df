"""Why no split keeps every rule: a smallest set of rules that contradict, and what would resolve it.

The rules blamed by a linear programme that lets all give way alike contradict each other (Farkas); dropping them one at
a time leaves a set in which every rule is needed (deletion filter; Chinneck, Feasibility and Infeasibility in
Optimization, 2008). Each is then relaxed alone, all others kept.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from campaigns.optimization.conflict import Conflict
from campaigns.optimization.feasibility import TOLERANCE, best_return, least_common_slack, least_slack
from campaigns.optimization.large_conflicts import explain_large_conflict
from campaigns.optimization.limits import Limit, limits_of
from campaigns.optimization.model import BUDGET, Model, build_model
from campaigns.optimization.problem import Problem
from campaigns.optimization.wording import loosely_rounded, remedy_in_words

_HALVINGS = 20
# With more the programmes take minutes.
MOST_CELLS = 300


def explain_conflict(*, problem: Problem) -> tuple[Conflict, ...]:
    """The rules that contradict each other, each with its smallest remedy; empty when all can be kept."""
    if len(problem.cells) > MOST_CELLS:
        return explain_large_conflict(problem=problem)
    model, limits = _free_model(problem), limits_of(problem=problem)
    slack = least_common_slack(model=model, limits=limits)
    if slack.amount <= TOLERANCE:
        return ()
    blamed = [limit for limit in limits if limit.name in slack.blamed]
    core = _smallest(model, _with_budget_of_reserve(limits, blamed))
    core = _with_budget_of_reserve(limits, core)
    return tuple(_conflict(problem, model, limits, limit) for limit in core)


def _with_budget_of_reserve(limits: Sequence[Limit], some: Sequence[Limit]) -> list[Limit]:
    """A reserve holds back a part of the budget, so the budget is a party to its contradictions."""
    is_half = any(limit.kind == "reserve" for limit in some) and all(limit.kind != BUDGET for limit in some)
    return [limits[0], *some] if is_half else list(some)


def _free_model(problem: Problem) -> Model:
    """The curves without any bound: the limits say it all."""
    model = build_model(problem=problem)
    amounts = [limit.value for limit in limits_of(problem=problem) if limit.value_kind == "amount"]
    most = 2.0 * max(model.unit, sum(amounts))
    count = model.count
    return replace(
        model,
        lower=np.zeros(count),
        upper=np.full(count, most),
    )


def _smallest(model: Model, limits: Sequence[Limit]) -> list[Limit]:
    """Drop every limit without which the others still contradict. Reserves go first, so that the budget is blamed."""
    core = list(limits)
    for limit in sorted(limits, key=lambda candidate: candidate.kind != "reserve"):
        others = [other for other in core if other.name != limit.name]
        if others and least_common_slack(model=model, limits=others).amount > TOLERANCE:
            core = others
    return core


def _conflict(problem: Problem, model: Model, limits: Sequence[Limit], limit: Limit) -> Conflict:
    relaxed = _relaxed_value(problem, model, limits, limit)
    rounded = None if relaxed is None else loosely_rounded(relaxed, up=relaxed > limit.value)
    return Conflict(
        rule=limit.name,
        kind=limit.kind,
        value=limit.value,
        value_kind=limit.value_kind,
        relaxed=rounded,
        sentence=remedy_in_words(
            name=limit.name,
            is_rule=limit.kind not in (BUDGET, "minimum", "maximum"),
            value=limit.value,
            relaxed=rounded,
            value_kind=limit.value_kind,
            currency=problem.currency,
        ),
    )


def _relaxed_value(problem: Problem, model: Model, limits: Sequence[Limit], limit: Limit) -> float | None:
    others = [other for other in limits if other.name != limit.name]
    if limit.kind == "roas_floor":
        members = (limit.rows[0].spend > 0.0).astype(np.float64)
        best = best_return(model=model, limits=others, members=members)
        return None if best is None else min(best, limit.value)
    if limit.kind in ("oos_threshold", "min_spend"):
        return _relaxed_by_search(problem, model, limit)
    slack = least_slack(model=model, limits=limits, of=limit)
    if slack is None:
        return None
    if limit.kind == "fixed":
        spent = float(limit.rows[0].spend @ slack.spend)
        return spent / problem.budget if limit.value_kind == "share" else spent
    loosens_down = limit.kind in ("node_floor", "reserve", "minimum")
    value = limit.value - slack.amount if loosens_down else limit.value + slack.amount
    is_possible = value >= -TOLERANCE and (limit.kind != "node_cap" or limit.value_kind == "amount" or value <= 1.0)
    return max(value, 0.0) if is_possible else None


def _relaxed_by_search(problem: Problem, model: Model, limit: Limit) -> float | None:
    """Values for which no programme is linear: stock thresholds one cell at a time, least spends by halving."""

    def keeps_all(value: float) -> bool:
        rules = tuple(replace(rule, value=value) if rule.name == limit.name else rule for rule in problem.rules)
        changed = limits_of(problem=replace(problem, rules=rules))
        return least_common_slack(model=model, limits=changed).amount <= TOLERANCE

    if limit.kind == "oos_threshold":
        chances = sorted({cell.oos_probability or 0.0 for cell in problem.cells})
        return next((chance for chance in chances if chance > limit.value and keeps_all(chance)), None)
    low, high = 0.0, limit.value
    if not keeps_all(low):
        return None
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if keeps_all(middle) else (low, middle)
    return low
