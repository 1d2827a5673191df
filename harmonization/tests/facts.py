"""Daily facts and imports for tests, with every column settable."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from harmonization.models import DailyFact, ImportRun
from harmonization.services.rollups import RetailerDayKey, refresh_rollups

DAY = date(2026, 6, 1)


def make_import(**changes) -> ImportRun:
    values = {
        "file_name": "alpha.csv",
        "file_size": 100,
        "file_sha256": f"{ImportRun.objects.count():064x}",
        "stored_path": "uploads/none.csv",
        "mapping_name": "alpha",
        "state": ImportRun.State.DONE,
        "finished_at": timezone.now(),
        "retailers": ["alpha"],
    }
    return ImportRun.objects.create(**(values | changes))


def make_fact(*, import_run: ImportRun | None = None, **changes) -> DailyFact:
    values = {
        "import_run": import_run or make_import(),
        "event_date": DAY,
        "retailer_id": "alpha",
        "retailer_name": "Alpha",
        "channel": "onsite",
        "campaign_id": "C1",
        "placement_type": "search",
        "sku_id": "S1",
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
    fact = DailyFact.objects.create(**(values | changes))
    refresh_rollups(days=[RetailerDayKey(retailer_id=fact.retailer_id, event_date=fact.event_date)])
    return fact
