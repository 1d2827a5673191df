"""Which rule or assumption moves the outcome most: each shifted both ways alone, the money split anew each time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from campaigns.optimization.cells import CellTable, table_of
from campaigns.optimization.model import BUDGET
from campaigns.optimization.problem import Problem
from campaigns.optimization.responses import scaled_responses
from campaigns.optimization.what_if import Answer, prepare, solve_again

SHIFT = 0.1
_ASSUMPTIONS = ("response", "margin_rate", "incrementality")


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of the tornado.

    Attributes:
        name: a rule's name, ``budget``, or an assumption.
        kind: a rule's kind, ``budget`` or ``assumption``.
        less, more: outcome with the value a share lower and higher; None where the rules then contradict each other.
    """

    name: str
    kind: str
    less: float | None
    more: float | None

    @property
    def swing(self) -> float:
        """How far apart both outcomes lie; infinite where one of them does not exist."""
        if self.less is None or self.more is None:
            return np.inf
        return abs(self.more - self.less)


def tornado(*, problem: Problem, shift: float = SHIFT) -> tuple[Bar, ...]:
    """All bars, the longest first.

    Raises:
        NotPrepared: the rules cut across each other.
    """
    plain = prepare(problem=problem)
    bars = []
    for name, kind, low, high in _changes(problem, shift):
        # An assumption changes the responses, so their tables too.
        outcomes = [
            _outcome(solve_again(prepared=prepare(problem=one) if kind == "assumption" else plain, problem=one))
            for one in (low, high)
        ]
        bars.append(Bar(name=name, kind=kind, less=outcomes[0], more=outcomes[1]))
    return tuple(sorted(bars, key=lambda bar: -bar.swing))


def _outcome(answer: Answer) -> float | None:
    return answer.objective if answer.status == "optimal" else None


def _changes(problem: Problem, shift: float) -> Iterator[tuple[str, str, Problem, Problem]]:
    down, up = 1.0 - shift, 1.0 + shift
    less, more = (replace(problem, budget=problem.budget * factor) for factor in (down, up))
    yield BUDGET, BUDGET, less, more
    for place, rule in enumerate(problem.rules):
        if rule.kind == "min_spend" or rule.value == 0.0:
            continue
        low, high = (
            replace(
                problem,
                rules=(
                    *problem.rules[:place],
                    replace(rule, value=_held(rule.value * factor, rule.value_kind == "share")),
                    *problem.rules[place + 1 :],
                ),
            )
            for factor in (down, up)
        )
        yield rule.name, rule.kind, low, high
    table = table_of(cells=problem.cells)
    for name in _ASSUMPTIONS:
        less, more = (replace(problem, cells=_assumed(table, name, factor)) for factor in (down, up))
        yield name.replace("_", " "), "assumption", less, more


def _held(value: float, is_share: bool) -> float:
    return min(value, 1.0) if is_share else value


def _assumed(table: CellTable, name: str, factor: float) -> CellTable:
    if name == "response":
        return replace(table, responses=scaled_responses(responses=table.responses, factors=np.array([factor])))
    return replace(table, numbers={**table.numbers, name: np.minimum(table.numbers[name] * factor, 1.0)})
