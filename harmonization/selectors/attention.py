"""What of the data waits for a person: anomalies nobody looked at, and days that are held."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from harmonization.models import Anomaly, DayRollup, HeldDay

SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class NamedAnomaly:
    """An anomaly and what its retailer is called."""

    anomaly: Anomaly
    retailer_name: str


@dataclass(frozen=True, kw_only=True)
class Attention:
    """How much waits, and the newest of it."""

    open_anomalies: int
    held_days: int
    newest: tuple[NamedAnomaly, ...]

    @property
    def is_needed(self) -> bool:
        return bool(self.open_anomalies or self.held_days)


def attention() -> Attention:
    """What waits in this workspace; four queries at most."""
    newest = list(Anomaly.objects.open()[:SHOWN])
    names = retailer_names() if newest else {}
    return Attention(
        open_anomalies=Anomaly.objects.open().count() if len(newest) == SHOWN else len(newest),
        held_days=HeldDay.objects.filter(state=HeldDay.State.WAITING).count(),
        newest=tuple(
            NamedAnomaly(anomaly=one, retailer_name=names.get(one.retailer_id, one.retailer_id)) for one in newest
        ),
    )


def anomalies() -> QuerySet[Anomaly]:
    """Everything found, newest day first."""
    rows = Anomaly.objects.select_related("decided_by", "import_run")
    return rows.defer("import_run__quality", "import_run__reconciliation")


def find_anomaly(*, anomaly_id: UUID) -> Anomaly | None:
    """One anomaly; None when this workspace has no such one."""
    return anomalies().filter(pk=anomaly_id).first()


def anomalies_of_day(*, retailer_id: str, day: date) -> list[Anomaly]:
    """What was found about one day and is still there."""
    return list(Anomaly.objects.found().filter(retailer_id=retailer_id, event_date=day))


def held_days() -> QuerySet[HeldDay]:
    """Held days, newest day first, without their content."""
    return HeldDay.objects.select_related("import_run", "decided_by").defer(
        "content", "import_run__quality", "import_run__reconciliation"
    )


def find_held_day(*, held_id: UUID) -> HeldDay | None:
    """One held day; None when this workspace has no such one."""
    return held_days().filter(pk=held_id).first()


def retailer_names() -> dict[str, str]:
    """What each retailer with data is called, by id."""
    rows = DayRollup.objects.order_by("retailer_id", "-event_date").values_list("retailer_id", "retailer_name")
    return {retailer_id: name or retailer_id for retailer_id, name in rows.distinct("retailer_id")}
