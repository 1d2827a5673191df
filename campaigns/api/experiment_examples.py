"""Examples of experiments in the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample

HYPOTHESIS = "Search ads at Amazon raise sales in the treated regions."
SUMMARY = {
    "id": "0198f7b1-0000-7000-8000-000000000001",
    "name": "Does search bring new sales?",
    "design": "geo",
    "state": "read",
    "retailers": ["amazon"],
    "brand": "Lumen",
    "start_on": "2026-05-01",
    "end_on": "2026-05-14",
    "planned_spend": "8000.00",
    "currency": "USD",
    "registration_digest": "4f1d0c61e8c7d2f1a4d0a1b9a6e9b1f0c7d3e2a15b6c7d8e9f00112233445566",
    "verdict": "The treated units rose by 11.8% against what would have been; …",
    "created_by": "analyst@example.com",
    "created_at": "2026-04-28T09:00:00Z",
    "registered_at": "2026-04-29T09:00:00Z",
    "read_at": "2026-05-16T09:00:00Z",
}
LIST = OpenApiExample("Experiments", value=SUMMARY, response_only=True)
EXPERIMENT = OpenApiExample(
    "An experiment that was read",
    value=SUMMARY
    | {
        "hypothesis": HYPOTHESIS,
        "outcome_unit": "revenue",
        "wish": {"unit": "geo", "time": "day", "outcome": "sales", "sizes": [4, 6], "periods": 14, "method": "tbr"},
        "candidates": [{"design": "geo", "treated": ["North"], "detectable_lift": 0.021, "investment": 5200.0}],
        "frozen": {"design": "geo", "treated": ["North"], "start_on": "2026-05-01", "end_on": "2026-05-14"},
        "readout": {"lift": 0.118, "lift_interval": [0.109, 0.127], "iroas": 1.97, "p_value": 0.0001},
        "applied": None,
        "stop_reason": "",
        "operation": "/api/v1/operations/0198f7b2-0000-7000-8000-000000000001/",
        "problem": None,
    },
    response_only=True,
)
NEW = OpenApiExample(
    "A geo test",
    value={
        "name": "Does search bring new sales?",
        "hypothesis": HYPOTHESIS,
        "design": "geo",
        "retailers": ["amazon"],
        "planned_spend": "8000.00",
        "currency": "USD",
        "history_csv": "geo,day,sales\nNorth,2026-03-01,1200\nSouth,2026-03-01,900\n",
        "wish": {"unit": "geo", "time": "day", "outcome": "sales", "sizes": [4, 6], "periods": 14, "method": "tbr"},
    },
    request_only=True,
)
REGISTER = OpenApiExample("The first design", value={"candidate": 0, "start_on": "2026-05-01"}, request_only=True)
RESULTS = OpenApiExample(
    "Results with cost",
    value={"results_csv": "geo,day,sales,cost\nNorth,2026-05-01,1350,75\n", "cost": "cost"},
    request_only=True,
)
