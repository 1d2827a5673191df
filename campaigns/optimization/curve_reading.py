"""Read a cell's response curve from a problem's JSON: one curve, or draws of one."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from campaigns.optimization.carry_over import CARRY_OVERS, arrived_shares, with_carry_over
from campaigns.optimization.curves import KINDS, Array, CostRise, Curve
from campaigns.optimization.fields import ProblemError, read_choice, read_list, read_number, read_object, refuse_unknown

STEEPEST_HILL = 10.0
_MOST_DECAY, _MOST_PERIODS = 0.99, 60.0
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
    kinds, rises = {kind for kind, _, _ in read}, {rise for _, _, rise in read}
    if len(kinds) > 1:
        raise ProblemError(
            "Mixed curves", f"Draws of one cell are of one kind, found {', '.join(sorted(kinds))}.", where
        )
    if len(rises) > 1:
        raise ProblemError("Mixed bid-ups", "All draws of one cell share one 'bid_up'.", where)
    (kind,), (rise,) = kinds, rises
    parameters = {name: np.concatenate([values[name] for _, values, _ in read]) for name in KINDS[kind].parameters}
    return Curve(kind=kind, parameters=parameters, rise=rise)


def _one(fields: Mapping[str, Any], *, where: str) -> tuple[str, dict[str, Array], CostRise]:
    kind = read_choice(fields, "kind", among=tuple(KINDS), where=where)
    names = KINDS[kind].parameters
    refuse_unknown(fields, known=("kind", "adstock", "bid_up", *names), where=where)
    values = {
        name: np.array(
            [
                read_number(
                    fields,
                    name,
                    where=where,
                    above=None if name in _MAY_BE_ZERO else 0.0,
                    at_most=STEEPEST_HILL if name == "s" else None,
                )
            ]
        )
        for name in names
    }
    if fields.get("adstock") is not None:
        shares = _arrived(read_object(fields["adstock"], where=f"{where}.adstock"), where=f"{where}.adstock")
        values = with_carry_over(kind=kind, parameters=values, shares=shares)
    return kind, values, _rise(fields, where=where)


def _arrived(fields: Mapping[str, Any], *, where: str) -> Array:
    refuse_unknown(fields, known=("kind", "decay", "periods", "lags"), where=where)
    kind = read_choice(fields, "kind", among=CARRY_OVERS, where=where, default=CARRY_OVERS[0])
    decay = read_number(fields, "decay", where=where, at_most=_MOST_DECAY)
    periods = _whole(fields, "periods", where=where)
    lags = _whole(fields, "lags", where=where) if kind == "binomial" else 0
    return arrived_shares(kind=kind, decay=decay, periods=periods, lags=lags)


def _whole(fields: Mapping[str, Any], name: str, *, where: str) -> int:
    value = read_number(fields, name, where=where, above=0.0, at_most=_MOST_PERIODS)
    if value != int(value):
        raise ProblemError("Not a whole number", f"'{name}' is {value:g}; give a whole number.", f"{where}.{name}")
    return int(value)


def _rise(fields: Mapping[str, Any], *, where: str) -> CostRise:
    if fields.get("bid_up") is None:
        return CostRise()
    rise = read_object(fields["bid_up"], where=f"{where}.bid_up")
    refuse_unknown(rise, known=("spend", "exponent"), where=f"{where}.bid_up")
    return CostRise(
        spend=read_number(rise, "spend", where=f"{where}.bid_up", above=0.0),
        exponent=read_number(rise, "exponent", where=f"{where}.bid_up", at_most=1.0),
    )
