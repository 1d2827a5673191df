"""Examples in the API's documentation. All of them are made up."""

from drf_spectacular.utils import OpenApiExample

IMPORT = {
    "id": "01997c5e-7d3a-7c31-9d5e-0c8d6a1b2c3d",
    "file_name": "simulated-alpha.csv",
    "file_size": 18233,
    "file_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "mapping_name": "alpha",
    "mapping_version": "5f1c0a9be2d4",
    "is_simulated": True,
    "state": "done",
    "operation": "01997c5e-7d3b-7f02-8a51-6b7c8d9e0f10",
    "uploaded_by": "ann@example.com",
    "created_at": "2026-06-15T08:00:00Z",
    "finished_at": "2026-06-15T08:00:01Z",
    "rows_read": 112,
    "rows_kept": 112,
    "rows_rejected": 0,
    "facts_written": 112,
    "facts_restated": 0,
    "retailers": ["alpha"],
    "headline": [
        {
            "retailer_id": "alpha",
            "retailer_name": "Alpha",
            "window_days": 14,
            "touch": "click",
            "scope": "total",
            "currency": "USD",
        }
    ],
    "period_start": "2026-06-01",
    "period_end": "2026-06-14",
    "is_reconciled": True,
    "problem": None,
}
IMPORT_EXAMPLE = OpenApiExample("An import that is done", value=IMPORT, response_only=True)
IMPORT_DETAIL_EXAMPLE = OpenApiExample("An import that is done", value={**IMPORT, "quality": {}}, response_only=True)
ACCEPTED_EXAMPLE = OpenApiExample(
    "Queued",
    value={"import_id": IMPORT["id"], "operation_id": IMPORT["operation"]},
    response_only=True,
    status_codes=["202"],
)
ALREADY_EXAMPLE = OpenApiExample("Imported before", value=IMPORT, response_only=True, status_codes=["200"])
RECONCILIATION_EXAMPLE = OpenApiExample(
    "Cost is exact",
    value={
        "metric": "cost",
        "source": "1204.330000",
        "harmonized": "1204.330000",
        "difference": "0.000000",
        "is_exact": True,
        "reasons": [],
        "days": [
            {
                "day": "2026-06-01",
                "source": "1204.330000",
                "harmonized": "1204.330000",
                "difference": "0.000000",
                "reason": "",
            }
        ],
    },
    response_only=True,
)
REJECTS_EXAMPLE = OpenApiExample(
    "One row",
    value={
        "total": 1,
        "next_offset": None,
        "results": [{"row_number": "17", "reason": "date is not a date", "raw_row": "2026-13-01,SKU-1"}],
    },
    response_only=True,
)
FACT_EXAMPLE = OpenApiExample(
    "A day of one item",
    value={
        "id": 41,
        "import_id": IMPORT["id"],
        "is_current": True,
        "event_date": "2026-06-01",
        "retailer_id": "alpha",
        "retailer_name": "Alpha",
        "advertiser_id": "",
        "channel": "onsite",
        "campaign_id": "SIM-search",
        "campaign_name": "Simulated search",
        "placement_type": "search",
        "sku_id": "A-1001",
        "product_name": "Oat bar 12-pack",
        "brand": "Simulated Foods",
        "currency": "USD",
        "impressions": 2400,
        "clicks": 31,
        "cost": "25.730000",
        "revenue": "44.950000",
        "orders": "5.000000",
        "units": "5.000000",
        "ntb_revenue": "8.990000",
        "attribution_window_days": 14,
        "touch": "click",
        "scope": "total",
        "date_basis": "click",
        "vat_included": None,
        "vat_rate": None,
        "reporting_currency": "USD",
        "cost_reporting": "25.730000",
        "fx_rate": "1",
        "fx_date": "2026-06-01",
    },
    response_only=True,
)
