"""Why no split of very many cells keeps every rule: by dropping and loosening whole rules and asking again.

The linear programmes of ``infeasibility`` grow with cells times limits. Here each question, whether these rules can be
kept together, is one pass over the tree of rules; a smallest contradicting set is found by halving the rules
(QuickXplain; Junker 2004), and the smallest remedy of each by halving its value. Cells' own minima count as one rule,
and so do their maxima: nobody reads the names of a hundred thousand cells.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from campaigns.optimization.branching import with_envelopes
from campaigns.optimization.cells import table_of
from campaigns.optimization.conflict import Conflict
from campaigns.optimization.demand import demand_of
from campaigns.optimization.model import BUDGET, Model, build_model
from campaigns.optimization.problem import Problem, Rule
from campaigns.optimization.return_floors import hold_return_floors
from campaigns.optimization.solution import Infeasible
from campaigns.optimization.tree import require_room, tree_of
from campaigns.optimization.wording import loosely_rounded, remedy_in_words

_HALVINGS, _DOUBLINGS = 36, 24
_NOT_MONEY = ("roas_floor", "reserve", "oos_threshold", "change_limit", "min_spend")
MINIMA, MAXIMA = "minimums of single cells", "maximums of single cells"


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Something that can be dropped or loosened: a rule, the budget, or all cells' own limits on one side."""

    name: str
    kind: str
    value: float
    value_kind: str


def explain_large_conflict(*, problem: Problem) -> tuple[Conflict, ...]:
    """The rules that contradict each other, each with its smallest remedy; empty when all can be kept.

    Raises:
        NotConverged: several ROAS floors whose reach could not be settled.
    """
    if _is_feasible(problem):
        return ()
    core = _smallest(problem, _parts(problem))
    return tuple(_conflict(problem, part) for part in core)


def _parts(problem: Problem) -> list[_Part]:
    numbers = table_of(cells=problem.cells).numbers
    parts = [_Part(name=BUDGET, kind=BUDGET, value=problem.budget, value_kind="amount")]
    for rule in problem.rules:
        value_kind = "ratio" if rule.kind == "roas_floor" else rule.value_kind
        parts.append(_Part(name=rule.name, kind=rule.kind, value=rule.value, value_kind=value_kind))
    if np.any(numbers["floor"] > 0.0):
        parts.append(_Part(name=MINIMA, kind="minimum", value=float(numbers["floor"].sum()), value_kind="amount"))
    capped = numbers["cap"][np.isfinite(numbers["cap"])]
    if capped.size:
        parts.append(_Part(name=MAXIMA, kind="maximum", value=float(capped.sum()), value_kind="amount"))
    return parts


def _smallest(problem: Problem, parts: Sequence[_Part]) -> list[_Part]:
    """Parts that contradict each other, none of which can be spared; the reserve is spared first."""
    order = sorted(parts, key=lambda part: part.kind == "reserve")

    def contradicts(some: Sequence[_Part]) -> bool:
        kept = {part.name for part in some}
        return not _is_feasible(_without(problem, [part for part in parts if part.name not in kept]))

    return _needed(contradicts, [], order, is_extended=False)


def _needed(
    contradicts: Callable[[Sequence[_Part]], bool], known: list[_Part], open_parts: list[_Part], *, is_extended: bool
) -> list[_Part]:
    if is_extended and contradicts(known):
        return []
    if len(open_parts) == 1:
        return open_parts
    half = len(open_parts) // 2
    first, second = open_parts[:half], open_parts[half:]
    from_second = _needed(contradicts, known + first, second, is_extended=bool(first))
    from_first = _needed(contradicts, known + from_second, first, is_extended=bool(from_second))
    return from_first + from_second


def _without(problem: Problem, parts: Sequence[_Part]) -> Problem:
    dropped = {part.name for part in parts}
    changed = replace(problem, rules=tuple(rule for rule in problem.rules if rule.name not in dropped))
    if MINIMA in dropped:
        changed = _with_column(changed, "floor", 0.0)
    if MAXIMA in dropped:
        changed = _with_column(changed, "cap", np.inf)
    if BUDGET not in dropped:
        return changed
    # Shares stay what they are in money: without the budget itself they say the same.
    rules = tuple(
        replace(rule, value=rule.amount(budget=problem.budget), value_kind="amount")
        if rule.value_kind == "share" and rule.kind in ("node_cap", "node_floor", "fixed", "pacing")
        else rule
        for rule in changed.rules
    )
    return replace(changed, budget=_plenty(changed), rules=rules)


def _with_column(problem: Problem, name: str, factor: float) -> Problem:
    table = table_of(cells=problem.cells)
    column = np.full(len(table), factor) if factor in (0.0, np.inf) else table.numbers[name] * factor
    return replace(problem, cells=table.with_column(name=name, column=column))


