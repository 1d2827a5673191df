"""Loaded demand of the current tenant whose truth is known."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from campaigns.tests.forecasting.markets import demand
from harmonization.models import DemandDay, ImportRun, Product, ProductCode

START, LONGEST = date(2026, 1, 5), 300


def product_with_demand(
    *, sku: str = "OWN-1", retailers: tuple[str, ...] = ("alpha",), days: int = 150, skip: int = 0
) -> Product:
    """A product and its days; every ``skip``-th day has no row."""
    product = Product.objects.create(sku=sku, name=f"Tea {sku}")
    run = _run()
    for number, retailer in enumerate(retailers):
        ProductCode.objects.create(product=product, kind="item_id", code=f"{sku}-x".lower(), retailer_id=retailer)
        history, shown = demand(days=LONGEST, seed=number + 1), days - 7 * number
        DemandDay.objects.bulk_create(
            _day(run, retailer, f"{sku}-X", START + timedelta(days=day), units, 4.0, is_promoted=bool(promo))
            for day, (units, promo) in enumerate(zip(history.units[:shown], history.promo[:shown], strict=True))
            if not skip or day % skip
        )
    return product


def priced_items(*, retailer: str = "alpha", items: int = 20, weeks: int = 30, elasticity: float = -1.7) -> None:
    """Items whose units follow price with a known elasticity, a row a week."""
    rng, run = np.random.default_rng(3), _run()
    for item in range(items):
        level = float(rng.uniform(200, 600))
        for week in range(weeks):
            price = 5.0 * float(np.exp(rng.normal(0, 0.15)))
            units = level * (price / 5.0) ** elasticity * float(np.exp(rng.normal(0, 0.1)))
            _day(run, retailer, f"item-{item}", START + timedelta(weeks=week), units, price).save()


def _run() -> ImportRun:
    return ImportRun.objects.create(
        file_name="demand.csv",
        file_size=1,
        file_sha256="d".rjust(64, str(ImportRun.objects.count() % 10)),
        stored_path="uploads/demand.csv",
        mapping_name="own-demand",
        state=ImportRun.State.DONE,
    )


def _day(run, retailer, item, day, units, price, *, is_promoted=False) -> DemandDay:
    return DemandDay(
        import_run=run,
        retailer_id=retailer,
        sku_id=item,
        event_date=day,
        currency="USD",
        units=Decimal(f"{units:.4f}"),
        revenue=Decimal(f"{units * price:.4f}"),
        promoted_rows=int(is_promoted),
        stores=3,
        rows=3,
    )
