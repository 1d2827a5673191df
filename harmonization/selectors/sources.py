"""Sources with how they stand: the newest run, how far their data goes, their files."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from harmonization.models import DataSource, ImportRun, SourceFile, SourceRun


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """A source, its newest run, and the last day its imports brought."""

    source: DataSource
    latest: SourceRun | None
    data_to: date | None

    @property
    def state(self) -> tuple[str, str]:
        """In words with a tone."""
        if self.latest is not None and self.latest.is_under_way:
            return self.latest.shown_state
        if not self.source.is_enabled:
            return "Paused", "neutral"
        if self.latest is None:
            return "Never run", "neutral"
        if self.latest.state == SourceRun.State.DONE and self.source.last_error:
            return "Files failed", "warn"
        return ("Up to date", "good") if self.latest.state == SourceRun.State.DONE else self.latest.shown_state


def sources() -> tuple[SourceLine, ...]:
    """All sources by name: three queries, however many there are."""
    latest = {
        run.source_id: run
        for run in SourceRun.objects.select_related("operation").order_by("source_id", "-id").distinct("source_id")
    }
    files = SourceFile.objects.filter(import_run__state=ImportRun.State.DONE).order_by()
    data_to = dict(files.values_list("source_id").annotate(day=Max("import_run__period_end")))
    return tuple(
        SourceLine(source=source, latest=latest.get(source.pk), data_to=data_to.get(source.pk))
        for source in DataSource.objects.select_related("credential__set_by")
    )


def find_source(*, source_id: UUID) -> DataSource | None:
    """With its credential's label; None where there is no such source."""
    return DataSource.objects.select_related("credential__set_by", "created_by").filter(pk=source_id).first()


def source_line(*, source: DataSource) -> SourceLine:
    """One source as it stands."""
    files = source.files.filter(import_run__state=ImportRun.State.DONE)
    return SourceLine(
        source=source,
        latest=runs_of(source=source).first(),
        data_to=files.aggregate(day=Max("import_run__period_end"))["day"],
    )


def runs_of(*, source: DataSource) -> QuerySet[SourceRun]:
    """Newest first."""
    return source.runs.select_related("operation", "asked_by")


def files_of(*, run: SourceRun) -> QuerySet[SourceFile]:
    """The files that a run took, refused or watched, with their imports."""
    return run.files.select_related("import_run__operation")


def source_of(*, run: ImportRun) -> DataSource | None:
    """The source that first brought this import; None for what a person uploaded."""
    file = SourceFile.objects.select_related("source").filter(import_run=run).first()
    return file.source if file is not None else None


def last_upload_by_hand() -> datetime | None:
    """When a person last uploaded a file; None where nobody did."""
    by_hand = ImportRun.objects.filter(source_files=None)
    return by_hand.aggregate(at=Max("created_at"))["at"]
