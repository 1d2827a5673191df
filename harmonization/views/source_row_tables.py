"""Tables of source rows, and of one row field by field."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from harmonization.pipeline.row_trace import CellOrigin, TracedField
from harmonization.rmis.registry import definition_of
from harmonization.selectors.row_trace import TracedRow
from harmonization.selectors.source_rows import FIGURES, CampaignDay, SourceRow, SourceRows
from harmonization.views.day_tables import figure
from harmonization.views.report_tables import metric_name

NO_CAMPAIGN = "no campaign named"
ORIGINS = {
    CellOrigin.READ: ("read", ""),
    CellOrigin.BANNER: ("read above the header", ""),
    CellOrigin.STATED: ("said by the mapping", ""),
    CellOrigin.ASSUMED: ("assumed", "warn"),
    CellOrigin.DERIVED: ("derived", "info"),
    CellOrigin.ESTIMATED: ("estimated", "info"),
    CellOrigin.DEFAULTED: ("defaulted", "warn"),
    CellOrigin.FALLBACK: ("fallback", "warn"),
    CellOrigin.UNREAD: ("could not be read", "warn"),
    CellOrigin.RAW: ("kept as it is", ""),
}
LAST_PAGE = 1_000_000


def page_number(given: str) -> int:
    """The page an address asks for; the first where it asks for none that can be."""
    return int(given) if given.isdecimal() and 1 <= int(given[:9]) <= LAST_PAGE else 1


def pages(*, number: int, count: int, size: int, campaign_id: str) -> dict[str, str]:
    """Links to the page before and after, empty where there is none, and which rows are shown."""
    first, last = (number - 1) * size + 1, min(number * size, count)
    return {
        "shown": f"{first:,} to {last:,} of {count:,}" if first <= last else "",
        "earlier": f"?{urlencode({'campaign': campaign_id, 'page': number - 1})}" if number > 1 else "",
        "later": f"?{urlencode({'campaign': campaign_id, 'page': number + 1})}" if last < count else "",
    }


def campaign_name(chosen: Sequence[CampaignDay]) -> str:
    """What a campaign is called."""
    return next((one.campaign_name or one.campaign_id for one in chosen), "") or NO_CAMPAIGN


def campaigns_table(*, retailer_id: str, day: date, campaigns: Sequence[CampaignDay]) -> dict[str, Any]:
    """Each campaign's figures of a day, leading to the rows behind them."""
    address = reverse("harmonization:source_rows", args=[retailer_id, day])
    return {
        "columns": [{"label": "Campaign"}, *({"label": metric_name(name), "numeric": True} for name in FIGURES)],
        "rows": [
            {
                "label": one.campaign_name or one.campaign_id or NO_CAMPAIGN,
                "url": f"{address}?{urlencode({'campaign': one.campaign_id})}",
                "cells": [_cell(one, name) for name in FIGURES],
            }
            for one in campaigns
        ],
    }


def agreement_cards(chosen: Sequence[CampaignDay], found: SourceRows) -> list[dict[str, str]]:
    """Each figure of the day, and whether the rows add up to it."""
    if not chosen or not found.totals:
        return []
    currency = chosen[0].currency if len(chosen) == 1 else ""
    return [_agreement(chosen, found, name=name, currency=currency) for name in FIGURES]


def _agreement(chosen: Sequence[CampaignDay], found: SourceRows, *, name: str, currency: str) -> dict[str, str]:
    shown = sum((Decimal(getattr(one, name)) for one in chosen), Decimal(0))
    difference = found.totals[name] - shown
    words = "the rows add up to it exactly"
    if difference:
        words = f"the rows add up to {figure(found.totals[name], metric=name, currency=currency)}"
    return {"term": metric_name(name), "value": f"{figure(shown, metric=name, currency=currency)}: {words}"}


def rows_table(found: SourceRows) -> dict[str, Any]:
    """Harmonized rows with their place in their file, each leading to its cells."""
    labels = ("Row", "File", "Product", "Placement", *(metric_name(name) for name in FIGURES))
    return {
        "columns": [{"label": label, "numeric": place > 3} for place, label in enumerate(labels)],
        "rows": [
            {
                "label": f"Row {row.row_number:,}",
                "url": reverse("harmonization:row_detail", args=[row.import_id, row.row_number]),
                "cells": [
                    {"value": row.file_name},
                    {"value": row.product_name or row.sku_id or "–"},
                    {"value": row.placement_type.replace("_", " ") or "–"},
                    *(_cell(row, name) for name in FIGURES),
                ],
            }
            for row in found.rows
        ],
    }


def read_table(found: TracedRow) -> dict[str, Any]:
    """What each field of the row says, and from which cell."""
    columns = ("Field", "Value here", "Column of the file", "Cell in the file", "How")
    return {
        "columns": [{"label": label} for label in columns],
        "rows": [_traced_row(one) for one in found.fields if one.field and (one.value or one.raw)],
    }


def unread_table(found: TracedRow) -> dict[str, Any]:
    """Columns of the file that became no field."""
    return {
        "columns": [{"label": label} for label in ("Column of the file", "Cell in the file", "Why it is not read")],
        "rows": [
            {"label": one.column, "cells": [{"value": one.raw or "–"}, {"value": one.note}]}
            for one in found.fields
            if not one.field
        ],
    }


def _traced_row(one: TracedField) -> dict[str, Any]:
    words, tone = ORIGINS[one.origin]
    return {
        "label": one.field,
        "definition": definition_of(one.field.partition(" ")[0]),
        "cells": [
            {"value": one.value or "–"},
            {"value": one.column or "–"},
            {"value": one.raw or "–"},
            {"value": " ".join(part for part in (f"{words}.", one.note, _proposal(one)) if part), "tone": tone},
        ],
    }


def _proposal(one: TracedField) -> str:
    """How surely the column was proposed, and who said yes; empty where a person mapped it by hand."""
    if one.confidence is None:
        return ""
    who = f"confirmed by {one.confirmed_by or 'a person'}" if one.is_confirmed else "nobody was asked about it"
    return f"Proposed with {one.confidence:.0%} confidence, {who}."


def _cell(row: CampaignDay | SourceRow, name: str) -> dict[str, Any]:
    value = getattr(row, name)
    shown = "–" if value is None else figure(value, metric=name, currency=row.currency)
    return {"value": shown, "numeric": True}
