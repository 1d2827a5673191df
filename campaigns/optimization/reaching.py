"""Target mode: the least budget that reaches a given outcome.

The best outcome is a concave, rising function of the budget, so the least budget is one root; each trial is a whole
allocation with its own proof.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from campaigns.optimization.allocation import Allocation, allocate
from campaigns.optimization.conflict import Conflict
from campaigns.optimization.problem import Problem, Target
from campaigns.optimization.wording import OBJECTIVE_WORDS, amount_in_words, exactly_in_words

_PRECISE = 1e-9
_STEPS = 60
_DOUBLINGS = 10


@dataclass(frozen=True, kw_only=True)
class _Trial:
    budget: float
    allocation: Allocation

    @property
    def outcome(self) -> float:
        """What the budget reaches; less than nothing where it cannot even keep the rules."""
        return -1.0 if self.allocation.objective is None else self.allocation.objective


def reach_target(*, problem: Problem, target: Target, method: str, seed: int = 0) -> Allocation:
    """The best split of the least budget, at most the problem's, whose outcome is the target's.

    Without one the answer is infeasible, and says what the whole budget reaches and what budget would do.
    """

    def tried(budget: float) -> _Trial:
        plain = replace(problem, budget=budget, objective=target.metric, target=None)
        return _Trial(budget=budget, allocation=allocate(problem=plain, method=method, seed=seed, ranges=False))

    whole = tried(problem.budget)
    if not whole.allocation.has_split:
        return whole.allocation
    if whole.outcome < target.value * (1.0 - _PRECISE):
        return _out_of_reach(problem, target, whole, tried)
    least = _least(tried(0.0), whole, target.value, tried)
    plain = replace(problem, budget=least.budget, objective=target.metric, target=None)
    found = allocate(problem=plain, method=method, seed=seed)
    reached = amount_in_words(least.budget, problem.currency)
    goal = f"{OBJECTIVE_WORDS[target.metric]} of {exactly_in_words(target.value)}"
    note = f"{reached} is the least budget that reaches {goal}."
    return replace(found, budget=least.budget, notes=(note, *found.notes))


def _least(short: _Trial, enough: _Trial, goal: float, tried: Callable[[float], _Trial]) -> _Trial:
    """Close in by the line between both ends and by halving in turn: the outcome bends, so a line falls short."""
    if short.outcome >= goal:
        return short
    for step in range(_STEPS):
        apart = enough.budget - short.budget
        if apart <= _PRECISE * enough.budget or enough.outcome - goal <= _PRECISE * abs(goal):
            break
        rise = enough.outcome - short.outcome
        is_line = short.outcome >= 0.0 and rise > 0.0 and step % 3 != 2
        part = min(max((goal - short.outcome) / rise, 1e-3), 1.0 - 1e-3) if is_line else 0.5
        trial = tried(short.budget + part * apart)
        short, enough = (short, trial) if trial.outcome >= goal else (trial, enough)
    return enough


def _out_of_reach(problem: Problem, target: Target, whole: _Trial, tried: Callable[[float], _Trial]) -> Allocation:
    said = f"target of {exactly_in_words(target.value)} {OBJECTIVE_WORDS[target.metric]}"
    lowered = whole.outcome * (1.0 - _PRECISE)
    conflicts = [
        Conflict(
            rule="target",
            kind="target",
            value=target.value,
            value_kind="amount",
            relaxed=lowered,
            sentence=f"Lower the {said} to {exactly_in_words(lowered)}.",
        )
    ]
    more = whole
    for _ in range(_DOUBLINGS):
        more = tried(2.0 * max(more.budget, 1.0))
        if more.outcome >= target.value:
            needed = _least(whole, more, target.value, tried).budget
            conflicts.append(_raised_budget(problem, needed))
            break
    else:
        conflicts.append(_raised_budget(problem, None))
    return replace(
        whole.allocation,
        status="infeasible",
        objective=None,
        spend={},
        marginal_revenue={},
        certificate=None,
        shadow_prices={},
        binding=(),
        conflict=tuple(conflicts),
        notes=(),
    )


def _raised_budget(problem: Problem, needed: float | None) -> Conflict:
    now = amount_in_words(problem.budget, problem.currency)
    words = (
        f"Changing the budget alone is not enough; it stands at {now}."
        if needed is None
        else f"Raise the budget from {now} to {amount_in_words(needed, problem.currency)}."
    )
    return Conflict(
        rule="budget", kind="budget", value=problem.budget, value_kind="amount", relaxed=needed, sentence=words
    )
