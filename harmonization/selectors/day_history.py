"""The history of one source's day: its versions, what changed between them, and the day as it was known on a date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from harmonization.models import DailyFact, DayVersion

FIGURES = ("facts", "impressions", "clicks", "cost", "revenue", "orders", "units")


@dataclass(frozen=True, kw_only=True)
class DayFigures:
    """Totals of a day in one currency."""

    currency: str
    facts: int
    impressions: int
    clicks: int
    cost: Decimal
    revenue: Decimal
    orders: Decimal
    units: Decimal


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a day.

    Attributes:
        recorded_by: e-mail; empty for the system.
        figures: by currency, in order of its code.
        changes: per currency and figure, this version minus the one before; empty for the first.
    """

    number: int
    import_id: str
    file_name: str
    recorded_at: datetime
    recorded_by: str
    is_final: bool | None
    figures: tuple[DayFigures, ...]
    changes: dict[str, dict[str, Decimal]]


def day_versions(*, retailer_id: str, day: date) -> tuple[Version, ...]:
    """All versions of a day, oldest first; one query."""
    rows = DayVersion.objects.filter(retailer_id=retailer_id, event_date=day).select_related(
        "import_run", "recorded_by"
    )
    found: list[Version] = []
    for row in rows.defer("import_run__quality", "import_run__reconciliation"):
        figures = tuple(_figures(line) for line in row.figures)
        before = found[-1].figures if found else None
        found.append(
            Version(
                number=row.number,
                import_id=str(row.import_run_id),
                file_name=row.import_run.file_name,
                recorded_at=row.recorded_at,
                recorded_by=row.recorded_by.email if row.recorded_by else "",
                is_final=row.is_final,
                figures=figures,
                changes={} if before is None else _changes(before=before, after=figures),
            )
        )
    return tuple(found)


def figures_as_of(*, retailer_id: str, day: date, moment: datetime) -> tuple[DayFigures, ...]:
    """The day's totals by currency as they were known at a moment, summed from the facts themselves."""
    facts = DailyFact.objects.known_at(moment).filter(retailer_id=retailer_id, event_date=day).order_by()
    sums = {f"sum_of_{name}": Sum(name) for name in FIGURES if name != "facts"}
    rows: Iterable[Mapping[str, Any]] = facts.values("currency").annotate(sum_of_facts=Count("id"), **sums)
    lines = [{"currency": row["currency"], **{name: row[f"sum_of_{name}"] for name in FIGURES}} for row in rows]
    return tuple(_figures(line) for line in sorted(lines, key=lambda line: str(line["currency"])))


def _figures(line: dict[str, Any]) -> DayFigures:
    return DayFigures(
        currency=line["currency"],
        facts=int(line["facts"]),
        impressions=int(line["impressions"]),
        clicks=int(line["clicks"]),
        cost=Decimal(line["cost"]),
        revenue=Decimal(line["revenue"]),
        orders=Decimal(line["orders"]),
        units=Decimal(line["units"]),
    )


def _changes(*, before: tuple[DayFigures, ...], after: tuple[DayFigures, ...]) -> dict[str, dict[str, Decimal]]:
    old, new = ({one.currency: one for one in figures} for figures in (before, after))
    return {
        currency: {
            name: Decimal(getattr(new.get(currency), name, 0)) - Decimal(getattr(old.get(currency), name, 0))
            for name in FIGURES
        }
        for currency in sorted(old.keys() | new.keys())
    }
