"""Take an export in: store it, find its mapping, and queue its harmonization. The same file is taken in once."""

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from harmonization.mapping.library import explain_detection, header_of
from harmonization.mapping.mapping_error import MappingError
from harmonization.models import ImportRun, MappingDraft
from harmonization.rmis.dimensions import MappingKind
from harmonization.selectors.mapping_versions import KnownMapping, find_mapping, known_names, own_mappings
from harmonization.services.draft_expiry import expire_drafts
from harmonization.services.mapping_drafts import save_draft
from harmonization.services.unknown_layouts import MappingUnknown, draft_refused_file
from harmonization.services.upload_files import StoredFile, UploadRefused, as_upload_problem, store_upload
from tenants.database.current import connection
from tenants.models import Operation, User
from tenants.services.audit import record_event
from tenants.services.operations import retry_operation, start_operation

FORM_OVERHEAD = 16_384
__all__ = ["MappingUnknown", "forget_file", "receive_upload", "register_file", "request_limit", "use_draft"]


class Chunked(Protocol):
    """What Django's uploaded files are: bytes in chunks."""

    def chunks(self) -> Iterable[bytes]: ...


def receive_upload(
    *, file: Chunked, file_name: str, mapping_name: str | None, by: User | None
) -> tuple[ImportRun, Operation | None]:
    """Store an export and queue its harmonization; the operation is None when it was imported before.

    The same bytes with the same mapping lead to the earlier import; one that was refused, failed or was cancelled is
    tried again. Raises UploadRefused (UploadTooLarge, MappingUnknown) with title, detail, where and fix.
    """
    shown_name = _shown_name(file_name)
    stored = store_upload(
        chunks=file.chunks(),
        folder=tenant_folder() / "uploads",
        file_name=shown_name,
        limit=settings.UPLOAD_MAX_BYTES,
    )
    try:
        mapping = _chosen_mapping(path=stored.path, file_name=shown_name, mapping_name=mapping_name)
        run, operation = register_file(stored=stored, file_name=shown_name, mapping=mapping, by=by)
    except MappingUnknown as unknown:
        unknown.wait_in(_drafted(stored=stored, file_name=shown_name, closest=unknown.closest, by=by))
        raise
    except BaseException:
        stored.path.unlink(missing_ok=True)
        raise
    if run.stored_path != _below_tenant(stored.path):
        stored.path.unlink(missing_ok=True)
    return run, operation


def _drafted(*, stored: StoredFile, file_name: str, closest: str, by: User | None) -> MappingDraft | None:
    """The draft in which the file waits; the file is gone where there is none, or waits in an earlier one."""
    for path in expire_drafts(now=timezone.now()):
        forget_file(stored_path=path)
    kept_path = _below_tenant(stored.path)
    draft = None
    try:
        draft = draft_refused_file(stored=stored, stored_path=kept_path, file_name=file_name, closest=closest, by=by)
    finally:
        if draft is None or draft.stored_path != kept_path:
            stored.path.unlink(missing_ok=True)
    return draft


@transaction.atomic
def use_draft(*, draft: MappingDraft, by: User | None) -> tuple[ImportRun, Operation | None]:
    """Save the draft as the first version of its mapping and import its file with it; a double click does it once.

    Raises MappingError where the text is no mapping, VersionRefused where its name is taken.
    """
    version = save_draft(draft=draft, name=draft.name, note=f"Made for {draft.file_name}", by=by)
    path = tenant_folder() / draft.stored_path
    stored = StoredFile(path=path, size=draft.file_size, sha256=draft.file_sha256)
    known = find_mapping(name=version.name, number=version.number)
    if known is None:
        raise MappingError(f"there is no version {version.number} of {version.name}")
    return register_file(stored=stored, file_name=draft.file_name, mapping=known, by=by)


def forget_file(*, stored_path: str) -> None:
    """Remove a stored file, unless an import or a draft uses it; an empty path is none."""
    is_used = ImportRun.objects.filter(stored_path=stored_path).exists()
    if stored_path and not is_used and not MappingDraft.objects.filter(stored_path=stored_path).exists():
        (tenant_folder() / stored_path).unlink(missing_ok=True)


