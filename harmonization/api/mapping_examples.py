"""Examples about mappings in the API's documentation. All of them are made up."""

from drf_spectacular.utils import OpenApiExample

TEXT = "name: nordkauf\ntitle: Nordkauf\n…"
COLUMN = {
    "source_columns": ["sales_14d_usd"],
    "rmis_field": "revenue",
    "part": "outcome",
    "qualifier": "14-day click, total",
    "transform": "",
    "definition": "Attributed sales.",
}
MAPPING = OpenApiExample(
    "A layout",
    value={
        "name": "alpha",
        "title": "Alpha (simulated)",
        "version": "1+5f1c0a9b",
        "number": 0,
        "is_own": False,
        "columns": [COLUMN],
    },
    response_only=True,
)
VERSION = OpenApiExample(
    "A version",
    value={
        "name": "nordkauf",
        "number": 2,
        "title": "Nordkauf",
        "note": "Sales count 30 days now",
        "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "parent_number": 1,
        "created_at": "2026-06-15T08:00:00Z",
        "created_by": "ann@example.com",
        "text": TEXT,
    },
    response_only=True,
)
NEW_VERSION = OpenApiExample(
    "The next version",
    value={"text": TEXT, "note": "Sales count 30 days now", "parent_number": 1},
    request_only=True,
)
DIFFERENCES = OpenApiExample(
    "Another window",
    value={
        "changes": [
            {"subject": "Sales", "before": "revenue, 14-day click, total", "after": "revenue, 30-day click, total"}
        ],
        "text": "--- version 1\n+++ version 2\n…",
    },
    response_only=True,
)
TRIAL = OpenApiExample(
    "Queued",
    value={"operation_id": "01997c5e-7d3b-7f02-8a51-6b7c8d9e0f10"},
    response_only=True,
    status_codes=["202"],
)
PROPOSAL = OpenApiExample(
    "A proposal",
    value={
        "columns": [
            {
                "source_column": "Ad Spend",
                "field": "cost",
                "window": None,
                "touch": None,
                "scope": None,
                "transform": "",
                "confidence": 0.95,
                "why": "columns with the same words mean cost in known mappings",
            }
        ],
        "text": TEXT,
        "questions": [
            {
                "key": "currency",
                "text": "In which currency are the amounts?",
                "options": [{"value": "EUR", "label": "EUR"}],
                "proposed": "EUR",
                "why": "The export names no currency.",
            }
        ],
        "problem": "",
    },
    response_only=True,
)
ALARM = OpenApiExample(
    "A renamed column",
    value={
        "id": "01997c5e-7d3a-7c31-9d5e-0c8d6a1b2c3d",
        "mapping_name": "alpha",
        "mapping_number": 1,
        "file_name": "july.csv",
        "import_id": "01997c5e-7d3a-7c31-9d5e-0c8d6a1b2c3e",
        "draft_id": None,
        "is_refused": False,
        "changes": [
            {
                "kind": "renamed",
                "column": "orders_14_days",
                "was": "orders_14d",
                "meaning": "It is not read any more: orders, 14-day click, total is empty until the mapping names it.",
                "suggestion": "orders, 14-day, total (95%: its words speak of orders)",
            }
        ],
        "created_at": "2026-07-01T08:00:00Z",
        "acknowledged_at": None,
    },
    response_only=True,
)
