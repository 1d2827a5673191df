"""Two versions of an adapter side by side: what each answered, and how people judged it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, Q

from agents.models import AdapterRow, AgentRun, EvaluationRow
from agents.selectors.adapters import alone_digest, evaluations_of, in_place_of
from rlhf.models import Feedback

USED = (AgentRun.Status.ANSWERED, AgentRun.Status.ASKED)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One version.

    Attributes:
        answer_count: answers that it, among others, gave; asked_count: of them, questions back.
        unused_count: where it was worn but the answer came about without the model.
        up_count, down_count: thumbs on its answers, one a person and answer.
        mean_seconds: of its answers; None where it gave none.
    """

    adapter: AdapterRow
    answer_count: int
    asked_count: int
    unused_count: int
    up_count: int
    down_count: int
    mean_seconds: float | None
    evaluations: Sequence[EvaluationRow]

    @property
    def thumb_count(self) -> int:
        return self.up_count + self.down_count


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The adapter first, then what it is compared with, if there is anything; ``since`` is None for all time."""

    versions: tuple[Judged, ...]
    since: datetime | None


def adapter_comparison(*, adapter: AdapterRow) -> Comparison:
    """A version against the one that stands in its place, over the time of the trial where there is one."""
    other = _counterpart(adapter)
    rows = [adapter] if other is None else [adapter, other]
    since = next((row.canary_at for row in rows if row.is_canary), None)
    found = evaluations_of(digests=[alone_digest(row) for row in rows])
    versions = tuple(_judged(row, since=since, evaluations=found.get(alone_digest(row), [])) for row in rows)
    return Comparison(versions=versions, since=since)


def _counterpart(adapter: AdapterRow) -> AdapterRow | None:
    beside = next((row for row in in_place_of(adapter) if row.pk != adapter.pk), None)
    former: AdapterRow | None = adapter.replaced
    return beside or former


def _judged(row: AdapterRow, *, since: datetime | None, evaluations: Sequence[EvaluationRow]) -> Judged:
    runs = AgentRun.objects.filter(adapters__contains=[{"id": str(row.pk)}])
    runs = runs if since is None else runs.filter(created_at__gte=since)
    used = Q(status__in=USED)
    counted = runs.aggregate(
        answered=Count("pk", filter=used),
        asked=Count("pk", filter=Q(status=AgentRun.Status.ASKED)),
        unused=Count("pk", filter=~used),
        seconds=Avg("seconds", filter=used),
    )
    thumbs = Feedback.objects.filter(run__in=runs.filter(used)).aggregate(
        up=Count("pk", filter=Q(thumb=Feedback.Thumb.UP)), down=Count("pk", filter=Q(thumb=Feedback.Thumb.DOWN))
    )
    return Judged(
        adapter=row,
        answer_count=counted["answered"],
        asked_count=counted["asked"],
        unused_count=counted["unused"],
        up_count=thumbs["up"],
        down_count=thumbs["down"],
        mean_seconds=counted["seconds"],
        evaluations=evaluations,
    )
