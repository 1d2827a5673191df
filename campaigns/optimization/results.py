"""An allocation as the JSON that doors print and plans store."""

import math
from dataclasses import asdict
from typing import Any

from campaigns.optimization.allocation import Allocation


def allocation_to_json(*, allocation: Allocation, seconds: float | None = None) -> dict[str, Any]:
    """One object; every number in it is finite, so that any JSON reader takes it.

    Args:
        seconds: how long the caller waited; left out when None.
    """
    certificate = allocation.certificate
    document: dict[str, Any] = {
        "status": allocation.status,
        "method": allocation.method,
        "solved_by": allocation.solved_by,
        "objective": allocation.objective,
        "budget": allocation.budget,
        "objective_name": allocation.objective_name,
        "currency": allocation.currency,
        "spend": dict(allocation.spend),
        "marginal_revenue": {name: _finite(value) for name, value in allocation.marginal_revenue.items()},
        "certificate": None
        if certificate is None
        else {
            "gap": _finite(certificate.gap),
            "marginal_mismatch": _finite(certificate.marginal_mismatch),
            "feasibility_residual": _finite(certificate.feasibility_residual),
            "bound": _finite(certificate.bound),
            "hull_gap": _finite(certificate.hull_gap),
        },
        "shadow_prices": {name: asdict(price) for name, price in allocation.shadow_prices.items()},
        "binding": list(allocation.binding),
        "conflict": [asdict(conflict) for conflict in allocation.conflict],
        "notes": list(allocation.notes),
        "exploration": None if allocation.exploration is None else asdict(allocation.exploration),
        "risk": None if allocation.risk is None else asdict(allocation.risk),
    }
    return document if seconds is None else document | {"seconds": seconds}


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
