"""Keep stock that people counted: entered one by one, or many in a CSV file."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction

from campaigns.models import StockCount
from campaigns.selectors.stock import known_items
from tenants.models import User
from tenants.services.audit import record_event

COLUMNS = ("retailer", "item", "units", "day")
MOST_ROWS, LARGEST = 20_000, Decimal("1e11")
BY_HAND = "entered by hand"


class StockRefused(Exception):
    """A count cannot be kept; nothing was."""

    def __init__(self, title: str, detail: str, where: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where = title, detail, where


@dataclass(frozen=True, kw_only=True)
class NewCount:
    """Units of an item at a retailer at the end of a day; ``where`` says which row it was."""

    retailer_id: str
    sku_id: str
    units: Decimal
    counted_on: date
    where: str = ""


@transaction.atomic
def keep_counts(*, counts: Sequence[NewCount], source: str, by: User | None, today: date) -> int:
    """Keep all of them or none; a second count of a day replaces the first. How many items were counted.

    Raises StockRefused for an item that no data names, a negative count, a day to come, or an item twice on a day.
    """
    if not counts:
        raise StockRefused("There is no count", "Give at least one row.", "file")
    known, rows = known_items(), {}
    for count in counts:
        key = known.get((count.retailer_id.strip().casefold(), count.sku_id.strip().casefold()))
        _check(count, key=key, today=today)
        if (key, count.counted_on) in rows:
            raise StockRefused("An item stands twice", "Keep one count per item and day.", count.where or count.sku_id)
        rows[key, count.counted_on] = count
    stored = [_store((found or ("", ""), day), count, source[:200], by) for (found, day), count in rows.items()]
    record_event(kind="stock.counted", about=stored[0], by=by, after={"items": len(rows), "source": source[:200]})
    return len({key for key, _ in rows})


def _store(at: tuple[tuple[str, str], date], count: NewCount, source: str, by: User | None) -> StockCount:
    (retailer, sku), day = at
    stored, _ = StockCount.objects.update_or_create(
        retailer_id=retailer,
        sku_id=sku,
        counted_on=day,
        defaults={"units": count.units, "source": source, "updated_by": by},
    )
    return stored


def counts_of_csv(*, lines: Iterable[str], today: date) -> list[NewCount]:
    """Rows with the columns retailer, item, units and, where they are not of today, day.

    Raises StockRefused with the column or row that is wrong.
    """
    try:
        table = csv.DictReader(lines, strict=True)
        header = [str(name).strip().lower() for name in table.fieldnames or ()]
        missing = [name for name in COLUMNS[:3] if name not in header]
        if missing:
            has = ", ".join(header[:20]) or "no header"
            raise StockRefused("A column is missing", f"There is no “{missing[0]}”; the file has {has}.", missing[0])
        table.fieldnames = header
        rows = []
        for number, row in enumerate(table, start=2):
            if number > MOST_ROWS + 1:
                raise StockRefused("Too many rows", f"At most {MOST_ROWS:,} at a time.", "file")
            rows.append(_count(row, where=f"row {number}", today=today))
        return rows
    except (csv.Error, UnicodeDecodeError) as error:
        raise StockRefused("This is not a CSV table", "Save it as CSV (UTF-8) with a header row.", "file") from error


def _count(row: dict[str, str | None], *, where: str, today: date) -> NewCount:
    said, day = (row.get("units") or "").strip(), (row.get("day") or "").strip()
    try:
        units = Decimal(said)
    except InvalidOperation as error:
        raise StockRefused("A value is no number", f"“{said}” stands there.", f"{where}, units") from error
    try:
        counted_on = date.fromisoformat(day) if day else today
    except ValueError as error:
        detail = f"“{day}” stands there; write 2026-06-01."
        raise StockRefused("A day is no ISO date", detail, f"{where}, day") from error
    return NewCount(
        retailer_id=row.get("retailer") or "",
        sku_id=row.get("item") or "",
        units=units,
        counted_on=counted_on,
        where=where,
    )


def _check(count: NewCount, *, key: tuple[str, str] | None, today: date) -> None:
    if key is None:
        detail = f"No imported data names “{count.sku_id}” at “{count.retailer_id}”; use the retailer's ids of both."
        raise StockRefused("The item is not known", detail, count.where or "item")
    if not count.units.is_finite() or not 0 <= count.units < LARGEST:
        raise StockRefused("The count is impossible", "Give zero or more units.", count.where or "units")
    if count.counted_on > today:
        raise StockRefused("The day is to come", f"Give {today} or earlier.", count.where or "day")
