"""A readout as JSON: the names scripts and the API rely on."""

import math
from typing import Any

from campaigns.measurement.readout import Readout


def readout_to_json(*, readout: Readout, times: tuple[str, ...], start: int) -> dict[str, Any]:
    """One object; figures that do not exist are null, intervals are [low, high]."""
    return {
        "method": readout.method,
        "att": _number(readout.att),
        "lift": _number(readout.lift),
        "incremental": _number(readout.incremental),
        "p_value": readout.p_value,
        "interval": _interval(readout.interval),
        "interval_of": readout.interval_of,
        "confidence": readout.confidence,
        "iroas": _number(readout.iroas),
        "iroas_interval": _interval(readout.iroas_interval),
        "att_interval": _interval(readout.att_interval),
        "lift_interval": _interval(readout.lift_interval),
        "incremental_interval": _interval(readout.incremental_interval),
        "incremental_cost": _number(readout.incremental_cost),
        "standard_error": _number(readout.test.standard_error),
        "inference": readout.test.method,
        "weights": {unit: weight for unit, weight in readout.estimate.weights.items() if abs(weight) > 1e-9},
        "pre_fit": {"l2_imbalance": readout.estimate.l2_imbalance, "scaled_l2": _number(readout.estimate.scaled_l2)},
        "series": {
            "time": list(times),
            "observed": readout.observed.tolist(),
            "counterfactual": readout.estimate.counterfactual.tolist(),
            "start": times[start],
        },
        "verdict": readout.verdict,
        "notes": list(readout.notes),
    }


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _interval(interval: tuple[float, float] | None) -> list[float | None] | None:
    return None if interval is None else [_number(interval[0]), _number(interval[1])]
