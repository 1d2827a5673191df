"""Small exports as networks write them, and one call that harmonizes them."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

from harmonization.mapping.library import load_mapping
from harmonization.mapping.refusal import DEFAULT_LIMITS
from harmonization.pipeline.dataset import attribution_of, events_of
from harmonization.pipeline.run import harmonize_file

ALPHA = {
    "event_id": "1", "date": "2026-01-05", "retailer_sku": "A-1", "product_name": "Soap", "brand": "Acme",
    "category": "Care", "placement": "search", "audience": "all", "campaign_id": "c1", "campaign_name": "Spring",
    "impressions": "1000", "clicks": "20", "spend_usd": "12.34", "orders_14d": "3", "units_14d": "4",
    "sales_14d_usd": "56.78", "ntb_orders_14d": "1", "ntb_sales_14d_usd": "20.00", "price_usd": "14.20",
    "stock_level": "90", "margin_rate": "0.31", "promo": "0",
}  # fmt: skip
BETA = {
    "Day": "05.01.2026", "Item ID": "B-1", "GTIN": "4006381333931", "Item": "Soap", "Brand": "Acme", "Slot": "SERP",
    "Line item ID": "l1", "Line item": "Spring", "Views": "1000", "Taps": "20", "CTR %": "2,00",
    "Cost micros": "12340000", "Purchases 7d": "3", "Items 7d": "4", "Turnover 7d": "56,78",
    "New buyer turnover 7d": "20,00", "Currency": "USD",
}  # fmt: skip
BETA_BANNER = "Report: Beta Retail Media Daily (SIMULATED DATA)\nGenerated: 2026-02-01\n"


def alpha_row(**changes):
    """One row of Alpha's export as a dictionary."""
    return ALPHA | changes


def beta_row(**changes):
    """One row of Beta's export as a dictionary; changes name its columns with underscores for spaces."""
    names = {name.replace(" ", "_"): name for name in BETA}
    return BETA | {names[name]: value for name, value in changes.items()}


def table_text(rows, *, header, separator=",", line_end="\n"):
    """Rows as delimited text."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=header, delimiter=separator, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def alpha_text(*rows, **form):
    return table_text(rows or [alpha_row()], header=list(ALPHA), **form)


def beta_text(*rows, totals=True):
    body = table_text(rows or [beta_row()], header=list(BETA), separator=";")
    last = "Total" + ";" * 7 + "9999;99;;9999999;9;9;9.999,99;9;\n"
    return BETA_BANNER + body + (last if totals else "")


def written(folder, text, name="export.csv", encoding="utf-8"):
    """The text as a file in the folder."""
    path = folder / name
    path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return path


def harmonized(path, mapping="alpha", *, output=None, limits=DEFAULT_LIMITS, **options):
    """The result of harmonizing a file, by default into a folder beside it."""
    chosen = load_mapping(mapping) if isinstance(mapping, str) else mapping
    return harmonize_file(
        input_path=path, mapping=chosen, output_dir=output or path.parent / "rmis", limits=limits, **options
    )


def events(result):
    """All event rows a result wrote, in the order of the source."""
    return events_of(result.event_files).collect().sort("source_row_no")


def outcomes(result):
    """The long table of attributed outcomes a result wrote."""
    return attribution_of(result.event_files).collect()


def rejects(result):
    """Rejected rows as (row number, reason, raw row)."""
    if result.rejects_path is None:
        return []
    with result.rejects_path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["row", "reason", "raw_row"]
    return [(int(row), reason, raw) for row, reason, raw in rows[1:]]


def total(result, metric):
    """The sum of a metric over the daily facts."""
    return sum((value for value in result.daily[metric].to_list() if value is not None), Decimal(0))


def differences(result):
    """Reconciliation lines that differ, as (metric, day, difference, reason)."""
    return [(line.metric, line.date, line.difference, line.reason) for line in result.reconciliation if line.difference]


def days(count):
    """Days from 2026-01-05 on, ISO 8601."""
    return [(date(2026, 1, 5) + timedelta(days=number)).isoformat() for number in range(count)]
