"""A proposal in words: one sentence first, then what held it back, what it rests on, and what doing nothing costs."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from campaigns.planning.cell_figures import CellFigures
from campaigns.planning.cells import PlannedCell
from campaigns.planning.chances import chance_of, chance_with_range
from campaigns.planning.evaluation import Incrementality, Interval, interval_of
from campaigns.planning.history import DEFAULT_MARGIN_RATE, PriceChange
from campaigns.planning.over_credit import over_credit_notes
from campaigns.planning.price_margin import price_notes
from campaigns.planning.price_words import last_unit, prices_in_words
from campaigns.planning.risk import risk_in_words
from campaigns.planning.scenarios import Scenarios, headline, node_table, scenario_table, waterfall
from campaigns.planning.stock_words import stock_used
from campaigns.planning.verdict import certificate_in_words, cross_check
from tenants.figures import compact_money, money, percent, ratio

LABELS = {"product_detail": "product detail", "in_store": "in-store"}
CERTAIN = 0.9
SMALL_MOVE = 0.005


def explain(
    *,
    constraints: Mapping[str, Any],
    currency: str,
    beliefs: Mapping[str, Incrementality],
    cells: Sequence[PlannedCell],
    figures: Sequence[CellFigures],
    scenarios: Scenarios,
    result: Mapping[str, Any],
    rules: Mapping[str, str],
    ranges: Mapping[str, Interval],
    notes: Sequence[str],
    checked_by: tuple[str, float | None],
) -> dict[str, Any]:
    """Everything that pages show of a proposal, as JSON. ``rules`` of people with the kind of their value."""
    floor = constraints.get("roas_floor")
    return {
        "headline": headline(scenarios=scenarios, roas_floor=floor),
        "insight": insight(scenarios=scenarios, cells=cells, currency=currency),
        "doing_nothing": doing_nothing(scenarios=scenarios, currency=currency),
        "scenarios": scenario_table(scenarios=scenarios, roas_floor=floor),
        "retailers": node_table(scenarios=scenarios, cells=cells, depth=1),
        "placements": node_table(scenarios=scenarios, cells=cells, depth=2),
        "waterfall": waterfall(scenarios=scenarios, cells=cells),
        "prices": prices_in_words(result=result, rules=rules, ranges=ranges),
        "risk": risk_in_words(result=result, currency=currency),
        "certificate": certificate_in_words(result=result, currency=currency),
        "cross_check": cross_check(method=checked_by[0], found=checked_by[1], result=result),
        "notes": [
            *last_unit(result=result, currency=currency, ranges=ranges),
            *notes,
            *over_credit_notes(cells=cells, beliefs=beliefs),
            *price_notes(changes=_price_changes(cells)),
            *data_notes(figures=figures, constraints=constraints, currency=currency),
        ],
        "insufficient": insufficient_cells(figures=figures),
        "incrementality": incrementality_used(cells=cells, beliefs=beliefs),
        "margins": margins_used(cells=cells),
        "stock": stock_used(figures=figures, constraints=constraints, currency=currency),
    }


def _price_changes(cells: Sequence[PlannedCell]) -> dict[str, PriceChange]:
    return {cell_label(cell): cell.history.price_change for cell in cells if cell.history.price_change is not None}


def cell_label(cell: PlannedCell) -> str:
    """``Walmart · search · Lumen``."""
    _, _, placement, brand = cell.history.path
    return f"{cell.history.retailer_name} · {LABELS.get(placement, placement)} · {brand}"


def insight(*, scenarios: Scenarios, cells: Sequence[PlannedCell], currency: str) -> dict[str, str]:
    """The one sentence that leads the plan, and the sentence under it."""
    moves = scenarios.proposed.spend - scenarios.same_split.spend
    gain = interval_of(scenarios.gain)
    probability = float((scenarios.gain > 0).mean())
    spend = float(scenarios.proposed.spend.sum())
    moved = float(np.abs(moves).sum()) / 2
    if spend <= 0 or moved < SMALL_MOVE * spend:
        sentence = "Last period's split is already as good as the rules allow; keep it."
        return {"sentence": sentence, "detail": _spending(scenarios=scenarios, currency=currency)}
    up, down = cells[int(np.argmax(moves))], cells[int(np.argmin(moves))]
    interval = f"90%: {compact_money(gain.low, currency)} to {compact_money(gain.high, currency)}"
    lead = f"Move {compact_money(moved, currency)} of {compact_money(spend, currency)}, most of it from"
    route = f"{lead} {cell_label(down)} to {cell_label(up)}"
    if gain.mean < 0:
        cost = f"incremental margin changes by {compact_money(gain.mean, currency)} ({interval})"
        sentence = f"{route}: the rules ask for it, and {cost} against last period's split."
        return {"sentence": sentence, "detail": _spending(scenarios=scenarios, currency=currency)}
    verb = "expect" if probability >= CERTAIN else "perhaps"
    size = f"{compact_money(gain.mean, currency)} more incremental margin"
    sentence = f"{route}: {verb} {size} ({interval}) than last period's split."
    return {"sentence": sentence, "detail": _spending(scenarios=scenarios, currency=currency)}


def doing_nothing(*, scenarios: Scenarios, currency: str) -> dict[str, Any]:
    """The cost of keeping last period's split of the same money."""
    gain = interval_of(scenarios.gain)
    better = chance_of(scenarios.gain > 0)
    amount, low, high = (compact_money(value, currency) for value in (gain.mean, gain.low, gain.high))
    if gain.mean <= 0:
        more = compact_money(-gain.mean, currency)
        sentence = (
            f"Keeping last period's split of the same money would bring {more} more: that is what the rules cost."
        )
    else:
        sentence = (
            f"Keeping last period's split of the same money would bring {amount} less incremental margin "
            f"(90%: {low} to {high}); the proposal is better with a probability of "
            f"{chance_with_range(better)}."
        )
    return {"sentence": sentence, "amount": gain.as_json(), "probability": better.share}


