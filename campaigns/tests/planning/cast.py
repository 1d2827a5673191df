"""Small cells whose curves and figures are known, for tests of the planning room."""

from datetime import date, timedelta

import numpy as np

from campaigns.planning.cells import PlannedCell
from campaigns.planning.evaluation import Incrementality
from campaigns.planning.history import CellHistory, HistoryRow

DRAWS = 50
BELIEF = Incrementality(mean=0.6, low=0.4, high=0.8, source="assumed; no experiment yet")
BELIEFS = {"amazon": BELIEF, "walmart": BELIEF}


def row(*, day=0, path=("onsite", "amazon", "search", "Lumen"), spend=10.0, revenue=40.0, **more) -> HistoryRow:
    return HistoryRow(
        day=date(2026, 3, 2) + timedelta(days=day),
        path=path,
        retailer_name=path[1].title(),
        spend=spend,
        revenue=revenue,
        orders=more.get("orders", 1.0),
        margin=more.get("margin", 0.0),
        margin_revenue=more.get("margin_revenue", 0.0),
    )


def history(*, path=("onsite", "amazon", "search", "Lumen"), daily_spend=100.0, daily_revenue=400.0, days=28):
    return CellHistory(
        path=path,
        retailer_name=path[1].title(),
        spend=np.full(days, daily_spend),
        revenue=np.full(days, daily_revenue),
        orders=float(days),
        margin_rate=0.3,
        margin_known_share=1.0,
    )


def cell(*, path=("onsite", "amazon", "search", "Lumen"), beta=20_000.0, k=2_000.0, current=2_800.0, fitted=True):
    days = 28
    return PlannedCell(
        history=history(path=path, daily_spend=current / days, days=days),
        current=current,
        beta=np.full(DRAWS, beta),
        k=np.full(DRAWS, k),
        is_fitted=fitted,
        reason="" if fitted else "Only 3 days have spend.",
    )


def four_cells() -> tuple[PlannedCell, ...]:
    """Two retailers, two placements each, one brand."""
    paths = [
        ("onsite", retailer, placement, "Lumen")
        for retailer in ("amazon", "walmart")
        for placement in ("home", "search")
    ]
    return tuple(cell(path=path, current=1_000.0) for path in paths)
