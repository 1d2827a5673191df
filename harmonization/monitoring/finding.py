"""What watching gives back: one odd thing about one day, with its expectation, cause and advice."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FindingKind(StrEnum):
    """What is odd."""

    OUTLIER = "outlier"
    GAP = "gap"
    REPEATED_DAY = "repeated_day"
    COVERAGE_DROP = "coverage_drop"
    FIELD_LOST = "field_lost"
    CURRENCY_SWITCH = "currency_switch"
    STALE = "stale"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One odd thing, in words a brand manager can act on.

    Attributes:
        campaign_id: empty where it is about the whole source.
        metric: the figure that is oddest; empty where it is about the day itself.
        observed, expected: figures with their unit, as text.
        oddness: robust standard deviations from what was expected; 0 where there is no such measure.
        odds: how odd that is, in words.
    """

    kind: FindingKind
    event_date: date
    summary: str
    campaign_id: str = ""
    metric: str = ""
    observed: str = ""
    expected: str = ""
    oddness: float = 0.0
    odds: str = ""
    cause: str = ""
    advice: str = ""


@dataclass(frozen=True, kw_only=True)
class DaySums:
    """The figures of one source (or campaign), day and currency, as numbers to compute with."""

    day: date
    currency: str
    facts: int
    odd_facts: int
    impressions: float
    clicks: float
    cost: float
    revenue: float
    orders: float
    is_final: bool | None = None
