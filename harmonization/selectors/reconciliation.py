"""The reconciliation of an import by metric: totals over its days, and the days themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ReconciledDay:
    """A metric of one day: the source's total, ours, and why they differ; ``day`` is ISO 8601, empty when undated."""

    day: str
    source: Decimal
    harmonized: Decimal
    difference: Decimal
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReconciledMetric:
    """A metric over all days of a file. Money is in the file's currency."""

    metric: str
    source: Decimal
    harmonized: Decimal
    difference: Decimal
    reasons: tuple[str, ...]
    days: tuple[ReconciledDay, ...]

    @property
    def is_exact(self) -> bool:
        """Whether no day differs; days that cancel out in the total do not count as exact."""
        return all(day.difference == 0 for day in self.days)


def reconciled_metrics(*, lines: Sequence[Mapping[str, Any]]) -> tuple[ReconciledMetric, ...]:
    """The stored lines of an import, gathered by metric in the order they were written, days in order."""
    grouped: dict[str, list[ReconciledDay]] = {}
    for line in lines:
        grouped.setdefault(line["metric"], []).append(_day(line))
    return tuple(_metric(metric=metric, days=days) for metric, days in grouped.items())


def _day(line: Mapping[str, Any]) -> ReconciledDay:
    return ReconciledDay(
        day=line["date"] or "",
        source=Decimal(line["source"]),
        harmonized=Decimal(line["harmonized"]),
        difference=Decimal(line["difference"]),
        reason=line["reason"] or "",
    )


def _metric(*, metric: str, days: list[ReconciledDay]) -> ReconciledMetric:
    return ReconciledMetric(
        metric=metric,
        source=sum((day.source for day in days), Decimal(0)),
        harmonized=sum((day.harmonized for day in days), Decimal(0)),
        difference=sum((day.difference for day in days), Decimal(0)),
        reasons=tuple(dict.fromkeys(day.reason for day in days if day.reason)),
        days=tuple(sorted(days, key=lambda day: day.day)),
    )
