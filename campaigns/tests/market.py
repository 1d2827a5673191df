"""A small market with known curves, as daily facts of the current tenant: what plans are made from in tests."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from campaigns.models import Brand, Sku
from harmonization.models import DailyFact, ImportRun

START, DAYS = date(2026, 3, 2), 70
# (retailer, placement) → beta and k a day
CURVES = {
    ("amazon", "search"): (9_000.0, 900.0),
    ("amazon", "home"): (1_500.0, 700.0),
    ("walmart", "search"): (8_000.0, 500.0),
    ("walmart", "product_detail"): (4_000.0, 600.0),
}
NAMES = {"amazon": "Amazon", "walmart": "Walmart"}
BRIEF = "Allocate $150k across Amazon and Walmart, ROAS at least 2, keep 10% for experiments, no placement above 40%"


def stock_market(*, days: int = DAYS, is_simulated: bool = True, currency: str = "USD", thin: bool = False) -> None:
    """Facts of two retailers with two placements each, one brand with a margin of 40 %; a thin fifth cell if wanted."""
    run = ImportRun.objects.create(
        file_name="simulated-market.csv",
        file_size=1,
        file_sha256=f"{days:02d}".rjust(64, "0"),
        stored_path="uploads/market.csv",
        mapping_name="alpha",
        is_simulated=is_simulated,
        state=ImportRun.State.DONE,
    )
    brand, _ = Brand.objects.get_or_create(name="Lumen")
    for retailer in NAMES:
        Sku.objects.get_or_create(
            retailer_id=retailer, sku_id="L1", defaults={"brand": brand, "margin_rate": Decimal("0.4")}
        )
    rng = np.random.default_rng(7)
    curves = CURVES | ({("walmart", "home"): (3_000.0, 400.0)} if thin else {})
    DailyFact.objects.bulk_create(
        _fact(run, START + timedelta(days=day), node, _spend(rng), curve, rng, currency)
        for node, curve in curves.items()
        for day in range(days if node != ("walmart", "home") else 5)
    )


def _spend(rng: np.random.Generator) -> float:
    return float(rng.uniform(100, 900))


def _fact(run, day, node, spend, curve, rng, currency) -> DailyFact:
    retailer, placement = node
    beta, k = curve
    revenue = beta * spend / (k + spend) * float(rng.uniform(0.9, 1.1))
    return DailyFact(
        import_run=run,
        event_date=day,
        retailer_id=retailer,
        retailer_name=NAMES[retailer],
        channel="onsite",
        campaign_id=f"{retailer}-{placement}",
        campaign_name=f"{NAMES[retailer]} {placement}",
        placement_type=placement,
        sku_id="L1",
        currency=currency,
        impressions=1000,
        clicks=20,
        cost=Decimal(f"{spend:.2f}"),
        revenue=Decimal(f"{revenue:.2f}"),
        orders=Decimal(f"{revenue / 50:.2f}"),
        units=Decimal("3"),
        ntb_revenue=Decimal("0"),
        attribution_window_days=14,
        touch="click",
        scope="total",
    )