def incrementality_used(*, cells: Sequence[PlannedCell], beliefs: Mapping[str, Incrementality]) -> list[dict[str, Any]]:
    """What was assumed at each retailer, where it comes from, and what would change it."""
    names = {cell.history.path[1]: cell.history.retailer_name for cell in cells}
    return [
        {
            "retailer_id": retailer,
            "name": name,
            "mean": beliefs[retailer].mean,
            "low": beliefs[retailer].low,
            "high": beliefs[retailer].high,
            "source": beliefs[retailer].source,
            "would_change": f"A geo or holdout test at {name} would replace it with a measured value.",
        }
        for retailer, name in names.items()
    ]


def margins_used(*, cells: Sequence[PlannedCell]) -> list[dict[str, Any]]:
    """Margin rates per brand and retailer, and for which share of revenue they are known."""
    return [
        {
            "label": cell_label(cell),
            "margin_rate": cell.history.margin_rate,
            "known_share": cell.history.margin_known_share,
            "is_default": cell.history.margin_known_share == 0,
        }
        for cell in cells
    ]


def data_notes(*, figures: Sequence[CellFigures], constraints: Mapping[str, Any], currency: str) -> list[str]:
    """What a careful reader should know: money left over, curves stretched beyond history, default margins."""
    notes = []
    spend = sum(row.proposed for row in figures)
    usable = float(constraints["budget"]) * (1 - (constraints.get("reserve") or 0.0))
    if spend < usable * (1 - 1e-4) and not constraints.get("target"):
        left = money(usable - spend, currency)
        notes.append(
            f"{left} of the budget stays unspent: the rules, or returns below what they ask for, hold it back."
        )
    beyond = [row for row in figures if row.is_beyond_history]
    if beyond:
        share = sum(row.proposed for row in beyond) / spend if spend > 0 else 0.0
        notes.append(
            f"{len(beyond)} of {len(figures)} cells ({percent(share, places=0)} of the spend) would spend more a day "
            "than on any day of the history; their curves are extended beyond what was seen."
        )
    default = [row for row in figures if row.cell.history.margin_known_share == 0]
    if default:
        notes.append(
            f"{len(default)} of {len(figures)} cells have no known margin; {percent(DEFAULT_MARGIN_RATE, places=0)} of "
            "revenue is assumed. Add margin rates to the SKU list to replace it."
        )
    return notes


def insufficient_cells(*, figures: Sequence[CellFigures]) -> list[dict[str, Any]]:
    """Cells held at their share of spend because their history is too thin."""
    return [
        {"label": cell_label(row.cell), "reason": row.cell.reason, "spend": row.proposed}
        for row in figures
        if not row.cell.is_fitted
    ]


def _spending(*, scenarios: Scenarios, currency: str) -> str:
    proposed = scenarios.proposed
    spend = float(proposed.spend.sum())
    margin = interval_of(proposed.total("incremental_margin"))
    returned = interval_of(proposed.total("incremental_revenue") / spend) if spend > 0 else None
    shown = ", ".join(compact_money(value, currency) for value in (margin.low, margin.high)).replace(", ", " to ")
    text = (
        f"{money(spend, currency)} in all, expected incremental margin {compact_money(margin.mean, currency)} ({shown})"
    )
    if returned is None:
        return f"{text}."
    return f"{text}, incremental ROAS {ratio(returned.mean)} ({ratio(returned.low)} to {ratio(returned.high)})."
