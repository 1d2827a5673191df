"""The content of a held day, as an import leaves it."""

import io
from decimal import Decimal

import polars as pl

from harmonization.services.daily_facts import facts_to_write
from harmonization.tests.facts import DAY

ROW = {
    "event_date": DAY,
    "retailer_id": "alpha",
    "retailer_name": "Alpha",
    "advertiser_id": "",
    "channel": "onsite",
    "campaign_id": "C1",
    "campaign_name": "Spring",
    "placement_type": "search",
    "sku_id": "S1",
    "product_name": "",
    "brand": "",
    "currency": "USD",
    "impressions": 1000,
    "clicks": 50,
    "cost": Decimal("25.00"),
    "revenue": Decimal("100.00"),
    "orders": Decimal(4),
    "units": Decimal(5),
    "ntb_revenue": Decimal("10.00"),
    "attribution_window_days": 14,
    "touch": "click",
    "scope": "total",
}


def content_of(*changes: dict) -> bytes:
    buffer = io.BytesIO()
    facts_to_write(daily=pl.DataFrame([{**ROW, **change} for change in changes])).write_parquet(buffer)
    return buffer.getvalue()
