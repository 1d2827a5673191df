"""Examples about adapters in the API's documentation. All of them are made up."""

from drf_spectacular.utils import OpenApiExample

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
ADAPTER = OpenApiExample(
    "A retailer's adapter",
    value={
        "id": "0197a1f0-7b3e-7c3c-9a3e-5d6c1b2a3f4e",
        "name": "retailer-alpha",
        "version": 2,
        "axis": "retailer",
        "member": "alpha",
        "owner": "shared",
        "state": "serving",
        "canary_percent": 0,
        "rank": 16,
        "alpha": 32.0,
        "targets": ["q_proj", "v_proj"],
        "size": 401_000,
        "sha256": SHA,
        "base_digest": SHA,
        "trained_against": [SHA],
        "training_data": {"examples": 4000},
        "evaluations": [
            {
                "suite": "column meanings",
                "score": 0.98,
                "low": 0.96,
                "high": 0.99,
                "cases": 500,
                "passed": True,
                "run": "2026-06-01",
                "evaluated_at": "2026-06-01T08:00:00Z",
            }
        ],
        "registered_at": "2026-06-01T08:00:00Z",
        "promoted_at": "2026-06-02T08:00:00Z",
    },
    response_only=True,
)
TRIAL = OpenApiExample("A tenth of the questions", value={"percent": 10}, request_only=True)
ASKED = OpenApiExample("Planning at a retailer", value={"task": "planning", "retailer": "alpha"}, request_only=True)
COMPOSITION = OpenApiExample(
    "Two serve, one is held back",
    value={
        "digest": SHA,
        "strategy": "concatenated",
        "rank": 32,
        "bytes": 802_000,
        "members": [{"axis": "retailer", "member": "alpha", "adapter": "retailer-alpha version 2", "sha256": SHA}],
        "left_out": [
            {"axis": "task", "member": "planning", "why": "Together with the others it has not passed its evaluation."}
        ],
        "from_cache": False,
        "seconds": 0.041,
    },
    response_only=True,
)
HEALTH = OpenApiExample(
    "Ready",
    value={"is_ready": True, "detail": "", "device": "cpu", "loaded_count": 3, "loaded_bytes": 2_406_000},
    response_only=True,
)
