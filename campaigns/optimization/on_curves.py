"""Allocate on S-shaped responses as they are, or say how near that came and fall back to their hulls."""

from dataclasses import replace
from importlib import import_module

from campaigns.optimization.allocation import BANDIT, METHODS, Allocation, allocate
from campaigns.optimization.answers import optimal_answer
from campaigns.optimization.certificate import certify
from campaigns.optimization.exact_shapes import solve_exactly
from campaigns.optimization.fields import ProblemError
from campaigns.optimization.model import build_model
from campaigns.optimization.problem import Problem
from campaigns.optimization.solution import Infeasible, NotConverged

_FOUND = (
    "S-shaped responses are taken as they are: no split on the curves themselves is better than the certificate says. "
    "Worths of rules hold while every cell stays on its side of its steep part; how far was not computed."
)
_HERE_ONLY = "How far it holds is not computed on S-shaped responses."


def allocate_on_curves(*, problem: Problem, method: str) -> Allocation:
    """The best split on the curves themselves, proven, or the best on their hulls with the reason.

    Raises:
        ProblemError: the method explores, which needs concave responses.
    """
    if method == BANDIT:
        detail = f"{BANDIT!r} needs concave responses; leave s_shapes at 'hull', or choose another method."
        raise ProblemError("Exact S-shapes and exploring together", detail, "s_shapes")
    try:
        case = solve_exactly(model=build_model(problem=problem), solve=import_module(METHODS[method]).solve)
    except (Infeasible, NotConverged) as refusal:
        return _on_hulls(problem, method, f"no split on the curves themselves was found ({refusal})")
    certificate = certify(model=case.model, solution=case.solution, bound=case.bound)
    if not certificate.is_proof:
        return _on_hulls(
            problem, method, f"the search on the curves themselves stopped {certificate.gap:.1e} from proof"
        )
    found = optimal_answer(
        problem=problem, method=method, model=case.model, solution=case.solution, certificate=certificate, ranges=False
    )
    prices = {
        name: replace(price, valid_from=None, valid_to=None, validity=_HERE_ONLY)
        for name, price in found.shadow_prices.items()
    }
    return replace(found, shadow_prices=prices, notes=(_FOUND, *found.notes))


def _on_hulls(problem: Problem, method: str, reason: str) -> Allocation:
    hulls = allocate(problem=replace(problem, is_exact=False), method=method)
    return replace(hulls, notes=(f"S-shaped responses are replaced by their concave hulls: {reason}.", *hulls.notes))
