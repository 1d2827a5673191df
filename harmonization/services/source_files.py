"""Take a source's files in, each once, through the upload service; keep a record of each version."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from harmonization.connectors.protocol import (
    Connection,
    FailedFile,
    KnownFile,
    NoRows,
    RemoteFile,
    SourceBusy,
    SourceRefused,
)
from harmonization.connectors.registry import connector
from harmonization.models import DataSource, ImportRun, SourceFile, SourceRun
from harmonization.services.upload_files import UploadRefused
from harmonization.services.uploads import receive_upload
from tenants.services.operation_runs import OperationRun

STEP_BYTES = 32_000_000


@dataclass(frozen=True, kw_only=True)
class Streamed:
    """A remote file as an upload: its chunks, with a sign of life now and then."""

    connection: Connection
    file: RemoteFile
    run: OperationRun
    percent: float

    def chunks(self) -> Iterator[bytes]:
        size, told = 0, 0
        for chunk in self.connection.chunks(self.file):
            size += len(chunk)
            if size - told >= STEP_BYTES:
                told = size
                self.run.progress(self.percent, f"Reading {self.file.name[-60:]} ({size // 1_000_000:,} MB)")
            yield chunk


def known_files(*, source: DataSource) -> dict[str, KnownFile]:
    """The newest version of each file that earlier looks saw."""
    rows = SourceFile.objects.filter(source=source).order_by("looked_at", "id")
    columns = rows.values_list("name", "fingerprint", "looked_at", "state").iterator()
    return {
        name: KnownFile(
            fingerprint=fingerprint, looked_at=looked_at, is_settled=state != SourceFile.State.SETTLING.value
        )
        for name, fingerprint, looked_at, state in columns
    }


def take_files(
    *,
    files: tuple[RemoteFile, ...],
    known: dict[str, KnownFile],
    source_run: SourceRun,
    connection: Connection,
    run: OperationRun,
    now: datetime,
) -> None:
    """Take in what is complete and new, in the order given. A trouble of one file does not keep the others.

    Raises SourceBusy at the end when a file could not be read for now.
    """
    trouble: SourceBusy | None = None
    for place, file in enumerate(files):
        before = known.get(file.name)
        if before is not None and before.fingerprint == file.fingerprint and before.is_settled:
            continue
        if not file.is_complete:
            _note_growing(source_run=source_run, file=file, before=before, now=now)
            continue
        percent = 5 + 90 * place / len(files)
        run.progress(percent, f"Taking in {file.name[-80:]}")
        streamed = Streamed(connection=connection, file=file, run=run, percent=percent)
        try:
            _take(source_run=source_run, streamed=streamed, now=now)
        except SourceBusy as busy:
            trouble = busy
    if trouble is not None:
        raise trouble


def record_failed(*, failed: tuple[FailedFile, ...], source_run: SourceRun, now: datetime) -> None:
    """Keep what the source itself says it could not give."""
    for one in failed:
        SourceFile.objects.update_or_create(
            source=source_run.source,
            name=one.name,
            fingerprint=one.fingerprint,
            defaults={"run": source_run, "state": SourceFile.State.FAILED, "problem": one.problem, "looked_at": now},
        )


def _take(*, source_run: SourceRun, streamed: Streamed, now: datetime) -> None:
    state, import_run, problem = SourceFile.State.TAKEN, None, None
    try:
        import_run, is_new = _receive(source_run=source_run, streamed=streamed)
        state = SourceFile.State.TAKEN if is_new else SourceFile.State.UNCHANGED
    except NoRows:
        state = SourceFile.State.EMPTY
    except UploadRefused as refusal:
        state, problem = SourceFile.State.FAILED, refusal.problem
    except SourceBusy:
        raise
    except SourceRefused as refusal:
        state, problem = SourceFile.State.FAILED, refusal.problem
    _record(source_run=source_run, file=streamed.file, state=state, now=now, import_run=import_run, problem=problem)


def _receive(*, source_run: SourceRun, streamed: Streamed) -> tuple[ImportRun, bool]:
    source = source_run.source
    mapping_name = source.mapping_name or connector(kind=source.kind).mapping or None
    import_run, operation = receive_upload(
        file=streamed,
        file_name=streamed.file.name.rsplit("/", 1)[-1],
        mapping_name=mapping_name,
        by=source_run.asked_by,
    )
    return import_run, operation is not None


def _note_growing(*, source_run: SourceRun, file: RemoteFile, before: KnownFile | None, now: datetime) -> None:
    """The time of the first look at this very version counts: a second look must come half a minute later."""
    if before is None or before.fingerprint != file.fingerprint:
        _record(source_run=source_run, file=file, state=SourceFile.State.SETTLING, now=now)


def _record(
    *,
    source_run: SourceRun,
    file: RemoteFile,
    state: SourceFile.State,
    now: datetime,
    import_run: ImportRun | None = None,
    problem: dict[str, str] | None = None,
) -> None:
    """One row for this version; earlier versions that never stopped growing are forgotten."""
    source = source_run.source
    growing = SourceFile.objects.filter(source=source, name=file.name, state=SourceFile.State.SETTLING)
    growing.exclude(fingerprint=file.fingerprint).delete()
    SourceFile.objects.update_or_create(
        source=source,
        name=file.name,
        fingerprint=file.fingerprint,
        defaults={
            "run": source_run,
            "state": state,
            "import_run": import_run,
            "problem": problem,
            "size": file.size,
            "modified_at": file.modified_at,
            "looked_at": now,
        },
    )
