"""Examples of anomalies, held days, calendars and differences. All of them are made up."""

from drf_spectacular.utils import OpenApiExample

IMPORT_ID = "01997c5e-7d3a-7c31-9d5e-0c8d6a1b2c3d"
ANOMALY_EXAMPLE = OpenApiExample(
    "A day with ten times the cost",
    value={
        "id": "01997c60-11aa-7c31-9d5e-0c8d6a1b2c3d",
        "retailer_id": "alpha",
        "event_date": "2026-06-14",
        "kind": "outlier",
        "campaign_id": "",
        "metric": "cpc",
        "summary": "Cost per click is far above what is usual; also cost, return on spend",
        "observed": "8.30 USD",
        "expected": "0.78 USD to 0.89 USD",
        "oddness": 41.3,
        "odds": "less than once in a million ordinary days",
        "cause": "Cost is about ten times what is usual while impressions are not: a unit or decimal mark changed.",
        "advice": "Compare the file's amounts with the console; correct the unit in the mapping, and upload again.",
        "state": "open",
        "note": "",
        "decided_by": None,
        "decided_at": None,
        "found_at": "2026-06-15T08:00:01Z",
        "last_found_at": "2026-06-15T08:00:01Z",
        "import_id": IMPORT_ID,
    },
    response_only=True,
)
DECISION_EXAMPLE = OpenApiExample(
    "Explained", value={"state": "explained", "note": "Budget raised for the launch."}, request_only=True
)
HELD_DAY_EXAMPLE = OpenApiExample(
    "A partial file",
    value={
        "id": "01997c61-22bb-7c31-9d5e-0c8d6a1b2c3d",
        "retailer_id": "alpha",
        "event_date": "2026-06-14",
        "state": "waiting",
        "reason": "“Simulated search” would go from 8 rows to 1.",
        "facts_before": 8,
        "facts_after": 1,
        "cost_before": "200.000000",
        "cost_after": "25.000000",
        "currency": "USD",
        "import_id": IMPORT_ID,
        "file_name": "simulated-part.csv",
        "held_at": "2026-06-16T08:00:01Z",
        "decided_by": None,
        "decided_at": None,
    },
    response_only=True,
)
FIGURES = {
    "currency": "USD",
    "facts": 8,
    "impressions": 25400,
    "clicks": 164,
    "cost": "136.120000",
    "revenue": "233.740000",
    "orders": "26.000000",
    "units": "26.000000",
}
CALENDAR_EXAMPLE = OpenApiExample(
    "Two days of one source",
    value={
        "retailer_id": "alpha",
        "retailer_name": "Alpha",
        "days": [
            {"day": "2026-06-13", "state": "restated", "versions": 2, "is_final": False},
            {"day": "2026-06-14", "state": "missing", "versions": 0, "is_final": None},
        ],
    },
    response_only=True,
)
HISTORY_EXAMPLE = OpenApiExample(
    "A day written once",
    value={
        "retailer_id": "alpha",
        "day": "2026-06-14",
        "versions": [
            {
                "number": 1,
                "import_id": IMPORT_ID,
                "file_name": "simulated-alpha.csv",
                "recorded_at": "2026-06-15T08:00:01Z",
                "recorded_by": "ann@example.com",
                "is_final": False,
                "figures": [FIGURES],
                "changes": {},
            }
        ],
        "as_of": None,
        "figures": [FIGURES],
    },
    response_only=True,
)
DIFFERENCE_EXAMPLE = OpenApiExample(
    "The console shows an earlier version",
    value={
        "metric": "cost",
        "currency": "USD",
        "source": "136.120000",
        "harmonized": "136.120000",
        "difference": "0.000000",
        "lines": [{"title": "Rejected rows", "text": "Every row could be read.", "amount": None}],
        "explanation": {
            "console": "128.12",
            "gap": "-8.000000",
            "best": {
                "reason": "restated",
                "sentence": "It is version 1, from june.csv: the console or the file was read at another time.",
                "predicted": "128.120000",
                "left": "0.000000",
            },
            "unexplained": "0",
            "candidates": [],
            "hint": "",
        },
    },
    response_only=True,
)
FRESHNESS_EXAMPLE = OpenApiExample(
    "A source that is late",
    value={
        "retailer_id": "alpha",
        "retailer_name": "Alpha",
        "first_event_date": "2026-04-06",
        "last_event_date": "2026-06-14",
        "last_import_at": "2026-06-15T08:00:01Z",
        "interval_days": 7,
        "due_on": "2026-06-22",
        "late_days": 5,
    },
    response_only=True,
)
