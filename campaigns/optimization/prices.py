"""Shadow prices: what one more unit of each rule would bring, in figures and in words.

A price is a derivative of the best objective (envelope theorem; Boyd and Vandenberghe, section 5.6): exact for a small
change, an upper bound on the gain for a large one, because returns diminish.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from campaigns.optimization.cell_bounds import Bound, Bounds
from campaigns.optimization.cells import table_of
from campaigns.optimization.certificate import cell_prices
from campaigns.optimization.curves import Array
from campaigns.optimization.model import BUDGET, Mask, Model, RoasRow, Row
from campaigns.optimization.problem import Problem
from campaigns.optimization.solution import Solution
from campaigns.optimization.tightness import at_lower, at_upper, is_roas_tight, is_tight
from campaigns.optimization.validity import Ranges, Validity, not_computed
from campaigns.optimization.wording import (
    OBJECTIVE_WORDS,
    amount_in_words,
    outcome_in_words,
    share_in_words,
    telling_step,
)

_NO_RANGE = "Not computed: other rules act on the same money; plan again for a larger change."
_ROAS_STEP = 0.1
MOST_OWN = 100
_SHARE_STEP = 0.01


@dataclass(frozen=True, kw_only=True)
class ShadowPrice:
    """The worth of one rule.

    Attributes:
        value: objective gained per unit by which the rule is relaxed: per currency unit for amounts (a cap or the
            budget raised, a floor lowered; a fixed amount raised, which may cost), per 1.0 of ROAS lowered, per 1.0 of
            a share (reserve given up, change limit widened).
        valid_from, valid_to: the rule's values between which the same rules bind; None when not computed.
        validity: where the range comes from, or why there is none.
        meaning: the price in words.
        step: the move of the rule's value that ``meaning`` tells, negative where it is lowered; None where what is
            moved is not the rule's own value.
        gain: objective that ``meaning`` says the step brings, negative where it costs.
    """

    value: float
    valid_from: float | None
    valid_to: float | None
    validity: str
    meaning: str
    step: float | None
    gain: float


def shadow_prices(*, problem: Problem, model: Model, solution: Solution) -> dict[str, ShadowPrice]:
    """Prices of all rules that hold the split back, by rule name; rules that do not are worth nothing."""
    priced = {name: price for name, price in _all_prices(problem, model, solution) if np.isfinite(price.value)}
    return dict(priced)


def _all_prices(problem: Problem, model: Model, solution: Solution) -> Iterator[tuple[str, ShadowPrice]]:
    spend = solution.spend
    ranges = Ranges(model=model, solution=solution)
    for row, price in zip(model.rows, solution.row_prices.tolist(), strict=True):
        if not is_tight(model=model, row=row, spend=spend):
            continue
        if row.name == BUDGET:
            yield from _budget_prices(problem, model, solution, price, ranges)
        else:
            yield row.name, _row_price(problem, row, price, ranges)
    for roas, multiplier in zip(model.roas_rows, solution.roas_prices.tolist(), strict=True):
        if is_roas_tight(model=model, row=roas, spend=spend):
            yield roas.name, _roas_price(problem, roas, multiplier * float(spend[roas.cells].sum()))
    yield from _bound_prices(problem, model, solution, ranges)


def _budget_prices(
    problem: Problem, model: Model, solution: Solution, price: float, ranges: Ranges
) -> Iterator[tuple[str, ShadowPrice]]:
    """The budget moves what may be spent, and every limit that is a share of it; the reserve is its other side."""
    reserves = [rule for rule in problem.rules if rule.kind == "reserve"]
    held = max((rule.value for rule in reserves), default=0.0)
    shares = sum(
        row.rule.value * row_price
        for row, row_price in zip(model.rows, solution.row_prices.tolist(), strict=True)
        if row.rule is not None and row.rule.value_kind == "share"
    )
    value, step = price * (1.0 - held) + shares, telling_step(problem.budget)
    has_shares = any(row.rule is not None and row.rule.value_kind == "share" for row in model.rows)
    whole = ranges.of_budget(kept=1.0 - held)
    validity = not_computed("limits that are shares of the budget move with it.") if has_shares else whole
    more = f"One more {amount_in_words(step, problem.currency)} of budget"
    yield BUDGET, _price(problem, value, f"{more} brings", step, validity, moves=step)
    for rule in reserves:
        if rule.value == held and problem.budget > 0.0:
            words = f"Holding back one percentage point less than {share_in_words(held)} for experiments brings"
            range_held = _as_reserve(whole, held, problem.budget)
            worth = price * problem.budget
            yield rule.name, _price(problem, worth, words, _SHARE_STEP, range_held, moves=-_SHARE_STEP)


def _as_reserve(budget: Validity, held: float, now: float) -> Validity:
    """The range of the budget as shares held back of the budget there is: less budget is more held back."""
    if budget.high is None and budget.low is None:
        return budget
    kept = 1.0 - held
    low = 0.0 if budget.high is None else max(1.0 - kept * budget.high / now, 0.0)
    high = 1.0 if budget.low is None else 1.0 - kept * budget.low / now
    return Validity(low=low, high=high, reason="Between these shares the same rules bind.")


def _row_price(problem: Problem, row: Row, price: float, ranges: Ranges) -> ShadowPrice:
    is_share = row.rule is not None and row.rule.value_kind == "share" and problem.budget > 0.0
    validity = ranges.of_row(row, unit=problem.budget if is_share else 1.0)
    step = telling_step(max(row.bound, problem.budget / 100.0))
    amount = amount_in_words(step, problem.currency)
    moves = step / problem.budget if is_share else step
    if row.sense == ">=":
        return _price(problem, -price, f"Lowering “{row.name}” by {amount} brings", step, validity, moves=-moves)
    return _price(problem, price, f"Raising “{row.name}” by {amount} brings", step, validity, moves=moves)


def _roas_price(problem: Problem, row: RoasRow, value: float) -> ShadowPrice:
    step = min(_ROAS_STEP, 0.1 * row.floor)
    return _price(problem, value, f"Lowering “{row.name}” from {row.floor:g} by {step:g} brings", step, moves=-step)


def _bound_prices(
    problem: Problem, model: Model, solution: Solution, ranges: Ranges
) -> Iterator[tuple[str, ShadowPrice]]:
    """Prices of limits on single cells: what the last unit of money earns there beyond its price."""
    worth, price = cell_prices(model=model, solution=solution)
    with np.errstate(over="ignore"):
        reduced = worth * model.slope(spend=solution.spend) - price
    gains: dict[str, float] = {}
    sides = (
        (model.upper_bounds, at_upper(model=model, spend=solution.spend), reduced),
        (model.lower_bounds, at_lower(model=model, spend=solution.spend), -reduced),
    )
    bounds: dict[str, Bound] = {}
    places: dict[str, tuple[int, bool]] = {}
    current = table_of(cells=problem.cells).numbers["current"]
    for sided, held, earned in sides:
        for i in _most_telling(sided, held & (earned > 0.0), earned):
            bound = sided[i]
            if bound.source and (bound.amount > 0.0 or bound.rule is not None):
                gain = max(float(earned[i]), 0.0)
                gains[bound.source] = _joined(bound, gains.get(bound.source, 0.0), gain, float(current[i]))
                bounds[bound.source], places[bound.source] = bound, (i, sided is model.upper_bounds)
    for name, gain in gains.items():
        if gain <= 0.0 or (bounds[name].amount == 0.0 and _is_least_spend(bounds[name])):
            # A cell left out because of its least spend has no price: a little money is not allowed there.
            continue
        yield name, _bound_price(problem, name, bounds[name], gain, _bound_range(ranges, bounds[name], *places[name]))


def _bound_range(ranges: Ranges, bound: Bound, cell: int, is_upper: bool) -> Validity | None:
    """Only a cell's own limit is one limit on one cell."""
    return ranges.of_cell(cell, amount=bound.amount, is_upper=is_upper) if bound.rule is None else None


