"""Take a file on this machine into a workspace and wait for it: the command's way into the upload service."""

import shutil
import time
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django_tenants.utils import tenant_context

from harmonization.mapping.reader import read_mapping
from harmonization.models import ImportRun
from harmonization.selectors.mapping_versions import find_mapping
from harmonization.services.mapping_versions import save_version
from harmonization.services.uploads import receive_upload, tenant_folder
from tenants.models import Operation, Tenant
from tenants.services.operation_runs import run_operation

WAIT_SECONDS = 600.0
POLL_SECONDS = 0.2


class DirectImportRefused(Exception):
    """The import did not end in facts; ``problem`` says why."""

    def __init__(self, *, problem: dict[str, str]) -> None:
        super().__init__(problem.get("detail", ""))
        self.problem = problem


def import_directly(*, tenant_slug: str, path: Path, mapping_name: str, output: Path | None) -> dict[str, Any]:
    """Upload ``path`` to the workspace, do the work here (or wait for the worker that has it), copy RMIS to ``output``.

    The answer has the keys of the command's JSON. Raises UploadRefused, DirectImportRefused, Tenant.DoesNotExist.
    """
    started = time.perf_counter()
    with tenant_context(Tenant.objects.live().get(slug=tenant_slug)):
        name = _kept_mapping(mapping_name)
        with path.open("rb") as file:
            run, operation = receive_upload(file=File(file), file_name=path.name, mapping_name=name, by=None)
        if operation is not None:
            _perform(operation=operation)
        run.refresh_from_db()
        if run.state != ImportRun.State.DONE:
            operation_problem = operation.problem if operation is not None else None
            raise DirectImportRefused(problem=run.problem or operation_problem or {"title": "It did not finish"})
        folder = tenant_folder() / "rmis"
        if output is not None:
            _copy_files(run=run, folder=folder, output=output)
    return {
        "rows_read": run.rows_read,
        "rows_kept": run.rows_kept,
        "rows_rejected": run.rows_rejected,
        "reconciliation": run.reconciliation,
        "quality": run.quality,
        "output": str(output or folder),
        "seconds": round(time.perf_counter() - started, 4),
    }


def _kept_mapping(name_or_file: str) -> str:
    """The name of a mapping; one in a YAML file becomes a version of the workspace's own first."""
    file = Path(name_or_file)
    if find_mapping(name=name_or_file) is not None or not file.is_file():
        return name_or_file
    text = file.read_text(encoding="utf-8-sig")
    mapping = read_mapping(text=text, name=file.name)
    known = find_mapping(name=mapping.name)
    if known is None or known.text != text:
        parent = known.number if known else None
        save_version(name=mapping.name, text=text, note=f"From {file.name}", parent_number=parent, by=None)
    return mapping.name


def _perform(*, operation: Operation) -> None:
    """Do the work in this process; where a worker was quicker, wait for it."""
    run_operation(operation_id=str(operation.pk))
    give_up_at = time.monotonic() + WAIT_SECONDS
    operation.refresh_from_db()
    while not operation.is_finished and time.monotonic() < give_up_at:
        time.sleep(POLL_SECONDS)
        operation.refresh_from_db()


def _copy_files(*, run: ImportRun, folder: Path, output: Path) -> None:
    """The files of this import, found by the file's hash in their names, under the same folders in ``output``."""
    for path in folder.rglob(f"{run.file_sha256[:16]}*"):
        target = output / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
