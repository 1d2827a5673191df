"""The notebook of a run: which reports were asked for, and when to look again. Kept as JSON in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from harmonization.timing.day_windows import DayWindow

PATIENCE = timedelta(hours=3, minutes=30)  # Amazon promises three hours
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class AskedReport:
    """A window, and the report that was asked for it (empty id: not yet)."""

    window: DayWindow
    report_id: str = ""
    asked_at: datetime | None = None

    def is_overdue(self, *, now: datetime) -> bool:
        return self.asked_at is not None and now - self.asked_at > PATIENCE


@dataclass(frozen=True, kw_only=True)
class Notebook:
    """The reports of a run, oldest window first, and how often was looked."""

    reports: tuple[AskedReport, ...]
    looks: int = 0

    def as_json(self) -> dict[str, Any]:
        lines = [
            {
                "start": one.window.start.isoformat(),
                "end": one.window.end.isoformat(),
                "report_id": one.report_id,
                "asked_at": one.asked_at.isoformat() if one.asked_at else None,
            }
            for one in self.reports
        ]
        return {"reports": lines, "looks": self.looks}


def read_notebook(kept: Mapping[str, Any]) -> Notebook | None:
    """None when this run has not asked for anything yet."""
    if "reports" not in kept:
        return None
    reports = tuple(
        AskedReport(
            window=DayWindow(start=date.fromisoformat(line["start"]), end=date.fromisoformat(line["end"])),
            report_id=line["report_id"],
            asked_at=datetime.fromisoformat(line["asked_at"]) if line["asked_at"] else None,
        )
        for line in kept["reports"]
    )
    return Notebook(reports=reports, looks=int(kept["looks"]))


def next_look(*, now: datetime, looks: int) -> datetime:
    """One minute after the first look, then twice as long each time, at most a quarter of an hour."""
    return now + min(FIRST_WAIT * 2 ** min(looks, 10), LONGEST_WAIT)
