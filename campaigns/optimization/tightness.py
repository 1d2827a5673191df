"""Which rules hold a split back, and whether their prices are told apart."""

import numpy as np
from numpy.typing import NDArray

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
    # A least spend of zero is no rule of anyone's, unless a change limit made it.
    names = [row.name for row in model.rows if is_tight(model=model, row=row, spend=spend)]
    names += [row.name for row in model.roas_rows if is_roas_tight(model=model, row=row, spend=spend)]
    low = at_lower(model=model, spend=spend) & ((model.lower > 0.0) | model.lower_bounds.is_ruled)
    names += [model.lower_bounds[i].source for i in np.flatnonzero(low).tolist()]
    high = at_upper(model=model, spend=spend) & model.upper_bounds.is_said
    names += [model.upper_bounds[i].source for i in np.flatnonzero(high).tolist()]
    return tuple(dict.fromkeys(names))


def prices_are_unique(*, model: Model, spend: Array) -> bool:
    """Whether only one set of prices proves the split.

    Each cell free to move both ways gives one equation for the prices of the rules it is under; prices are unique
    when these equations have full rank in the tight rules.
    """
    free = ~at_lower(model=model, spend=spend) & ~at_upper(model=model, spend=spend)
    products = _products(model, spend, free)
    if products.shape[0] == 0:
        return True
    lengths = np.sqrt(np.diag(products))
    if not np.all(lengths > 0.0):
        return False
    return bool(np.linalg.eigvalsh(products / np.outer(lengths, lengths))[0] > 1e-10)


def _products(model: Model, spend: Array, free: Mask) -> NDArray[np.float64]:
    """Inner products over the free cells of the tight rules' gradients, shape (n_tight, n_tight).

    Cells under the same rows are counted together, so that no matrix of all rows by all cells is needed.
    """
    linear = [row for row in model.rows if is_tight(model=model, row=row, spend=spend)]
    mark = np.zeros(model.count)
    for number, row in enumerate(linear):
        mark[row.cells] += np.sqrt(2.0 + number)  # sums of such roots tell any two sets of rows apart
    _, first, kind = np.unique(mark[free], return_index=True, return_inverse=True)
    places = np.flatnonzero(free)[first]
    inside = np.array([np.isin(places, row.cells) for row in linear], dtype=np.float64).reshape(len(linear), first.size)
    returns = _return_gradients(model, spend)[:, free]
    grouped = np.array([np.bincount(kind, weights=one, minlength=first.size) for one in returns])
    crossed = inside @ grouped.reshape(len(returns), first.size).T
    together = (inside * np.bincount(kind, minlength=first.size)) @ inside.T
    return np.block([[together, crossed], [crossed.T, returns @ returns.T]])


def _return_gradients(model: Model, spend: Array) -> NDArray[np.float64]:
    """Gradients of the tight ROAS floors, shape (n_tight, n_cells), in units of spend."""
    with np.errstate(over="ignore"):
        slope = model.slope(spend=spend)
    rows = [
        np.where(row.members, 1.0 - np.minimum(slope / row.floor, 1e6), 0.0)
        for row in model.roas_rows
        if is_roas_tight(model=model, row=row, spend=spend)
    ]
    return np.array(rows).reshape(len(rows), model.count)
