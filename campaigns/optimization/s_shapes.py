"""S-shaped responses: how much the straight part of their concave hull promises too much at a split."""

import numpy as np

from campaigns.optimization.certificate import Certificate, hull_promise
from campaigns.optimization.curves import Array
from campaigns.optimization.model import Model
from campaigns.optimization.problem import Problem
from campaigns.optimization.wording import OBJECTIVE_WORDS, outcome_in_words, share_in_words

_NAMED = 5
_SMALL = 1e-9


def hull_notes(*, problem: Problem, model: Model, spend: Array, certificate: Certificate) -> tuple[str, ...]:
    """Name the cells whose S-shaped curve is read optimistically: spend inside the straight part of its hull."""
    inside = (spend > 0.0) & (spend < model.responses.hull_ends() * (1.0 - 1e-6))
    if not inside.any() or certificate.hull_gap <= _SMALL:
        return ()
    names = [problem.cells[place].id for place in np.flatnonzero(inside)[: _NAMED + 1].tolist()]
    size = outcome_in_words(hull_promise(model=model, spend=spend), problem.objective, problem.currency)
    share = share_in_words(float(f"{certificate.hull_gap:.2g}"))
    return (
        f"The response of {', '.join(names[:_NAMED])}{' and others' if len(names) > _NAMED else ''} is S-shaped and "
        f"the split lies under its steep part, where the straight line used instead promises {size} too much, {share} "
        f"of the {OBJECTIVE_WORDS[problem.objective]}; give these cells a least spend, or ask for exact S-shapes.",
    )
