"""SIMULATED values of a layout, so that rates, parts and totals agree as they do in real reports."""

import random

Row = dict[str, str]
ROWS = 12
DECIMALS = ("decimal", "money", "percent")
NUMBERS = ("int", *DECIMALS)
TEXTS = {
    "currency": ("USD",),
    "match_type": ("exact", "broad", "phrase"),
    "ad_format": ("Sponsored Products", "Display"),
    "device": ("mobile", "desktop"),
    "placement_type": ("Search", "Product page"),
    "region": ("Lyon", "Oslo"),
}


def simulated_values(*, rows: list[Row]) -> dict[str, tuple[str, ...]]:
    """Texts of a dozen days by column; the same every time."""
    rng = random.Random(7)
    days = [_day(rng, number) for number in range(ROWS)]
    return {row["source_column"]: tuple(_text(row, day, rng) for day in days) for row in rows}


def _day(rng: random.Random, number: int) -> dict[str, float]:
    clicks = rng.randint(20, 400)
    impressions, cost = clicks * rng.randint(30, 200), round(clicks * rng.uniform(0.4, 1.5), 2)
    revenue = round(cost * rng.uniform(1, 6), 2)
    same = round(revenue * rng.uniform(0.4, 0.8), 2)
    return {
        "impressions": impressions, "clicks": clicks, "cost": cost, "revenue": revenue, "day": number + 1,
        "revenue_same_sku": same, "revenue_halo": round(revenue - same, 2), "new_to_brand_revenue": round(same / 3, 2),
        "orders": rng.randint(5, 40), "units_sold": rng.randint(5, 60), "new_to_brand_orders": rng.randint(0, 4),
        "ctr": clicks / impressions, "cpc": cost / clicks, "roas": revenue / cost,
    }  # fmt: skip


def _text(row: Row, day: dict[str, float], rng: random.Random) -> str:
    field, kind = row["rmis_field"], row.get("source_type", "")
    if field == "event_date" or kind in ("date", "timestamp"):
        return f"2026-03-{int(day['day']):02d}"
    if field in TEXTS:
        return TEXTS[field][int(day["day"]) % len(TEXTS[field])]
    if field == "gtin":
        return _gtin(rng)
    if field.endswith("_id"):
        return str(rng.randint(10**7, 10**8))
    if field in day:
        number = day[field] * (100 if "percent_to_ratio" in row.get("transform", "") else 1)
        return f"{number:.6f}" if field in ("ctr", "cpc", "roas") else f"{number:.2f}".removesuffix(".00")
    if kind == "int" or (not kind and not field):
        return str(rng.randint(1, 90))
    return f"{rng.uniform(1, 900):.2f}" if kind in DECIMALS or field in ("bid", "budget", "price") else _word(rng)


def _word(rng: random.Random) -> str:
    return "".join(rng.choices("abcdefghij", k=6)) + f" {rng.randint(1, 9)}"


def _gtin(rng: random.Random) -> str:
    digits = [rng.randint(0, 9) for _ in range(12)]
    total = sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return "".join(map(str, digits)) + str(-total % 10)
