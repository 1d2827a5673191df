"""Ranges of rules that share the price of money with others: split again until another rule binds.

ROAS floors, change limits and limits that are shares of the budget move several cells or rules at once, so no single
price tells how far they may move. The plan is split again at other values of the rule until another rule begins or
ceases to bind; the value where it does is then closed in by halving.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from campaigns.optimization.model import BUDGET, build_model
from campaigns.optimization.prices import ShadowPrice
from campaigns.optimization.problem import Problem
from campaigns.optimization.tightness import binding_names
from campaigns.optimization.what_if import NotPrepared, Prepared, prepare, solve_again

MOST_CELLS, MOST_RULES = 400, 6
MOST_SLOW_RULES = 1  # each of them multiplies what one split takes, and a range takes some fifty splits
SLOW_KINDS = ("roas_floor", "min_spend")
_FIRST, _STEPS, _HALVINGS = 1e-3, 15, 10
_REASON = "Between these values the same rules bind; found by splitting the plan again."
_ENDLESS = "From this value upward the same rules bind, as far as was tried."

Binding = tuple[str, ...]


def with_tried_ranges(*, problem: Problem, prices: Mapping[str, ShadowPrice]) -> dict[str, ShadowPrice]:
    """The prices with a range for every rule that has none yet, where the plan is small enough to be split again."""
    values = {BUDGET: problem.budget} | {rule.name: rule.value for rule in problem.rules}
    open_names = [
        name
        for name, price in prices.items()
        if price.valid_from is None and price.valid_to is None and values.get(name, 0.0) > 0.0
    ]
    slow = sum(rule.kind in SLOW_KINDS for rule in problem.rules)
    if not open_names or len(problem.cells) > MOST_CELLS or slow > MOST_SLOW_RULES:
        return dict(prices)
    try:
        prepared = prepare(problem=problem)
    except NotPrepared:
        return dict(prices)
    changed = dict(prices)
    for name in open_names[:MOST_RULES]:
        changed[name] = _ranged(prepared, name, values[name], prices[name])
    return changed


def _ranged(prepared: Prepared, name: str, value: float, price: ShadowPrice) -> ShadowPrice:
    def binding(tried: float) -> Binding | None:
        return _binding(prepared, with_value(prepared.problem, name, tried))

    here = binding(value)
    if here is None or name not in here:
        return price
    low = _end(lambda tried: binding(tried) == here, value, down=True, most=None)
    most = min(_largest(prepared.problem, name), prepared.most if name == BUDGET else float("inf"))
    high = _end(lambda tried: binding(tried) == here, value, down=False, most=most)
    return replace(price, valid_from=low or 0.0, valid_to=high, validity=_REASON if high is not None else _ENDLESS)


def _end(is_same: Callable[[float], bool], value: float, *, down: bool, most: float | None) -> float | None:
    """The last value in one direction at which the same rules bind; None where there is no end in sight."""
    same, step = value, _FIRST * value
    for _ in range(_STEPS):
        tried = max(value - step, 0.0) if down else min(value + step, most or value)
        if not is_same(tried):
            break
        same = tried
        if tried in (0.0, most):
            return tried
        step *= 2.0
    else:
        return 0.0 if down else None
    for _ in range(_HALVINGS):
        middle = 0.5 * (same + tried)
        same, tried = (middle, tried) if is_same(middle) else (same, middle)
    return same


def _binding(prepared: Prepared, problem: Problem) -> Binding | None:
    try:
        answer = solve_again(prepared=prepared, problem=problem)
    except NotPrepared:
        return None
    if answer.status != "optimal":
        return None
    return binding_names(model=build_model(problem=problem), spend=answer.spend)


def with_value(problem: Problem, name: str, value: float) -> Problem:
    """The problem with another budget, or another value of the rule of that name."""
    if name == BUDGET:
        return replace(problem, budget=value)
    return replace(
        problem, rules=tuple(replace(rule, value=value) if rule.name == name else rule for rule in problem.rules)
    )


def _largest(problem: Problem, name: str) -> float:
    """Shares of the budget end at one."""
    is_share = any(
        rule.name == name and rule.value_kind == "share" and rule.kind != "change_limit" for rule in problem.rules
    )
    return 1.0 if is_share else float("inf")
