"""Daily facts as the history a plan is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DecimalField, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, NullIf

from campaigns.models import Sku
from campaigns.planning.history import HistoryRow
from harmonization.models import DailyFact, ImportRun

HISTORY_DAYS = 91
UNASSIGNED = "Unassigned"
MONEY = DecimalField(max_digits=24, decimal_places=8)


@dataclass(frozen=True, kw_only=True)
class HistoryWindow:
    """The days a plan learns from (both included), and what the facts in them say about themselves."""

    start: date
    end: date
    currencies: tuple[str, ...]
    attribution_windows: tuple[int, ...]
    is_simulated: bool

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def history_window(*, retailers: Sequence[str] = (), days: int = HISTORY_DAYS) -> HistoryWindow | None:
    """The last ``days`` days that have facts (of these retailers when some are named); None without facts."""
    facts = _facts(retailers=retailers)
    span = facts.aggregate(first=Min("event_date"), last=Max("event_date"))
    if span["last"] is None:
        return None
    start = max(span["first"], span["last"] - timedelta(days=days - 1))
    within = facts.filter(event_date__gte=start)
    windows = within.order_by().values_list("attribution_window_days", flat=True).distinct()
    return HistoryWindow(
        start=start,
        end=span["last"],
        currencies=tuple(sorted(within.order_by().values_list("currency", flat=True).distinct())),
        attribution_windows=tuple(sorted(window for window in windows if window is not None)),
        is_simulated=ImportRun.objects.filter(
            is_simulated=True, pk__in=within.order_by().values("import_run_id").distinct()
        ).exists(),
    )


def horizon_of(*, constraints: Mapping[str, Any], history_days: int) -> int:
    """Days the budget is for: the weeks or the period that was said, else as many days as the history has."""
    start, end = constraints.get("start"), constraints.get("end")
    if start and end:
        return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    if constraints.get("weeks"):
        return max(1, round(constraints["weeks"] * 7))
    return history_days


def cell_facts(
    *, start: date | None, end: date | None, retailers: Sequence[str] = (), brand: str = ""
) -> QuerySet[Any]:
    """Facts of the days with ``item_margin`` and ``cell_brand``: the SKU list's, else the file's, else Unassigned."""
    facts: QuerySet[Any] = _facts(retailers=retailers).filter(event_date__range=(start, end))
    item = Sku.objects.filter(retailer_id=OuterRef("retailer_id"), sku_id=OuterRef("sku_id"))
    facts = facts.annotate(
        cell_brand=Coalesce(Subquery(item.values("brand__name")[:1]), NullIf(F("brand"), Value("")), Value(UNASSIGNED)),
        item_margin=Subquery(item.values("margin_rate")[:1]),
    )
    return facts.filter(cell_brand__iexact=brand) if brand else facts


def history_rows(*, window: HistoryWindow, retailers: Sequence[str] = (), brand: str = "") -> tuple[HistoryRow, ...]:
    """One row per day and cell."""
    facts = cell_facts(start=window.start, end=window.end, retailers=retailers, brand=brand)
    grouped = (
        facts.order_by()
        .values("event_date", "channel", "retailer_id", "placement_type", "cell_brand")
        .annotate(
            retailer=Max("retailer_name"),
            spend=Sum("cost"),
            attributed=Sum("revenue"),
            order_count=Sum("orders"),
            unit_count=Sum("units"),
            viewed=Sum("revenue", filter=Q(touch="view"), default=Value(0, output_field=MONEY)),
            mixed=Sum("revenue", filter=Q(touch="click+view"), default=Value(0, output_field=MONEY)),
            margin=Coalesce(Sum(F("revenue") * F("item_margin"), output_field=MONEY), Value(0, output_field=MONEY)),
            margin_revenue=Coalesce(
                Sum("revenue", filter=Q(item_margin__isnull=False)), Value(0, output_field=MONEY), output_field=MONEY
            ),
        )
    )
    return tuple(_row(values) for values in grouped)


def cell_count(*, retailers: Sequence[str] = (), brand: str = "") -> int:
    """How many cells a plan over these would have; told without reading their days."""
    window = history_window(retailers=retailers)
    if window is None:
        return 0
    facts = cell_facts(start=window.start, end=window.end, retailers=retailers, brand=brand)
    return facts.order_by().values("channel", "retailer_id", "placement_type", "cell_brand").distinct().count()


def retailer_names() -> dict[str, str]:
    """Name by id of every retailer with current facts."""
    rows = DailyFact.objects.current().order_by().values("retailer_id").annotate(name=Max("retailer_name"))
    return {row["retailer_id"]: row["name"] for row in rows}


def placement_names() -> tuple[str, ...]:
    """Placements with current facts."""
    rows = DailyFact.objects.current().order_by().values_list("placement_type", flat=True).distinct()
    return tuple(sorted(rows))


def brand_names() -> tuple[str, ...]:
    """Brands of the SKU list and of the files."""
    listed = set(Sku.objects.filter(brand__isnull=False).order_by().values_list("brand__name", flat=True).distinct())
    reported = set(DailyFact.objects.current().order_by().exclude(brand="").values_list("brand", flat=True).distinct())
    return tuple(sorted(listed | reported))


def _facts(*, retailers: Sequence[str]) -> QuerySet[DailyFact]:
    facts = DailyFact.objects.current()
    return facts.filter(retailer_id__in=retailers) if retailers else facts


def _row(values: dict[str, Any]) -> HistoryRow:
    return HistoryRow(
        day=values["event_date"],
        path=(values["channel"], values["retailer_id"], values["placement_type"], values["cell_brand"]),
        retailer_name=values["retailer"],
        spend=float(values["spend"]),
        revenue=float(values["attributed"]),
        orders=float(values["order_count"]),
        units=float(values["unit_count"]),
        margin=float(values["margin"]),
        margin_revenue=float(values["margin_revenue"]),
        # A report that counts clicks and views together does not say how much is whose: half is taken to be views'.
        view_revenue=float(values["viewed"] + values["mixed"] / 2),
    )
