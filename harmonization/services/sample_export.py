"""A small simulated export, so that an empty workspace can show what it does. Nothing in it happened."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

SAMPLE_NAME = "simulated-alpha-sample.csv"
SAMPLE_DAYS = 14
HEADER = (
    "event_id,date,retailer_sku,product_name,brand,category,placement,audience,campaign_id,campaign_name,impressions,"
    "clicks,spend_usd,orders_14d,units_14d,sales_14d_usd,ntb_orders_14d,ntb_sales_14d_usd,price_usd,stock_level,"
    "margin_rate,promo\n"
)
PRODUCTS = (("A-1001", "Oat bar 12-pack", Decimal("8.99")), ("A-1002", "Almond bar 6-pack", Decimal("6.49")))
PLACEMENTS = (("search", 2400, 31), ("browse", 3600, 18), ("product_detail", 1500, 24), ("home", 5200, 9))


def sample_export(*, last_day: date) -> bytes:
    """Two weeks up to ``last_day`` of a made-up retailer in the Alpha layout (CSV, USD, 14-day click)."""
    text = io.StringIO()
    text.write(HEADER)
    writer = csv.writer(text, lineterminator="\n")
    number = 0
    for offset in range(SAMPLE_DAYS):
        day = last_day - timedelta(days=SAMPLE_DAYS - 1 - offset)
        for product in PRODUCTS:
            for placement in PLACEMENTS:
                number += 1
                writer.writerow(_row(number=number, day=day, product=product, placement=placement))
    return text.getvalue().encode()


def _row(*, number: int, day: date, product: tuple[str, str, Decimal], placement: tuple[str, int, int]) -> list[str]:
    """One line; weekends are busier, numbers wobble by a fixed pattern."""
    (sku, name, price), (slot, impressions, clicks) = product, placement
    wobble = 90 + number * 37 % 21 + (15 if day.weekday() >= 5 else 0)
    shown, clicked = impressions * wobble // 100, clicks * wobble // 100
    orders = clicked // 6
    new_orders = orders // 4
    spend = Decimal(clicked) * Decimal("0.83")
    return [
        f"SIM-{number:05d}",
        day.isoformat(),
        sku,
        name,
        "Simulated Foods",
        "Snacks",
        slot,
        "all",
        f"SIM-{slot}",
        f"Simulated {slot.replace('_', ' ')}",
        *map(str, (shown, clicked, spend, orders, orders, orders * price, new_orders, new_orders * price, price)),
        "400",
        "0.35",
        "0",
    ]
