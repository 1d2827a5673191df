"""Drafts of mappings as pages and the API read them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from harmonization.models import ImportRun, MappingDraft
from harmonization.suggestion.questions import Option, Question
from tenants.database.current import connection


def open_drafts() -> tuple[MappingDraft, ...]:
    """Drafts that were neither used nor thrown away, newest first."""
    return tuple(MappingDraft.objects.open().select_related("created_by")[:100])


def find_draft(*, draft_id: UUID) -> MappingDraft | None:
    """One draft; None when this workspace has no such draft."""
    return MappingDraft.objects.select_related("created_by", "saved_as").filter(pk=draft_id).first()


def asked_questions(*, draft: MappingDraft) -> tuple[Question, ...]:
    """What the user is asked about the file, most important first."""
    return tuple(_question(one) for one in draft.questions)


def draft_file(*, draft: MappingDraft) -> Path | None:
    """The file the draft is shown on; None where it has none, or the file is gone."""
    path = Path(settings.DATA_DIR) / connection.schema_name / draft.stored_path
    return path if draft.stored_path and path.is_file() else None


def import_of(*, draft: MappingDraft) -> ImportRun | None:
    """The import that used the draft."""
    if draft.saved_as is None:
        return None
    runs = ImportRun.objects.filter(file_sha256=draft.file_sha256, mapping_name=draft.saved_as.name)
    return runs.filter(mapping_number=draft.saved_as.number).first()


def _question(stored: Mapping[str, Any]) -> Question:
    return Question(
        key=stored["key"],
        text=stored["text"],
        options=tuple(Option(value=one["value"], label=one["label"]) for one in stored["options"]),
        proposed=stored["proposed"],
        why=stored["why"],
    )
