"""What an allocation says: the split, its proof, what held it back, and what a reader must know."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from campaigns.optimization.cells import table_of
from campaigns.optimization.certificate import Certificate
from campaigns.optimization.conflict import Conflict
from campaigns.optimization.curves import Array
from campaigns.optimization.exploration import Exploration, propensities
from campaigns.optimization.model import Model
from campaigns.optimization.prices import ShadowPrice, notes_on_prices, shadow_prices
from campaigns.optimization.problem import Problem
from campaigns.optimization.s_shapes import hull_notes
from campaigns.optimization.solution import Solution
from campaigns.optimization.sureness import Risk
from campaigns.optimization.tightness import binding_names, prices_are_unique
from campaigns.optimization.tried_ranges import with_tried_ranges
from campaigns.optimization.wording import OBJECTIVE_WORDS, share_in_words

SPLIT = ("optimal", "explored")
_NO_DRAWS = "The responses have no draws, so there is nothing to explore: this is the best split."


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """What each cell gets, how good that is, and what held it back.

    Attributes:
        status: ``optimal``, ``explored`` (keeps all rules, and gives up the certificate's gap to learn), ``infeasible``
            or ``not_converged``; only the first two have a split.
        solved_by: the method that found the split; another than ``method`` where that one does not know the rules.
        objective: expected value of the objective over the horizon, currency units; None without a split.
        spend: currency units by cell id.
        marginal_revenue: attributed revenue of one more unit of money, by cell id; may be infinite at zero spend.
        certificate: the proof, or how far the method came when the plan was refused.
        shadow_prices: what each binding rule is worth, by rule name; of the best split where this one explores.
        binding: names of the rules that hold with equality.
        conflict: the rules that contradict each other, when infeasible.
        notes: what a reader must know, in words.
        budget: the least budget that reaches the target, where there is one.
        exploration: how an explored split was drawn.
        risk: how sure a split is that was chosen for its worst draws; its certificate's gap and bound are of those.
    """

    status: str
    method: str
    objective_name: str
    currency: str
    solved_by: str = ""
    objective: float | None = None
    spend: Mapping[str, float] = field(default_factory=dict)
    marginal_revenue: Mapping[str, float] = field(default_factory=dict)
    certificate: Certificate | None = None
    shadow_prices: Mapping[str, ShadowPrice] = field(default_factory=dict)
    binding: tuple[str, ...] = ()
    conflict: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    budget: float | None = None
    exploration: Exploration | None = None
    risk: Risk | None = None

    @property
    def has_split(self) -> bool:
        """Whether there is a split to show."""
        return self.status in SPLIT


def optimal_answer(
    *, problem: Problem, method: str, model: Model, solution: Solution, certificate: Certificate, ranges: bool
) -> Allocation:
    """The proven split with its prices; ``ranges`` asks for those that take more splits to find."""
    prices = shadow_prices(problem=problem, model=model, solution=solution)
    unique = prices_are_unique(model=model, spend=solution.spend)
    ids = table_of(cells=problem.cells).ids
    return Allocation(
        status="optimal",
        method=method,
        objective_name=problem.objective,
        currency=problem.currency,
        solved_by=solution.by or method,
        objective=model.objective(spend=solution.spend),
        spend=dict(zip(ids, solution.spend.tolist(), strict=True)),
        marginal_revenue=marginal_revenue(problem, model, solution.spend),
        certificate=certificate,
        shadow_prices=with_tried_ranges(problem=problem, prices=prices) if ranges else prices,
        binding=binding_names(model=model, spend=solution.spend),
        notes=(
            *notes_on_prices(model=model, spend=solution.spend, unique=unique),
            *hull_notes(problem=problem, model=model, spend=solution.spend, certificate=certificate),
            *_fallback_notes(method, solution),
        ),
    )


def explored_answer(
    *, best: Allocation, problem: Problem, model: Model, spend: Array, certificate: Certificate, how: Exploration
) -> Allocation:
    """A split that explores around the best one; the prices stay the best one's."""
    ids = table_of(cells=problem.cells).ids
    return replace(
        best,
        status="explored",
        objective=model.objective(spend=spend),
        spend=dict(zip(ids, spend.tolist(), strict=True)),
        marginal_revenue=marginal_revenue(problem, model, spend),
        certificate=certificate,
        binding=binding_names(model=model, spend=spend),
        notes=(_explored_note(problem, certificate, how), *best.notes),
        exploration=replace(how, propensities=propensities(ids=ids, spend=spend)),
    )


def unexplored_answer(best: Allocation) -> Allocation:
    """The best split where the responses have no draws to choose from."""
    return replace(best, notes=(_NO_DRAWS, *best.notes))


def refused_answer(*, problem: Problem, method: str, reason: str, certificate: Certificate | None) -> Allocation:
    """No split, and why."""
    return Allocation(
        status="not_converged",
        method=method,
        objective_name=problem.objective,
        currency=problem.currency,
        certificate=certificate,
        notes=(reason,),
    )


def _explored_note(problem: Problem, certificate: Certificate, how: Exploration) -> str:
    given_up = share_in_words(float(f"{certificate.gap:.2g}"))
    return (
        f"This split explores: the money goes out in {len(how.draws)} batches, each split as would be best if one of "
        f"the draws were true, and {share_in_words(how.even)} of it evenly. It gives up at most {given_up} of the "
        f"expected {OBJECTIVE_WORDS[problem.objective]} to learn where the curves are unsure."
    )


def marginal_revenue(problem: Problem, model: Model, spend: Array) -> dict[str, float]:
    """Attributed revenue of one more unit of money, by cell id."""
    with np.errstate(over="ignore"):
        marginal = model.slope(spend=spend)
    return dict(zip(table_of(cells=problem.cells).ids, marginal.tolist(), strict=True))


def _fallback_notes(method: str, solution: Solution) -> tuple[str, ...]:
    if not solution.by or solution.by == method:
        return ()
    return (f"Some rules cut across each other, so the split was found by “{solution.by}” instead of “{method}”.",)
