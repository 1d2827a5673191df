"""The long part of planning: read the history, fit, allocate, explain. Reads the database, writes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from campaigns.forecasting.history import ForecastRefused
from campaigns.models import Plan
from campaigns.planning.history import CellHistory, cell_histories
from campaigns.planning.market import market_series, with_market
from campaigns.planning.nodes import UnknownName
from campaigns.planning.price_margin import PriceAnswer, with_price_now
from campaigns.planning.proposal import Proposal, ProposalInputs, ProposalRefused, propose
from campaigns.planning.stock_risk import stock_risks, with_stock_risks
from campaigns.selectors.assumptions import current_beliefs
from campaigns.selectors.history import HistoryWindow, history_rows, history_window, horizon_of
from campaigns.selectors.market import market_rows
from campaigns.selectors.stock import events_folder, stocked_items
from campaigns.services.forecasts import price_answer
from tenants.database.current import connection
from tenants.services.operation_runs import OperationProblem

LONGEST_FLIGHT = 730  # days over which stock is run down


@dataclass(frozen=True, kw_only=True)
class Workings:
    """A proposal and what it was made from; ``is_fitted_anew`` unless kept curves were used."""

    proposal: Proposal
    window: HistoryWindow
    currency: str
    horizon_days: int
    is_fitted_anew: bool = True


def work_out(*, plan: Plan, method: str, progress: Callable[[float, str], None]) -> Workings:
    """Everything a plan needs to be shown.

    Raises:
        OperationProblem: no history, mixed currencies, a name nobody has, or a split that could not be proved.
    """
    constraints = plan.constraints
    retailers, brand = constraints.get("retailers") or (), constraints.get("brand") or ""
    progress(2, "Reading the history")
    window = history_window(retailers=retailers)
    if window is None:
        raise _no_history(constraints=constraints)
    currency = _one_currency(window=window, constraints=constraints)
    histories = _histories(window=window, retailers=retailers, brand=brand)
    if not any(history.total_spend > 0 for history in histories):
        raise _no_history(constraints=constraints)
    horizon_days = horizon_of(constraints=constraints, history_days=window.days)
    risks = stock_risks(
        items=stocked_items(window=window, retailers=retailers, events=events_folder()),
        horizon_days=_days_to_the_end(constraints=constraints, window=window, horizon_days=horizon_days),
        rng=np.random.default_rng([plan.pk.int, 2]),
    )
    inputs = ProposalInputs(
        constraints=constraints,
        currency=currency,
        histories=with_stock_risks(histories=histories, risks=risks),
        beliefs=current_beliefs(),
        horizon_days=horizon_days,
        method=method,
        seed=plan.pk.int,
        attribution_windows=window.attribution_windows,
        spend_before=plan.solved.get("spend"),
    )
    try:
        proposal = propose(inputs=inputs, progress=progress)
    except (UnknownName, ProposalRefused) as refusal:
        raise OperationProblem(
            title=refusal.title, detail=refusal.detail, where=refusal.where, fix="Change the constraint and plan again."
        ) from refusal
    return Workings(proposal=proposal, window=window, currency=currency, horizon_days=horizon_days)


def _histories(*, window: HistoryWindow, retailers: Sequence[str], brand: str) -> tuple[CellHistory, ...]:
    """Each cell's days with what is known of the market around them."""
    rows = history_rows(window=window, retailers=retailers, brand=brand)
    market = market_series(rows=market_rows(window=window, retailers=retailers), start=window.start, end=window.end)
    found = with_market(histories=cell_histories(rows=rows, start=window.start, end=window.end), series=market)
    priced = {history.path[1] for history in found if history.price is not None}
    return with_price_now(histories=found, answers=_price_answers(priced))


def _price_answers(retailers: Iterable[str]) -> dict[str, PriceAnswer]:
    """How units answer to price at each retailer whose sales history can tell."""
    answers = {}
    for retailer in sorted(retailers):
        try:
            found = price_answer(retailer=retailer)
        except ForecastRefused:
            continue
        low, high = found["interval"]
        answers[retailer] = PriceAnswer(value=found["value"], low=low, high=high)
    return answers


def _days_to_the_end(*, constraints: Mapping[str, Any], window: HistoryWindow, horizon_days: int) -> int:
    """From the last day known to the last of the plan: what sells before the plan begins is gone from the stock too."""
    if not constraints.get("end"):
        return horizon_days
    return min(max(1, (date.fromisoformat(constraints["end"]) - window.end).days), LONGEST_FLIGHT)


def _one_currency(*, window: HistoryWindow, constraints: dict[str, Any]) -> str:
    if len(window.currencies) > 1:
        raise OperationProblem(
            title="Mixed currencies",
            detail=f"The history has spend in {', '.join(window.currencies)}; one plan splits one currency.",
            where="data",
            fix="Name only retailers of one currency in the constraints.",
        )
    found, said = window.currencies[0], constraints.get("currency")
    if said and said != found:
        raise OperationProblem(
            title="The budget is in another currency",
            detail=f"The budget is in {said}, the history in {found}; nothing is converted.",
            where="constraints.currency",
            fix=f"Give the budget in {found}.",
        )
    return found


def _no_history(*, constraints: dict[str, Any]) -> OperationProblem:
    named = [*(constraints.get("retailers") or ()), *([constraints["brand"]] if constraints.get("brand") else ())]
    about = f" for {', '.join(named)}" if named else ""
    name = getattr(getattr(connection, "tenant", None), "name", "This workspace")
    return OperationProblem(
        title="There is no spend to learn from",
        detail=f"{name} has no imported spend{about}, so no response curve can be fitted.",
        where="data",
        fix="Import a retailer's export first, or name retailers and brands that have data.",
    )
