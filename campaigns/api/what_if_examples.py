"""Examples of what-if answers in the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample

MARGIN = {"mean": 1_240_000, "low": 830_000, "high": 1_660_000, "low_80": 920_000, "high_80": 1_570_000}
PRICE = {
    "rule": "budget",
    "value": 0.41,
    "valid_from": 2_310_000,
    "valid_to": 2_780_000,
    "validity": "Between these budgets the same rules bind.",
    "meaning": "One more 1,000 USD of budget brings 410 USD more incremental margin.",
}
WHAT_IF = OpenApiExample(
    "A budget of two million",
    value={
        "budget": 2_000_000,
        "currency": "USD",
        "status": "optimal",
        "spend": 1_800_000,
        "incremental_margin": MARGIN,
        "retailers": [{"name": "Amazon", "spend": 1_050_000, "planned": 1_300_000}],
        "next_unit": PRICE,
        "prices": [],
        "binding": ["budget"],
        "changes": None,
        "certificate_gap": 1e-10,
    },
    response_only=True,
)
FRONTIER = OpenApiExample(
    "One point of many",
    value={
        "currency": "USD",
        "budget": 2_500_000,
        "horizon_days": 84,
        "is_tabulated": True,
        "points": [
            {
                "budget": 2_000_000,
                "is_feasible": True,
                "spend": 1_800_000,
                "incremental_margin": MARGIN,
                "price_of_money": 0.45,
                "retailers": [{"name": "Amazon", "spend": 1_050_000}],
            }
        ],
    },
    response_only=True,
)
TORNADO = OpenApiExample(
    "Incrementality moves it most",
    value={
        "currency": "USD",
        "objective": "incremental_margin",
        "now": 1_240_000,
        "shift": 0.1,
        "bars": [{"name": "incrementality", "kind": "assumption", "less": 1_116_000, "more": 1_364_000}],
    },
    response_only=True,
)
