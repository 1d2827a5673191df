"""Examples of problems and their splits in the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample

CURVES = ({"kind": "michaelis_menten", "beta": 300, "k": 40}, {"kind": "michaelis_menten", "beta": 200, "k": 60})
PROBLEM = OpenApiExample(
    "Two cells, one of them unsure, planned for the worse half of its draws",
    value={
        "budget": 100,
        "currency": "USD",
        "objective": "incremental_margin",
        "cells": [
            {"id": "a", "path": ["onsite", "amazon"], "margin_rate": 0.3, "incrementality": 0.6, "curve": CURVES[0]},
            {
                "id": "b",
                "path": ["onsite", "walmart"],
                "margin_rate": 0.3,
                "incrementality": 0.6,
                "draws": list(CURVES),
            },
        ],
        "rules": [{"kind": "node_cap", "name": "Amazon", "path": ["*", "amazon"], "value": 0.8, "value_kind": "share"}],
        "risk": {"worst_share": 0.5},
    },
    request_only=True,
)
ALLOCATION = OpenApiExample(
    "A split with its proof",
    value={
        "status": "optimal",
        "objective": 55.6,
        "spend": {"a": 57.5, "b": 42.5},
        "certificate": {"gap": 2e-7, "feasibility_residual": 0.0, "bound": 48.9, "hull_gap": 0.0},
        "shadow_prices": {},
        "binding": ["budget"],
        "conflict": [],
        "notes": ["This split is chosen for the worst 50% of 2 draws: …"],
        "risk": {
            "worst_share": 0.5,
            "draws": 2,
            "bound": 48.9,
            "chosen": {"mean": 55.6, "interval": [49.6, 61.7], "worst": 48.9, "worst_interval": [48.9, 48.9]},
        },
    },
    response_only=True,
)
