"""An invented network's export of forty columns: banner rows, semicolons, decimal commas, two attribution windows."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

NAME = "nordkauf-sponsored-2026-06.csv"
HEADER = (
    *("Day", "Advertiser ID", "Advertiser Name", "Campaign ID", "Campaign Name", "Ad Group ID", "Ad Group Name"),
    *("Creative Id", "Item ID", "EAN", "Product Title", "Brand Name", "Product Category", "Placement", "Device"),
    *("Search Query", "Keyword", "Match Type", "Ad Format", "Region", "Impressions", "Viewable Impr.", "Clicks"),
    *("CTR (%)", "Ad Spend", "Avg. CPC", "Bid", "Orders 7d", "Units 7d", "Sales 7d", "New-to-Brand Orders 7d"),
    *("New-to-Brand Sales 7d", "Orders 30d", "Units 30d", "Sales 30d", "New-to-Brand Orders 30d"),
    *("New-to-Brand Sales 30d", "Add to Cart", "ROAS 7d", "Internal Note"),
)
START, DAYS, ITEMS = date(2026, 6, 1), 20, 6
PRICE = Decimal("12.49")


@dataclass(frozen=True, kw_only=True)
class FortyColumns:
    """The file and what it adds up to."""

    content: bytes
    rows: int
    cost: Decimal
    impressions: int


def forty_columns(*, seed: int = 5, header: tuple[str, ...] = HEADER) -> FortyColumns:
    """The same file for the same seed; the currency stands nowhere in it."""
    rng = random.Random(seed)
    rows = [_row(rng, day=START + timedelta(days=day), item=item) for day in range(DAYS) for item in range(ITEMS)]
    places = [HEADER.index(name) for name in header if name in HEADER]
    banner = ["Nordkauf Media;;", "Generated 2026-06-21;;", ";".join(header)]
    lines = [*banner, *(";".join(row[place] for place in places) for row in rows)]
    spend, shown = HEADER.index("Ad Spend"), HEADER.index("Impressions")
    return FortyColumns(
        content=("\n".join(lines) + "\n").encode(),
        rows=len(rows),
        cost=sum((Decimal(row[spend].replace(",", ".")) for row in rows), Decimal(0)),
        impressions=sum(int(row[shown]) for row in rows),
    )


def _row(rng: random.Random, *, day: date, item: int) -> list[str]:
    impressions = rng.randint(500, 5000)
    clicks = impressions // rng.randint(20, 60)
    cpc = Decimal(rng.randint(20, 90)) / 100
    spend, orders = clicks * cpc, clicks // 10
    place = ("Search results", "Product page", "Home page")[item % 3]
    sales, later = orders * PRICE, (orders + 2) * PRICE
    return [
        *(day.strftime("%d.%m.%Y"), "AC-77", "Foods GmbH", f"C{item % 3}", f"Summer {item % 3}", f"G{item}"),
        *(f"Group {item}", f"CR{item}", f"N-{1000 + item}", "4006381333931", f"Oat bar {item}", "Foods", "Snacks"),
        *(place, "mobile", "oat bar", "oat", "exact", "Sponsored product", "Nord"),
        *(str(impressions), str(impressions * 8 // 10), str(clicks), _comma(Decimal(clicks * 100) / impressions)),
        *(_comma(spend), _comma(cpc), "0,95", str(orders), str(orders), _comma(sales), str(orders // 3)),
        *(_comma(PRICE * (orders // 3)), str(orders + 2), str(orders + 2), _comma(later), str(orders // 3)),
        *(_comma(PRICE * (orders // 3)), str(clicks // 4), _comma(sales / spend if spend else Decimal(0)), "-"),
    ]


def _comma(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")
