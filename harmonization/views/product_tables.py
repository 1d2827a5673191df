"""Tables, charts and facts of the pages about products, audiences and policies."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from harmonization.models import Audience, DemandDay, InStorePlacement, PolicyTerm, Product, ProductCode
from harmonization.selectors.performance import attribution_label
from harmonization.selectors.products import ProductPerformance
from harmonization.views.tables import days_in_words
from tenants import figures

NOTHING = "–"
SHOWN_DAYS = 60


def products_crumb() -> dict[str, str]:
    """The breadcrumb that leads to the list of products."""
    return {"label": "Products", "url": reverse("harmonization:product_list")}


def products_table(rows: Sequence[Product]) -> dict[str, Any]:
    """One row a product, leading to its page."""
    labels = ("SKU", "Name", "Brand", "Category", "Size")
    return {
        "columns": [*({"label": label} for label in labels), {"label": "Price", "numeric": True}],
        "rows": [
            {
                "label": one.sku,
                "url": reverse("harmonization:product_detail", args=[one.pk]),
                "cells": [
                    *_texts(one.name, one.brand, one.category_path, one.size),
                    {"value": figures.money(one.price, one.currency, places=2), "numeric": True},
                ],
            }
            for one in rows
        ],
    }


def product_facts(product: Product) -> list[dict[str, str]]:
    """Terms and values about a product; what nobody stated is said so."""
    margin = figures.percent(product.margin_rate) if product.margin_rate is not None else _margin(product)
    entries = [
        ("SKU", product.sku),
        ("Brand", product.brand),
        ("Manufacturer", product.manufacturer),
        ("Category", product.category_path),
        ("Size", product.size),
        ("Price", figures.money(product.price, product.currency, places=2)),
        ("Unit cost", figures.money(product.unit_cost, product.currency, places=2)),
        ("Margin", margin),
    ]
    return [{"term": term, "value": value or "not stated"} for term, value in entries if value != NOTHING]


def codes_of(product: Product) -> list[dict[str, Any]]:
    """The codes of a product as rows, with who vouches for each."""
    return [
        {
            "pk": code.pk,
            "kind": code.get_kind_display(),
            "code": code.as_written,
            "compared_as": code.code if code.spelling not in {"", code.code} else "",
            "retailer": code.retailer_id or "everywhere",
            "source": _vouched(code),
            "is_confirmed": code.confirmed_at is not None,
        }
        for code in product.codes.all()
    ]


def performance_table(rows: Iterable[ProductPerformance]) -> dict[str, Any]:
    """What ads did for a product, by retailer."""
    labels = ("Impressions", "Clicks", "Cost", "Attributed revenue")
    words = ("Retailer", "Days", "Revenue counts")
    return {
        "columns": [*({"label": word} for word in words), *({"label": label, "numeric": True} for label in labels)],
        "rows": [
            {
                "label": one.retailer_name or one.retailer_id,
                "cells": [
                    {"value": days_in_words(start=one.first_day, end=one.last_day)},
                    {"value": attribution_label(window_days=one.window_days, touch=one.touch, scope=one.scope)},
                    {"value": f"{one.impressions:,}", "numeric": True},
                    {"value": f"{one.clicks:,}", "numeric": True},
                    {"value": figures.money(one.cost, one.currency, places=2), "numeric": True},
                    {"value": figures.money(one.revenue, one.currency, places=2), "numeric": True},
                ],
            }
            for one in rows
        ],
    }


def demand_chart(days: Sequence[DemandDay]) -> dict[str, Any]:
    """Units sold a day as a line for each retailer, with the last days as a table; empty without demand."""
    if not days:
        return {}
    dates = sorted({one.event_date for one in days})
    units: dict[str, dict[date, float]] = {}
    for one in days:
        by_day = units.setdefault(one.retailer_id, {})
        if one.units is not None:
            by_day[one.event_date] = by_day.get(one.event_date, 0.0) + float(one.units)
    series = [{"name": name, "values": [by_day.get(day) for day in dates]} for name, by_day in units.items()]
    promoted = sum(one.promoted_rows > 0 for one in days)
    total = sum((one.units or Decimal(0) for one in days), Decimal(0))
    return {
        "label": f"Units sold by day, {days_in_words(start=dates[0], end=dates[-1])}",
        "insight": f"{total:,.0f} units on {len(dates):,} days with sales; {promoted:,} days on promotion.",
        "data": {"format": "number", "dates": [day.isoformat() for day in dates], "series": series},
        "table": _demand_table(days),
        "span": days_in_words(start=dates[0], end=dates[-1]),
    }


def placements_table(rows: Sequence[InStorePlacement]) -> dict[str, Any]:
    """Where a product stood in stores, by week."""
    return {
        "columns": [
            *({"label": label} for label in ("Week from", "Retailer", "Display", "Mailer")),
            {"label": "Stores", "numeric": True},
        ],
        "rows": [
            {
                "label": days_in_words(start=one.week_start, end=one.week_start),
                "cells": [
                    *_texts(one.retailer_id, one.display_location, one.mailer_location),
                    {"value": f"{one.stores:,}", "numeric": True},
                ],
            }
            for one in rows
        ],
    }


def audiences_table(rows: Sequence[Audience]) -> dict[str, Any]:
    """One row an audience."""
    labels = ("Audience", "Id", "Retailer", "Type", "Provider", "Description", "Refreshed")
    return {
        "columns": [*({"label": label} for label in labels), {"label": "People", "numeric": True}],
        "rows": [
            {
                "label": str(one),
                "cells": [
                    *_texts(one.audience_id, one.retailer_id, one.audience_type, one.provider, one.description),
                    {"value": days_in_words(start=one.refreshed_on, end=one.refreshed_on)},
                    {"value": f"{one.people:,}" if one.people is not None else NOTHING, "numeric": True},
                ],
            }
            for one in rows
        ],
    }


def policies_table(rows: Sequence[PolicyTerm]) -> dict[str, Any]:
    """One row a term, with the document it stands in."""
    labels = ("Term", "Id", "Kind", "Retailer", "Document", "Category", "Severity", "Note")
    return {
        "columns": [{"label": label} for label in labels],
        "rows": [
            {
                "label": one.text,
                "cells": [
                    {"value": one.term_id or NOTHING},
                    {"value": one.get_kind_display()},
                    {"value": one.document.retailer_id or "all"},
                    {"value": f"{one.document} {one.document.version}".strip()},
                    {"value": one.category or "all"},
                    *_texts(one.severity, one.note),
                ],
            }
            for one in rows
        ],
    }


def _demand_table(days: Sequence[DemandDay]) -> dict[str, Any]:
    labels = ("Units", "Revenue", "Discount", "Stores")
    columns = [{"label": "Day"}, {"label": "Retailer"}, *({"label": label, "numeric": True} for label in labels)]
    shown = list(days)[-SHOWN_DAYS:][::-1]
    return {
        "caption": f"The last {len(shown)} of {len(days):,} days with sales",
        "columns": columns,
        "rows": [
            {
                "label": days_in_words(start=one.event_date, end=one.event_date),
                "cells": [
                    {"value": one.retailer_id},
                    {"value": f"{one.units.normalize():,f}" if one.units is not None else NOTHING, "numeric": True},
                    {"value": figures.money(one.revenue, one.currency, places=2), "numeric": True},
                    {"value": figures.money(one.discount, one.currency, places=2), "numeric": True},
                    {"value": f"{one.stores:,}", "numeric": True},
                ],
            }
            for one in shown
        ],
    }


def _margin(product: Product) -> str:
    if not product.price or product.unit_cost is None:
        return NOTHING
    return figures.percent((product.price - product.unit_cost) / product.price)


def _vouched(code: ProductCode) -> str:
    if code.confirmed_at is None:
        return code.source
    who = code.confirmed_by.email if code.confirmed_by else "the system"
    return f"confirmed by {who}, {code.confirmed_at:%-d %b %Y}"


def _texts(*values: str) -> list[dict[str, str]]:
    return [{"value": value or NOTHING} for value in values]
