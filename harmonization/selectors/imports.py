"""Imports as pages and the API read them."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from harmonization.models import ImportRun
from tenants.database.current import connection

BULKY = ("quality", "reconciliation")


def imports() -> QuerySet[ImportRun]:
    """All imports, newest first, with their operation and uploader, without the bulky reports."""
    return ImportRun.objects.select_related("operation", "uploaded_by").defer(*BULKY)


def find_import(*, import_id: UUID) -> ImportRun | None:
    """One import with everything in it; None when this workspace has no such import."""
    return ImportRun.objects.select_related("operation", "uploaded_by").filter(pk=import_id).first()


def latest_import_with(*, mapping_name: str) -> ImportRun | None:
    """The newest import whose file was read with any version of a mapping."""
    return ImportRun.objects.filter(mapping_name=mapping_name).first()


def import_file(*, run: ImportRun) -> Path:
    """Where the file of an import is kept."""
    return Path(settings.DATA_DIR) / connection.schema_name / run.stored_path


def rejects_file(*, run: ImportRun) -> Path:
    """Where the rejected rows of an import are; the file is absent when there are none."""
    folder = Path(settings.DATA_DIR) / connection.schema_name
    return folder / run.rejects_path if run.rejects_path else folder / "no-rejects"
