"""A waiting file that is no report of ads: its draft becomes the mapping of a dimension."""

from django.db import transaction

from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.writing import mapping_text
from harmonization.models import MappingDraft
from harmonization.rmis.dimensions import MappingKind
from harmonization.selectors.mapping_drafts import draft_file
from harmonization.services.file_samples import read_file_sample
from harmonization.services.mapping_drafts import change_draft, free_title, title_of
from harmonization.services.mapping_editing import read_unchecked_or_none
from harmonization.services.mapping_versions import VersionRefused
from harmonization.suggestion.dimension_drafting import draft_dimension, likely_kind
from harmonization.suggestion.draft_yaml import slug
from harmonization.suggestion.sample import FileSample
from tenants.models import User
from tenants.services.audit import record_event


@transaction.atomic
def turn_into_dimension(*, draft: MappingDraft, kind: MappingKind, by: User | None) -> MappingDraft:
    """Give the draft a mapping of this kind, with the fields its columns are named after; nothing is asked any more.

    A draft whose text a person changed, or of a known mapping, is not touched. Raises HarmonizationRefused where its
    file cannot be read.
    """
    locked = MappingDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if _is_settled(locked):
        return draft
    title = free_title(title_of(draft.file_name))
    locked.name, locked.questions, locked.answers, locked.proposals = slug(title), [], {}, []
    locked.save(update_fields=["name", "questions", "answers", "proposals", "updated_at"])
    mapping = draft_dimension(kind=kind, name=locked.name, title=title, file=_sample(draft))
    change_draft(draft=locked, text=mapping_text(mapping=mapping))
    record_event(kind="mapping.draft_turned", about=locked, by=by, after={"kind": kind, "name": locked.name})
    return locked


def choose_kind(*, draft: MappingDraft, kind: MappingKind, by: User | None) -> MappingDraft:
    """As :func:`turn_into_dimension`, of a draft that can still be turned; the same kind again changes nothing.

    Raises VersionRefused where a person edited the draft, saved it, or began it from a known mapping.
    """
    mapping = read_unchecked_or_none(draft.yaml)
    if mapping is not None and mapping.kind is kind:
        return draft
    if _is_settled(draft):
        raise VersionRefused(
            title="The draft cannot change its kind any more",
            detail="A person edited it, it was saved, or it was begun from a mapping there is.",
            where=draft.file_name or draft.name,
            fix="Discard the draft and upload the file again, or edit the text of the draft.",
        )
    return turn_into_dimension(draft=draft, kind=kind, by=by)


def _is_settled(draft: MappingDraft) -> bool:
    return draft.saved_as_id is not None or draft.is_edited or draft.parent_number is not None


def kind_guessed(*, draft: MappingDraft) -> MappingKind:
    """Which dimension the draft's file seems to be; products where nothing tells."""
    try:
        return likely_kind(file=_sample(draft))
    except HarmonizationRefused:
        return MappingKind.PRODUCTS


def _sample(draft: MappingDraft) -> FileSample:
    path = draft_file(draft=draft)
    if path is None:
        raise HarmonizationRefused(
            title="The file is not there any more",
            detail=f"{draft.file_name} was removed.",
            where=draft.file_name,
            fix="Upload it again.",
        )
    return read_file_sample(path=path, name=draft.file_name)