def _plenty(problem: Problem) -> float:
    """More than all rules and minima together can ask for, but no more than makes rounding matter."""
    numbers = table_of(cells=problem.cells).numbers
    asked = sum(rule.amount(budget=problem.budget) for rule in problem.rules if rule.kind not in _NOT_MONEY)
    changed = max((1.0 + rule.value for rule in problem.rules if rule.kind == "change_limit"), default=0.0)
    held = float(numbers["floor"].sum()) + changed * float(numbers["current"].sum())
    return 2.0 * (problem.budget + asked + held)


def _is_feasible(problem: Problem) -> bool:
    try:
        model = with_envelopes(build_model(problem=problem))
        tree = tree_of(model=model)
        if tree is None:
            return _keeps_crossing_rows(model)
        require_room(tree=tree, model=model)
        if model.roas_rows:
            demand = demand_of(model=model, upper=model.upper)
            hold_return_floors(model=model, tree=tree, demand=demand)
    except Infeasible:
        return False
    return True


def _keeps_crossing_rows(model: Model) -> bool:
    """Rules that cut across each other, as one sparse linear programme; ROAS floors are not looked at."""
    if np.any(model.lower > model.upper):
        return False
    starts = np.cumsum([0, *(row.cells.size for row in model.rows)])
    cells = np.concatenate([row.cells for row in model.rows])
    matrix = csr_array((np.ones(cells.size), cells, starts), shape=(len(model.rows), model.count))
    bounds = np.array([row.bound for row in model.rows]) / model.unit
    low = np.array([-np.inf if row.sense == "<=" else 0.0 for row in model.rows]) + bounds
    high = np.array([np.inf if row.sense == ">=" else 0.0 for row in model.rows]) + bounds
    found = milp(
        c=np.zeros(model.count),
        constraints=LinearConstraint(matrix, low, high),
        bounds=Bounds(model.lower / model.unit, model.upper / model.unit),
    )
    return bool(found.status == 0)


def _conflict(problem: Problem, part: _Part) -> Conflict:
    found = _remedy(problem, part)
    relaxed = None if found is None else loosely_rounded(found, up=found > part.value)
    return Conflict(
        rule=part.name,
        kind=part.kind,
        value=part.value,
        value_kind=part.value_kind,
        relaxed=relaxed,
        sentence=remedy_in_words(
            name=part.name,
            is_rule=any(rule.name == part.name for rule in problem.rules),
            value=part.value,
            relaxed=relaxed,
            value_kind=part.value_kind,
            currency=problem.currency,
        ),
    )


def _remedy(problem: Problem, part: _Part) -> float | None:
    """The value nearest to the part's at which everything can be kept; None when there is none."""
    if part.kind == "fixed":
        return _remedy_of_fixed(problem, part)
    if part.kind in ("node_floor", "roas_floor", "reserve", "min_spend", "minimum"):
        return _nearest(lambda value: _is_feasible(_with_value(problem, part, value)), part.value, 0.0)
    most = 1.0 if part.value_kind == "share" and part.kind != "change_limit" else np.inf
    return _nearest(lambda value: _is_feasible(_with_value(problem, part, value)), part.value, most)


def _remedy_of_fixed(problem: Problem, part: _Part) -> float | None:
    """A fixed amount is a cap and a floor; whichever of the two is in the way says in which direction to go."""
    for kind, end in (("node_cap", np.inf if part.value_kind == "amount" else 1.0), ("node_floor", 0.0)):
        one_sided = replace(
            problem,
            rules=tuple(replace(rule, kind=kind) if rule.name == part.name else rule for rule in problem.rules),
        )
        if not _is_feasible(one_sided):
            found = _nearest(lambda value: _is_feasible(_with_value(problem, part, value)), part.value, end)
            if found is not None:
                return found
    return None


def _nearest(keeps: Callable[[float], bool], value: float, end: float) -> float | None:
    """Halve between a value that does not do and one that does, on the way to ``end``."""
    if np.isinf(end):
        end = max(2.0 * value, 1e-6)
        for _ in range(_DOUBLINGS):
            if keeps(end):
                break
            end *= 2.0
    if not keeps(end):
        return None
    tight, loose = value, end
    for _ in range(_HALVINGS):
        middle = 0.5 * (tight + loose)
        tight, loose = (tight, middle) if keeps(middle) else (middle, loose)
    return loose


def _with_value(problem: Problem, part: _Part, value: float) -> Problem:
    if part.kind == BUDGET:
        return replace(problem, budget=value)
    if part.kind in ("minimum", "maximum"):
        column = "floor" if part.kind == "minimum" else "cap"
        return _with_column(problem, column, value / part.value if part.value > 0.0 else 0.0)
    return replace(problem, rules=tuple(_with_own(rule, part, value) for rule in problem.rules))


def _with_own(rule: Rule, part: _Part, value: float) -> Rule:
    return replace(rule, value=value) if rule.name == part.name else rule
