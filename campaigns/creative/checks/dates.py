"""A campaign for an event ends with it."""

from dataclasses import dataclass
from datetime import date, timedelta

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import Parameters
from campaigns.creative.rules import Finding, Verdict


@dataclass(frozen=True, kw_only=True)
class EventDatesCheck:
    """The last day is at most ``days`` after the event's."""

    days: int

    def findings(self, creative: Creative, /) -> list[Finding]:
        event, end, start = (_day(creative.said(name)) for name in ("event_date", "end", "start"))
        if event is None or end is None:
            unread = [
                name for name in ("event_date", "end") if creative.about.get(name) and not _day(creative.said(name))
            ]
            why = "is no day as YYYY-MM-DD"
            return [Finding(field=name, why=why, severity=Verdict.REVIEW) for name in unread]
        latest = event + timedelta(days=self.days)
        if end <= latest:
            return []
        if start is not None and start > latest:
            return [Finding(field="start", why="the campaign starts after its event", severity=Verdict.REJECT)]
        return [Finding(field="end", why=f"ends after {latest}", repair={"end": latest.isoformat()})]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def build(parameters: Parameters) -> EventDatesCheck:
    return EventDatesCheck(days=parameters.number("days"))
