"""Sales histories as the market around a plan's cells."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from campaigns.models import Sku
from campaigns.planning.market import MarketRow
from campaigns.selectors.history import HistoryWindow
from harmonization.models import DemandDay


def market_rows(*, window: HistoryWindow, retailers: Sequence[str] = ()) -> tuple[MarketRow, ...]:
    """One row per item and day of items whose brand is known; none where no sales history was imported."""
    days: QuerySet[Any] = DemandDay.objects.current().filter(event_date__range=(window.start, window.end))
    days = days.filter(retailer_id__in=retailers) if retailers else days
    item = Sku.objects.filter(retailer_id=OuterRef("retailer_id"), sku_id=OuterRef("sku_id"), brand__isnull=False)
    grouped = (
        days.annotate(item_brand=Subquery(item.values("brand__name")[:1]))
        .exclude(item_brand=None)
        .order_by()
        .values("event_date", "retailer_id", "sku_id", "item_brand", "price")
        .annotate(promoted=Sum("promoted_rows"), all_rows=Sum("rows"), sold=Sum("units"))
    )
    return tuple(_row(values) for values in grouped)


def _row(values: dict[str, Any]) -> MarketRow:
    return MarketRow(
        day=values["event_date"],
        retailer_id=values["retailer_id"],
        brand=values["item_brand"],
        item=values["sku_id"],
        price=float(values["price"]) if values["price"] is not None else None,
        promoted=values["promoted"] / values["all_rows"] if values["all_rows"] else 0.0,
        units=float(values["sold"] or 0),
    )
