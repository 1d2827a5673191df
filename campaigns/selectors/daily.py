"""Daily facts as what a daily split learns from: spend of each cell and the incremental margin it brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.bandits.daily_response import CellDays
from campaigns.planning.history import CellHistory, cell_histories
from campaigns.selectors.assumptions import current_beliefs
from campaigns.selectors.history import HistoryWindow, history_rows, history_window

LABELS = {"product_detail": "product detail", "in_store": "in-store"}


@dataclass(frozen=True, kw_only=True)
class DailyFacts:
    """Cells with spend in the window, their keys in the same order, and what the money is."""

    window: HistoryWindow
    keys: tuple[str, ...]
    cells: tuple[CellDays, ...]
    last_day: date


def daily_facts(*, retailers: Sequence[str] = (), brand: str = "") -> DailyFacts | None:
    """Cells that ever had spend in the last 91 days; None where there is none.

    A day's value is attributed revenue times the share that ads caused at that retailer times the margin rate: what a
    plan maximises.
    """
    window = history_window(retailers=retailers)
    if window is None:
        return None
    rows = history_rows(window=window, retailers=retailers, brand=brand)
    found = [one for one in cell_histories(rows=rows, start=window.start, end=window.end) if one.total_spend > 0]
    if not found:
        return None
    beliefs = current_beliefs()
    return DailyFacts(
        window=window,
        keys=tuple(one.key for one in found),
        cells=tuple(_cell(one, share=beliefs[one.path[1]].mean) for one in found),
        last_day=window.end,
    )


def _cell(history: CellHistory, *, share: float) -> CellDays:
    _, _, placement, brand = history.path
    return CellDays(
        name=f"{history.retailer_name} · {LABELS.get(placement, placement)} · {brand}",
        spend=history.spend,
        value=history.revenue * share * history.margin_rate,
    )