def _most_telling(bounds: Bounds, held: Mask, earned: Array) -> list[int]:
    """The cells under rules, and those whose own limits earn most: nobody reads the prices of a thousand cells."""
    own = np.flatnonzero(held & bounds.is_own)
    ruled = np.flatnonzero(held & ~bounds.is_own)
    telling = own[np.argsort(-earned[own], kind="stable")[:MOST_OWN]]
    return sorted([*telling.tolist(), *ruled.tolist()])


def _joined(bound: Bound, so_far: float, gain: float, current: float) -> float:
    """A change limit moves all its cells at once; a stock rule is worth its best blocked cell."""
    if bound.rule is not None and bound.rule.kind == "change_limit":
        return so_far + gain * current
    return max(so_far, gain)


def _bound_price(problem: Problem, name: str, bound: Bound, gain: float, validity: Validity | None) -> ShadowPrice:
    if bound.rule is not None and bound.rule.kind == "change_limit":
        return _price(
            problem, gain, f"Widening “{name}” by one percentage point brings", _SHARE_STEP, moves=_SHARE_STEP
        )
    step = telling_step(max(bound.amount, problem.budget / 100.0))
    amount = amount_in_words(step, problem.currency)
    if _is_least_spend(bound):
        return _price(problem, gain, f"Lowering “{name}” by {amount} brings", step, moves=-step)
    if bound.rule is not None:
        return _price(problem, gain, f"The first {amount} allowed on the best cell under “{name}” brings", step)
    word = "Lowering" if name.startswith("minimum") else "Raising"
    return _price(problem, gain, f"{word} the {name} by {amount} brings", step, validity)


def _is_least_spend(bound: Bound) -> bool:
    return bound.rule is not None and bound.rule.kind == "min_spend"


def _price(
    problem: Problem,
    value: float,
    change: str,
    step: float,
    validity: Validity | None = None,
    *,
    moves: float | None = None,
) -> ShadowPrice:
    gain = value * step
    fewer = gain < 0.0
    size = outcome_in_words(abs(gain), problem.objective, problem.currency)
    words = f"{size} {'less' if fewer else 'more'}"
    return ShadowPrice(
        value=value,
        valid_from=validity.low if validity else None,
        valid_to=validity.high if validity else None,
        validity=validity.reason if validity else _NO_RANGE,
        meaning=f"{change} {words} {OBJECTIVE_WORDS[problem.objective]}.",
        step=moves,
        gain=gain,
    )


def notes_on_prices(*, model: Model, spend: Array, unique: bool) -> tuple[str, ...]:
    """What a reader of prices must know about this split."""
    notes = []
    floors = [row.name for row in model.roas_rows if is_roas_tight(model=model, row=row, spend=spend)]
    if floors:
        budget_holds = is_tight(model=model, row=model.rows[0], spend=spend)
        rest = "." if budget_holds else ", not by the budget: more budget alone brings nothing."
        notes.append(f"The price of money is set by “{'”, “'.join(floors)}”{rest}")
    if not unique:
        notes.append(
            "The prices are not unique: several rules hold the same money back, and the gain can be credited to one or "
            "another of them. Relaxing one alone may bring less than its price."
        )
    return tuple(notes)