def tenant_folder() -> Path:
    """Where the current tenant's files are."""
    return Path(settings.DATA_DIR) / connection.schema_name


@transaction.atomic
def register_file(
    *, stored: StoredFile, file_name: str, mapping: KnownMapping, by: User | None
) -> tuple[ImportRun, Operation | None]:
    """Queue the harmonization of a stored file; the operation is None when it was imported with this version."""
    try:
        with transaction.atomic():
            run = ImportRun.objects.create(
                file_name=file_name,
                file_size=stored.size,
                file_sha256=stored.sha256,
                stored_path=_below_tenant(stored.path),
                kind=mapping.mapping.kind,
                mapping_name=mapping.name,
                mapping_number=mapping.number,
                is_simulated=file_name.lower().startswith("simulated-"),
                uploaded_by=by,
            )
    except IntegrityError:
        return _earlier_import(stored=stored, mapping=mapping, by=by)
    run.operation = _start(run=run, by=by)
    run.save(update_fields=["operation"])
    named = {"mapping": mapping.name, "mapping_number": mapping.number}
    after = {"file_name": file_name, "sha256": stored.sha256, **named, "bytes": stored.size}
    record_event(kind="import.received", about=run, by=by, after=after)
    return run, run.operation


def _earlier_import(
    *, stored: StoredFile, mapping: KnownMapping, by: User | None
) -> tuple[ImportRun, Operation | None]:
    """The import this file was taken in as; work that ended without success is queued again."""
    waiting = ImportRun.objects.select_for_update()  # a join would read the operation as it was before the wait
    run = waiting.get(file_sha256=stored.sha256, mapping_name=mapping.name, mapping_number=mapping.number)
    if run.state == ImportRun.State.DONE:
        return run, None
    if run.is_unfinished:
        return run, run.operation
    if run.operation is None:
        run.operation = _start(run=run, by=by)
    else:
        run.operation = retry_operation(operation=run.operation, by=by)
    run.state, run.problem, run.finished_at = ImportRun.State.WAITING, None, None
    earlier_path, run.stored_path = run.stored_path, _below_tenant(stored.path)
    run.save()
    forget_file(stored_path=earlier_path)
    return run, run.operation


def _start(*, run: ImportRun, by: User | None) -> Operation:
    return start_operation(
        kind="harmonize" if run.kind == MappingKind.EVENTS else "load_dimension",
        title=f"Harmonize {run.file_name}",
        by=by,
        parameters={"import_run_id": str(run.pk)},
        unique_key=f"harmonize:{run.pk}",
    )


def _chosen_mapping(*, path: Path, file_name: str, mapping_name: str | None) -> KnownMapping:
    known = known_names()
    if mapping_name:
        if named := find_mapping(name=mapping_name):
            return named
        raise UploadRefused(
            title="There is no such mapping",
            detail=f"“{mapping_name}” is not a mapping of this workspace or site. Known: {', '.join(known)}.",
            where="mapping",
            fix="Choose one of the known mappings, or leave it to be detected from the header.",
        )
    detection = explain_detection(path, own=[one.mapping for one in own_mappings()])
    if detection.name is not None and (found := find_mapping(name=detection.name)):
        return found
    if detection.refused is not None:
        problem = as_upload_problem(refusal=detection.refused, path=path, file_name=file_name)
        raise UploadRefused(**problem) from detection.refused
    seen = f"Its header: {header_of(path)}. {detection.reason} Known mappings: {', '.join(known)}."
    unknown = MappingUnknown(
        title="No mapping fits this file",
        detail=seen.replace(path.name, file_name),
        where=file_name,
        fix="Choose the mapping yourself, or export the report with the columns a mapping expects.",
    )
    unknown.closest = detection.changed_layout
    raise unknown


def _shown_name(file_name: str) -> str:
    """The user's file name for display only: without folders and control characters."""
    name = PurePath(file_name.replace("\\", "/")).name
    return "".join(letter for letter in name if letter.isprintable())[:200] or "upload"


def _below_tenant(path: Path) -> str:
    return path.relative_to(tenant_folder()).as_posix()


def request_limit() -> int:
    """Bytes of a request that can still hold one file of the largest size: the form around it is small."""
    return int(settings.UPLOAD_MAX_BYTES) + FORM_OVERHEAD
