"""S-shaped responses as they are: branch and bound over the spends of single cells, whatever method solves each case.

In every case each S-shaped cell spends between two limits and its response is replaced by its concave envelope there
(Falk and Soland 1969), so the case's certified bound holds for the curves themselves. A case is cut in two where the
envelope of one cell promises most too much; a split on the curves themselves is tried in each: every cell that lies
under its steep part is pushed to one end of it. The answer is proven by the largest bound left open.
"""

import heapq
from dataclasses import dataclass, field, replace

import numpy as np

from campaigns.optimization.branching import Case, Solve, decided, most_torn, rounded, with_envelopes
from campaigns.optimization.certificate import LARGEST_RESIDUAL, cell_prices, dual_bound, feasibility_residual
from campaigns.optimization.curves import Array
from campaigns.optimization.intervals import Positions, narrowed
from campaigns.optimization.model import Model
from campaigns.optimization.solution import Infeasible, Solution

MOST_CASES = 1000
ENOUGH = 1e-7
_INSIDE = 0.02  # of a cell's room; nearer to its end no case is cut
_NOTHING = 1e-12


def solve_exactly(*, model: Model, solve: Solve, most_cases: int = MOST_CASES) -> Case:
    """The best split on the curves themselves, least spends included; its bound holds for every split.

    After ``most_cases`` the search stops, with a bound that is still apart from the split.

    Raises:
        Infeasible: no split keeps all rules.
        NotConverged: from the method.
    """
    return _Search(model=model, solve=solve, most_cases=most_cases).run()


@dataclass
class _Search:
    model: Model
    solve: Solve
    most_cases: int
    best: Case | None = None
    count: int = 0
    waiting: list[tuple[float, int, Case]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shaped = np.flatnonzero(self.model.responses.hull_ends() > 0.0)
        self.truth = replace(self.model, responses=self.model.responses.as_they_are())

    def run(self) -> Case:
        self._look_at(self._fitted(with_envelopes(self.model), self.shaped))
        closed = -np.inf
        while self.waiting:
            _, _, case = heapq.heappop(self.waiting)
            if self.best is not None and case.bound <= self.best.objective + ENOUGH * abs(self.best.objective):
                closed = max(closed, case.bound)  # the largest of all that wait
                break
            parts = self._cut(case)
            if not parts:
                closed = max(closed, case.bound)
                continue
            if self.count >= self.most_cases:
                closed = max(closed, case.bound)
                break
            for part in parts:
                self._look_at(self._fitted(part, self._changed(part, case.model)))
        if self.best is None:
            raise Infeasible("No split keeps all rules.")
        settled = rounded(with_envelopes(self.truth), self.best.solution.spend)
        return replace(self.best, model=settled, bound=max(closed, self.best.objective))

    def _fitted(self, model: Model, cells: Positions) -> Model:
        """The case with the envelopes of some cells drawn between the limits these have now."""
        responses = narrowed(responses=model.responses, cells=cells, low=model.lower, high=model.upper)
        return replace(model, responses=responses)

    def _changed(self, model: Model, before: Model) -> Positions:
        """The S-shaped cells whose limits are not those of the case before."""
        moved = (model.lower != before.lower) | (model.upper != before.upper)
        kept: Positions = self.shaped[moved[self.shaped]]
        return kept

    def _look_at(self, model: Model) -> None:
        """Solve a case, keep it waiting, and try splits near its own on the curves themselves."""
        self.count += 1
        solution = self._solved(model)
        if solution is None:
            return
        bound = dual_bound(model=model, solution=solution)
        self._try(solution, model)
        pushed = self._pushed(model, solution.spend)
        found = None if pushed is None else self._solved(pushed)
        if found is not None and pushed is not None:
            self._try(found, pushed)
        case = Case(model=model, solution=solution, bound=bound, objective=model.objective(spend=solution.spend))
        heapq.heappush(self.waiting, (-bound, self.count, case))

    def _solved(self, model: Model) -> Solution | None:
        try:
            return self.solve(model=model)
        except Infeasible:
            return None

    def _try(self, solution: Solution, model: Model) -> None:
        """Keep the split if it keeps the rules on the curves themselves and brings most so far."""
        spend, nothing = solution.spend, LARGEST_RESIDUAL * model.unit
        is_torn = bool(np.any((spend > nothing) & (spend < model.start - nothing)))
        if is_torn or feasibility_residual(model=self.truth, spend=spend) > LARGEST_RESIDUAL:
            return
        objective = self.truth.objective(spend=spend)
        if self.best is None or objective > self.best.objective:
            self.best = Case(model=self.truth, solution=solution, bound=np.inf, objective=objective)

    def _pushed(self, model: Model, spend: Array) -> Model | None:
        """The case with each cell under its steep part held at the nearer end of it, and least spends decided."""
        try:
            settled = rounded(model, spend)
        except Infeasible:
            return None
        ends = np.minimum(settled.responses.hull_ends(), settled.upper)
        room = ends - settled.lower
        is_low = spend - settled.lower < 0.5 * room
        upper = np.where((room > 0.0) & is_low, settled.lower, settled.upper)
        lower = np.where((room > 0.0) & ~is_low, ends, settled.lower)
        pushed = replace(settled, lower=lower, upper=upper)
        return self._fitted(pushed, self._changed(pushed, model))

    def _cut(self, case: Case) -> list[Model]:
        """The case in two; nothing where its envelopes promise nothing too much."""
        model, spend = case.model, case.solution.spend
        torn = most_torn(case)
        if torn is not None:
            return list(decided(model, torn))
        worth, _ = cell_prices(model=model, solution=case.solution)
        beyond = worth * (model.responses.values(spend=spend) - self.truth.responses.values(spend=spend))
        cell = int(np.argmax(beyond))
        room = model.upper[cell] - model.lower[cell]
        if beyond[cell] <= _NOTHING * model.revenue_unit or room <= _NOTHING * model.unit:
            return []
        if model.start[cell] > 0.0:
            return list(decided(model, cell))
        at = float(np.clip(spend[cell], model.lower[cell] + _INSIDE * room, model.upper[cell] - _INSIDE * room))
        lower, upper = model.lower.copy(), model.upper.copy()
        lower[cell] = upper[cell] = at
        return [replace(model, upper=upper), replace(model, lower=lower)]
