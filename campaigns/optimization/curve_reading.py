"""Read a cell's response curve from a problem's JSON: one curve, or draws of one."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from campaigns.optimization.curves import KINDS, Curve
from campaigns.optimization.fields import ProblemError, read_choice, read_list, read_number, read_object, refuse_unknown

STEEPEST_HILL = 10.0
_MAY_BE_ZERO = frozenset({"beta", "midpoint"})


def read_curve(cell: Mapping[str, Any], *, where: str) -> Curve:
    """The cell's ``curve``, or its ``draws`` (a list of curves of one kind, equally likely; draws win over a curve).

    Raises:
        ProblemError: neither is there, kinds are mixed, or a parameter is out of range.
    """
    if cell.get("draws") is not None:
        return _curve_of_draws(read_list(cell["draws"], where=f"{where}.draws"), where=f"{where}.draws")
    if cell.get("curve") is None:
        raise ProblemError("No response curve", "A cell needs 'curve' or 'draws'.", where)
    return _curve_of_draws([cell["curve"]], where=f"{where}.curve")


def _curve_of_draws(draws: Any, *, where: str) -> Curve:
    if not draws:
        raise ProblemError("No draws", "'draws' is empty; give at least one curve.", where)
    read = [_one(read_object(draw, where=where), where=where) for draw in draws]
    kinds = {kind for kind, _ in read}
    if len(kinds) > 1:
        raise ProblemError(
            "Mixed curves", f"Draws of one cell are of one kind, found {', '.join(sorted(kinds))}.", where
        )
    kind = read[0][0]
    parameters = {name: np.array([values[name] for _, values in read]) for name in KINDS[kind].parameters}
    return Curve(kind=kind, parameters=parameters)


def _one(fields: Mapping[str, Any], *, where: str) -> tuple[str, dict[str, float]]:
    kind = read_choice(fields, "kind", among=tuple(KINDS), where=where)
    names = KINDS[kind].parameters
    refuse_unknown(fields, known=("kind", *names), where=where)
    values = {
        name: read_number(
            fields,
            name,
            where=where,
            above=None if name in _MAY_BE_ZERO else 0.0,
            at_most=STEEPEST_HILL if name == "s" else None,
        )
        for name in names
    }
    return kind, values
