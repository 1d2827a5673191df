"""Which rules hold a split back, and whether their prices are told apart."""

import numpy as np
from numpy.typing import NDArray

from campaigns.optimization.cell_bounds import Bound
from campaigns.optimization.curves import Array
from campaigns.optimization.model import Mask, Model, RoasRow, Row

# A rule is held back by when less than this part of the budget (or of the revenue asked) lies between.
NEAR = 1e-6


def is_tight(*, model: Model, row: Row, spend: Array) -> bool:
    """Whether a linear row holds with equality; a cap far above all there is to spend never does."""
    return abs(float(spend[row.cells].sum()) - row.bound) <= NEAR * model.unit


def is_roas_tight(*, model: Model, row: RoasRow, spend: Array) -> bool:
    """Whether the members earn just the revenue asked; nothing spent is not a floor reached."""
    asked = row.floor * float(spend[row.cells].sum())
    earned = float(model.revenue(spend=spend)[row.cells].sum())
    return asked > NEAR * model.unit * row.floor and abs(earned - asked) <= NEAR * asked


def at_lower(*, model: Model, spend: Array) -> Mask:
    """Cells at their least spend, shape (n_cells,)."""
    low: Mask = spend <= model.lower + NEAR * model.unit / model.count
    return low


def at_upper(*, model: Model, spend: Array) -> Mask:
    """Cells at their most spend, shape (n_cells,)."""
    high: Mask = spend >= model.upper - NEAR * model.unit / model.count
    return high


def binding_names(*, model: Model, spend: Array) -> tuple[str, ...]:
    """Names of all rules, minima and maxima that hold with equality, in the problem's order, each once."""
    names = [row.name for row in model.rows if is_tight(model=model, row=row, spend=spend)]
    names += [row.name for row in model.roas_rows if is_roas_tight(model=model, row=row, spend=spend)]
    low = [model.lower_bounds[i] for i in np.flatnonzero(at_lower(model=model, spend=spend)).tolist()]
    names += [bound.source for bound in low if _is_said(bound)]
    high = at_upper(model=model, spend=spend) & model.upper_bounds.is_said
    names += [model.upper_bounds[i].source for i in np.flatnonzero(high).tolist()]
    return tuple(dict.fromkeys(names))


def _is_said(bound: Bound) -> bool:
    """A least spend of zero is no rule of anyone's, unless a change limit made it."""
    return bound.amount > 0.0 or bound.rule is not None


def prices_are_unique(*, model: Model, spend: Array) -> bool:
    """Whether only one set of prices proves the split.

    Each cell free to move both ways gives one equation for the prices of the rules it is under; prices are unique
    when these equations have full rank in the tight rules.
    """
    free = ~at_lower(model=model, spend=spend) & ~at_upper(model=model, spend=spend)
    equations = _gradients(model, spend)[:, free]
    if equations.shape[0] == 0:
        return True
    return bool(free.any()) and bool(np.linalg.matrix_rank(equations, tol=1e-6) == equations.shape[0])


def _gradients(model: Model, spend: Array) -> NDArray[np.float64]:
    """Gradients of the tight rows, shape (n_tight, n_cells), each scaled to order one."""
    with np.errstate(over="ignore"):
        slope = model.slope(spend=spend)
    rows = [row.members.astype(np.float64) for row in model.rows if is_tight(model=model, row=row, spend=spend)]
    rows += [
        np.where(row.members, 1.0 - np.minimum(slope / row.floor, 1e6), 0.0)
        for row in model.roas_rows
        if is_roas_tight(model=model, row=row, spend=spend)
    ]
    return np.array(rows).reshape(len(rows), model.count)
