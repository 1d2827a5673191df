"""The split nearest to a wished one that keeps every linear rule.

Projections onto single rules in turn, each correcting for its last one (Dykstra 1983), meet the nearest point of all
rules together, nested or not. What rounding leaves is taken back towards a split that is known to keep the rules.
"""

import numpy as np

from campaigns.optimization.certificate import feasibility_residual
from campaigns.optimization.curves import Array
from campaigns.optimization.model import Model, Row

_ROUNDS = 300
_STILL = 1e-12  # of the unit of money
_HALVINGS = 40
KEPT = 1e-9


def project(*, model: Model, wished: Array, kept: Array) -> Array:
    """The split nearest to ``wished``, shape (n_cells,), that keeps rows, bounds and ROAS floors.

    Args:
        kept: a split that keeps them all; ROAS floors, which are not linear, pull towards it.
    """
    spend, corrections = np.clip(wished, model.lower, model.upper), np.zeros(len(model.rows))
    bound_correction = wished - spend
    for _ in range(_ROUNDS):
        before = spend
        spend = spend.copy()
        for number, row in enumerate(model.rows):
            corrections[number] = _onto(row, spend, corrections[number])
        wanted = spend + bound_correction
        spend = np.clip(wanted, model.lower, model.upper)
        bound_correction = wanted - spend
        if float(np.abs(spend - before).max()) <= _STILL * model.unit:
            break
    return pulled_in(model=model, spend=spend, kept=kept)


def pulled_in(*, model: Model, spend: Array, kept: Array) -> Array:
    """The point nearest to ``spend`` on the way to ``kept`` at which every rule holds; rules are convex."""
    if feasibility_residual(model=model, spend=spend) <= KEPT:
        return spend
    near, far = 0.0, 1.0  # how much of the way is gone; at its end all rules hold
    for _ in range(_HALVINGS):
        middle = 0.5 * (near + far)
        holds = feasibility_residual(model=model, spend=spend + middle * (kept - spend)) <= KEPT
        near, far = (near, middle) if holds else (middle, far)
    reached: Array = spend + far * (kept - spend)
    return reached


def _onto(row: Row, spend: Array, correction: float) -> float:
    """Move the row's cells alike until it holds; what was moved, per cell, with the sign of the next correction.

    The correction of a half-space is a multiple of its normal, so one number a row is enough.
    """
    if row.cells.size == 0:
        return 0.0
    shifted = float(spend[row.cells].sum()) + correction * row.cells.size
    excess = (shifted - row.bound) / row.cells.size
    left = {"<=": max(excess, 0.0), ">=": min(excess, 0.0), "==": excess}[row.sense]
    spend[row.cells] += correction - left
    return left
