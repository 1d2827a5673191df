"""Fitted cells as JSON: kept with a plan, so that a changed rule is answered without fitting anew."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from campaigns.planning.cells import PlannedCell
from campaigns.planning.history import CellHistory
from campaigns.planning.price_margin import change_from_json, change_to_json
from campaigns.planning.stock_risk import risk_from_json, risk_to_json


def fit_scope(*, constraints: Mapping[str, Any], horizon_days: int) -> dict[str, Any]:
    """What the curves depend on: whose history was read, and the days they are scaled to."""
    return {
        "retailers": sorted(constraints.get("retailers") or ()),
        "brand": (constraints.get("brand") or "").casefold(),
        "horizon_days": horizon_days,
    }


def cells_to_json(*, cells: Iterable[PlannedCell]) -> list[dict[str, Any]]:
    """Every cell with its daily history and all its draws; no figure is rounded."""
    return [
        {
            "path": list(cell.history.path),
            "retailer_name": cell.history.retailer_name,
            "spend": cell.history.spend.tolist(),
            "revenue": cell.history.revenue.tolist(),
            "orders": cell.history.orders,
            "margin_rate": cell.history.margin_rate,
            "margin_known_share": cell.history.margin_known_share,
            "view_share": cell.history.view_share,
            "units": cell.history.units,
            "stock_risk": risk_to_json(risk=cell.history.stock_risk),
            "price_change": change_to_json(change=cell.history.price_change),
            "current": cell.current,
            "beta": cell.beta.tolist(),
            "k": cell.k.tolist(),
            "is_fitted": cell.is_fitted,
            "reason": cell.reason,
        }
        for cell in cells
    ]


def cells_from_json(*, rows: Iterable[Mapping[str, Any]]) -> tuple[PlannedCell, ...]:
    """The cells as they were fitted."""
    return tuple(_cell(row) for row in rows)


def _cell(row: Mapping[str, Any]) -> PlannedCell:
    channel, retailer, placement, brand = row["path"]
    history = CellHistory(
        path=(channel, retailer, placement, brand),
        retailer_name=row["retailer_name"],
        spend=np.array(row["spend"], dtype=np.float64),
        revenue=np.array(row["revenue"], dtype=np.float64),
        orders=row["orders"],
        margin_rate=row["margin_rate"],
        margin_known_share=row["margin_known_share"],
        view_share=row.get("view_share", 0.0),
        units=row.get("units", 0.0),
        price_change=change_from_json(stored=row.get("price_change")),
        stock_risk=risk_from_json(stored=row.get("stock_risk")),
    )
    return PlannedCell(
        history=history,
        current=row["current"],
        beta=np.array(row["beta"], dtype=np.float64),
        k=np.array(row["k"], dtype=np.float64),
        is_fitted=row["is_fitted"],
        reason=row["reason"],
    )
