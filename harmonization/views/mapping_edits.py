"""What the editor's form makes of a draft: of ads column by column, of a dimension field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from harmonization.forms.dimension_fields import DimensionSettingsForm, sent_field_uses
from harmonization.forms.file_settings import FileSettingsForm
from harmonization.forms.mapping_columns import sent_uses
from harmonization.mapping.dimension_editing import field_uses
from harmonization.mapping.editing import columns_of, doubled_uses, uses_of
from harmonization.mapping.reader import read_mapping, read_unchecked
from harmonization.mapping.spec import Mapping, MappingError
from harmonization.models import MappingDraft
from harmonization.rmis.dimensions import MappingKind
from harmonization.services.mapping_drafts import change_draft
from harmonization.services.mapping_editing import Workbench, edited, edited_dimension, edited_text, lay_out
from harmonization.views.dimension_rows import FieldRow, SourceColumn, field_dictionary, field_rows, source_columns
from harmonization.views.mapping_rows import EditorRow, dictionary, editor_rows
from tenants.command import refusal_as_problem
from tenants.requests import TenantRequest

Settings = FileSettingsForm | DimensionSettingsForm


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What the form made of the draft: the mapping after it, the settings' form, the text.

    Attributes:
        rows: a row a column; of dimensions a row a field of the kind.
        changed_rows: those that are not what they were before.
        sources: of dimensions, the columns with samples and the fields that read them.
        doubled: columns that become the same, and only the first is read, as one text each.
        problem: why the text is no mapping that could be used yet; None where it is one.
    """

    bench: Workbench
    after: Mapping
    text: str
    settings: Settings
    rows: Sequence[EditorRow | FieldRow]
    changed_rows: Sequence[EditorRow | FieldRow]
    dictionary: Sequence[dict[str, Any]]
    problem: dict[str, str] | None
    sources: Sequence[SourceColumn] = ()
    doubled: Sequence[str] = ()


def edit_of(request: TenantRequest, *, draft: MappingDraft) -> Edit:
    """The draft with what was sent; kept as far as it can be read again. Raises MappingError for a broken text."""
    before = read_unchecked(text=draft.yaml)
    bench = lay_out(draft=draft, mapping=before)
    make = _events_edit if before.kind is MappingKind.EVENTS else _dimension_edit
    edit = make(request, draft=draft, before=before, bench=bench)
    if is_readable(edit.text):
        change_draft(draft=draft, text=edit.text)
    return edit


def problem_of(text: str) -> dict[str, str] | None:
    """Why the text is no mapping that could be used; None where it is one."""
    try:
        read_mapping(text=text)
    except MappingError as error:
        return refusal_as_problem(error)
    return None


def is_readable(text: str) -> bool:
    """Whether the editor could show the text again."""
    try:
        read_unchecked(text=text)
    except MappingError:
        return False
    return True


def _events_edit(request: TenantRequest, *, draft: MappingDraft, before: Mapping, bench: Workbench) -> Edit:
    were = uses = uses_of(mapping=before, columns=bench.columns)
    is_sent = request.method == "POST"
    settings = FileSettingsForm(request.POST if is_sent else None, mapping=before)
    after = before
    if is_sent:
        uses = sent_uses(sent=request.POST, before=were, proposed=bench.proposals)
        after = edited(mapping=before, settings=settings.settings if settings.is_valid() else None, uses=uses)
    text = edited_text(text=draft.yaml, before=before, after=after)
    rows = editor_rows(bench=bench, uses=uses)
    return Edit(
        bench=bench,
        after=after,
        text=text,
        settings=settings,
        rows=rows,
        changed_rows=[row for row, was in zip(rows, were, strict=True) if row.use != was],
        dictionary=dictionary(),
        problem=problem_of(text),
        doubled=[", ".join(one.column for one in group) for group in doubled_uses(uses=uses)],
    )


def _dimension_edit(request: TenantRequest, *, draft: MappingDraft, before: Mapping, bench: Workbench) -> Edit:
    were = uses = field_uses(mapping=before)
    is_sent = request.method == "POST"
    settings = DimensionSettingsForm(request.POST if is_sent else None, mapping=before)
    after = before
    if is_sent:
        known = {*bench.columns, *columns_of(mapping=before)}
        sent = sent_field_uses(sent=request.POST, before=were, known=known)
        wanted = settings.settings if settings.is_valid() else None
        after = edited_dimension(mapping=before, settings=wanted, uses=sent)
        uses = field_uses(mapping=after)
    text = edited_text(text=draft.yaml, before=before, after=after)
    rows = field_rows(kind=before.kind, uses=uses, bench=bench)
    return Edit(
        bench=bench,
        after=after,
        text=text,
        settings=settings,
        rows=rows,
        changed_rows=[row for row, was in zip(rows, were, strict=True) if row.use != was],
        dictionary=field_dictionary(before.kind),
        problem=problem_of(text),
        sources=source_columns(mapping=after, bench=bench),
    )
