"""Examples in the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample

BRIEF = (
    "Allocate $2.5M across Amazon and Walmart over 12 weeks, ROAS at least 3, "
    "keep 10% for experiments, no placement above 30%"
)
CONSTRAINTS = {
    "budget": 2_500_000,
    "currency": "USD",
    "retailers": ["amazon", "walmart"],
    "roas_floor": 3.0,
    "reserve": 0.1,
    "caps": [{"level": "placement", "name": None, "share": 0.3}],
    "weeks": 12,
}
DRAFT_REQUEST = OpenApiExample("A brief", value={"brief": BRIEF, "name": "Spring push"}, request_only=True)
BRIEF_REQUEST = OpenApiExample("A brief", value={"brief": BRIEF}, request_only=True)
RULES_REQUEST = OpenApiExample("Read by rules alone", value={"brief": BRIEF, "by": "rules"}, request_only=True)
PARSED = OpenApiExample(
    "What was understood",
    value={"constraints": CONSTRAINTS, "not_understood": [], "questions": [], "by": "rules"},
    response_only=True,
)
CONSTRAINTS_REQUEST = OpenApiExample(
    "A lower floor", value={"constraints": CONSTRAINTS | {"roas_floor": 2.5}}, request_only=True
)
ALLOCATE_REQUEST = OpenApiExample("Convex", value={"method": "convex"}, request_only=True)
STARTED = OpenApiExample(
    "Queued",
    value={
        "operation": "/api/v1/operations/0198f7a2-0000-7000-8000-000000000001/",
        "plan": "/api/v1/plans/0198f7a1-0000-7000-8000-000000000001/",
    },
    response_only=True,
)
PLAN_SUMMARY = {
    "id": "0198f7a1-0000-7000-8000-000000000001",
    "name": "Spring push",
    "state": "proposed",
    "version": 3,
    "budget": 2_500_000,
    "currency": "USD",
    "headline": {
        "incremental_margin": {"mean": 1_240_000, "low": 830_000, "high": 1_660_000},
        "floor_probability": 0.93,
        "floor_probability_interval": [0.89, 0.95],
        "beats_current": 0.99,
        "beats_current_interval": [0.97, 1.0],
    },
    "is_simulated": True,
    "created_by": "analyst@example.com",
    "created_at": "2026-06-01T09:00:00Z",
    "updated_at": "2026-06-01T09:01:00Z",
    "approved_by": None,
    "approved_at": None,
}
PLANS = OpenApiExample("Plans", value=PLAN_SUMMARY, response_only=True)
PLAN = OpenApiExample(
    "A proposed plan",
    value=PLAN_SUMMARY
    | {
        "brief": BRIEF,
        "constraints": CONSTRAINTS,
        "parsed_by": "rules",
        "not_understood": [],
        "questions": [],
        "method": "convex",
        "history_start": "2026-03-01",
        "history_end": "2026-05-30",
        "horizon_days": 84,
        "planned_at": "2026-06-01T09:01:00Z",
        "result": {"status": "optimal", "certificate": {"gap": 1e-9, "feasibility_residual": 0.0}},
        "explanation": {
            "insight": {"sentence": "Moving money to Walmart search brings more margin."},
            "prices": [
                {
                    "rule": "budget",
                    "value": 0.46,
                    "sentence": "One more 1,000 USD of budget brings 460 USD more incremental margin.",
                    "interval": {"mean": 459.0, "low": 310.0, "high": 620.0},
                    "sureness": "90%: 310 USD to 620 USD, over the draws of every curve and of incrementality.",
                    "holds": "The same rules bind between $2,180,000 and $2,930,000.",
                }
            ],
        },
        "operation": "/api/v1/operations/0198f7a2-0000-7000-8000-000000000001/",
        "unsolved": "",
    },
    response_only=True,
)
COPY_REQUEST = OpenApiExample("A variant", value={"name": "Spring push, lower floor"}, request_only=True)
COPIED = OpenApiExample(
    "A draft to change",
    value=PLAN.value
    | {
        "id": "0198f7a1-0000-7000-8000-000000000002",
        "name": "Spring push, lower floor",
        "state": "draft",
        "version": 1,
        "headline": None,
        "history_start": None,
        "history_end": None,
        "horizon_days": None,
        "planned_at": None,
        "result": None,
        "explanation": None,
        "operation": None,
    },
    response_only=True,
)
ASSUMPTION = OpenApiExample(
    "Measured by an experiment",
    value={
        "retailer_id": "walmart",
        "mean": "0.550",
        "low": "0.450",
        "high": "0.650",
        "source": "geo test, June 2026",
    },
)
APPROVAL_POLICY = OpenApiExample(
    "Large plans wait, and a second person looks",
    value={
        "largest_budget": "2500000.00",
        "smallest_floor_probability": "0.800",
        "second_person_required": True,
    },
)
