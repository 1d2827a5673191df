"""Drafts of mappings: begun for a file of an unknown layout or from a version, answered, edited, used, thrown away."""

import re
from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.models import ImportRun, MappingDraft, MappingVersion
from harmonization.selectors.mapping_drafts import asked_questions
from harmonization.selectors.mapping_versions import KnownMapping, known_names, own_mappings
from harmonization.services.file_samples import read_file_sample
from harmonization.services.mapping_editing import read_unchecked_or_none
from harmonization.services.mapping_versions import NAME, VersionRefused, save_version
from harmonization.services.suggestions import suggest_for
from harmonization.services.upload_files import StoredFile
from harmonization.suggestion.draft_yaml import slug
from harmonization.suggestion.drafting import DraftMapping, Question, answer_question, draft_mapping
from harmonization.suggestion.proposed_fields import ProposedField, proposed_fields
from tenants.models import User
from tenants.services.audit import record_event

MOST_DRAFTS = 500
MOST_CONFIRMATIONS = 4
LONGEST_TITLE = 60
NOT_NAME = re.compile(r"[\W\d_]+")
COMMON = frozenset({"report", "export", "ads", "ad", "daily", "campaign", "campaigns", "performance", "csv", "data"})


@transaction.atomic
def draft_unknown_file(*, stored: StoredFile, stored_path: str, file_name: str, by: User | None) -> MappingDraft:
    """Keep a file of an unknown layout with the mapping proposed for it and the questions left open.

    The same bytes again lead to the draft there is. Raises HarmonizationRefused where no header is found,
    VersionRefused where too many drafts are open.
    """
    earlier = MappingDraft.objects.open().filter(file_sha256=stored.sha256, is_new_file=True).first()
    if earlier is not None:
        return earlier
    _refuse_too_many()
    title = free_title(title_of(file_name))
    proposed = _proposed(path=stored.path, file_name=file_name, title=title)
    draft = MappingDraft.objects.create(
        name=slug(title),
        yaml=proposed.yaml_text,
        file_name=file_name,
        stored_path=stored_path,
        file_size=stored.size,
        file_sha256=stored.sha256,
        is_new_file=True,
        questions=[asdict(one) for one in proposed.questions],
        proposals=_fields_of(proposed, by=by),
        created_by=by,
    )
    after = {"file_name": file_name, "sha256": stored.sha256, "questions": len(proposed.questions)}
    record_event(kind="mapping.drafted", about=draft, by=by, after=after)
    return draft


@transaction.atomic
def draft_changed_layout(
    *, known: KnownMapping, stored: StoredFile, stored_path: str, file_name: str, by: User | None
) -> tuple[MappingDraft, bool]:
    """Keep a file that a known mapping cannot read any more, to be mended in the editor; and whether the draft is new.

    Raises VersionRefused where too many drafts are open.
    """
    waiting = MappingDraft.objects.open().filter(file_sha256=stored.sha256, is_new_file=True, name=known.name)
    if earlier := waiting.first():
        return earlier, False
    _refuse_too_many()
    draft = MappingDraft.objects.create(
        name=known.name,
        yaml=known.text,
        parent_number=known.number,
        proposals=[asdict(one) for one in known.proposals],
        file_name=file_name,
        stored_path=stored_path,
        file_size=stored.size,
        file_sha256=stored.sha256,
        is_new_file=True,
        created_by=by,
    )
    after = {"file_name": file_name, "sha256": stored.sha256, "name": known.name, "from": known.number}
    record_event(kind="mapping.drafted", about=draft, by=by, after=after)
    return draft, True


@transaction.atomic
def answer_questions(
    *, draft: MappingDraft, path: Path, title: str, answers: dict[str, str], by: User | None
) -> MappingDraft:
    """Put the answers and the network's name into the draft; what they leave open is asked as well, up to four in all.

    Answers to what was not asked are not taken. Raises VersionRefused where the name is taken.
    """
    title = title.strip()[:LONGEST_TITLE] or title_of(draft.file_name)
    name = slug(title)
    if not NAME.fullmatch(name) or name in known_names():
        raise VersionRefused(
            title="The name is taken",
            detail=f"There is a mapping “{name}” already.",
            where="network",
            fix="Give this layout another name, such as the network with its country.",
        )
    asked = asked_questions(draft=draft)
    allowed = {one.key: {option.value for option in one.options} for one in asked}
    given = {key: value for key, value in answers.items() if value in allowed.get(key, set())}
    proposed = _answered(_proposed(path=path, file_name=draft.file_name, title=title), answers=given)
    new = [one for one in proposed.questions if one.key not in allowed]
    draft.questions = [asdict(one) for one in (*asked, *new)[:MOST_CONFIRMATIONS]]
    draft.name, draft.yaml, draft.answers = name, proposed.yaml_text, given
    draft.proposals = _fields_of(proposed, by=by)
    draft.save()
    return draft


@transaction.atomic
def start_draft(*, known: KnownMapping, run: ImportRun | None, by: User | None) -> MappingDraft:
    """Begin to edit a version, on the file of an import where one is given; an untouched draft is taken up again."""
    file = {} if run is None else {"file_name": run.file_name, "stored_path": run.stored_path}
    same = MappingDraft.objects.open().filter(created_by=by, name=known.name, parent_number=known.number, **file)
    if earlier := same.filter(is_new_file=False, yaml=known.text).first():
        return earlier
    _refuse_too_many()
    sizes = {} if run is None else {"file_size": run.file_size, "file_sha256": run.file_sha256}
    draft = MappingDraft.objects.create(
        name=known.name,
        yaml=known.text,
        parent_number=known.number,
        proposals=[asdict(one) for one in known.proposals],
        created_by=by,
        **file,
        **sizes,
    )
    record_event(kind="mapping.drafted", about=draft, by=by, after={"name": known.name, "from": known.number})
    return draft


def change_draft(*, draft: MappingDraft, text: str) -> MappingDraft:
    """Keep the text as edited so far; what a person edits is not asked about any more."""
    text = text.replace("\r\n", "\n")
    if text != draft.yaml:
        draft.yaml, draft.is_edited = text, True
        draft.save(update_fields=["yaml", "is_edited", "updated_at"])
    return draft


@transaction.atomic
def save_draft(*, draft: MappingDraft, name: str, note: str, by: User | None) -> MappingVersion:
    """Save the draft as the next version of its mapping, or as the first of a new name; a second time changes nothing.

    Raises MappingError where the text is no mapping, VersionRefused where it cannot be saved under this name.
    """
    locked = MappingDraft.objects.select_for_update(of=("self",)).select_related("saved_as").get(pk=draft.pk)
    if locked.saved_as is not None:
        return locked.saved_as
    parent = locked.parent_number if name == locked.name else None
    made_from = tuple(ProposedField(**one) for one in locked.proposals)
    version = save_version(name=name, text=locked.yaml, note=note, parent_number=parent, by=by, proposals=made_from)
    locked.name, locked.saved_as = name, version
    locked.save(update_fields=["name", "saved_as", "updated_at"])
    draft.saved_as = version
    return version


@transaction.atomic
def discard_draft(*, draft: MappingDraft, by: User | None) -> str:
    """Throw the draft away; the path of its file, which may be forgotten where nothing else uses it."""
    record_event(kind="mapping.draft_discarded", about=draft, by=by, before={"file_name": draft.file_name})
    draft.delete()
    return draft.stored_path


def title_of(file_name: str) -> str:
    """The network's name as the file's name suggests it: ``nordkauf-2026-06.csv`` is Nordkauf."""
    words = NOT_NAME.sub(" ", file_name.rsplit(".", 1)[0]).split()
    telling = [word for word in words if word.lower() not in COMMON and len(word) > 1]
    return " ".join(telling[:2]).capitalize()[:LONGEST_TITLE] or "New network"


def free_title(title: str) -> str:
    """The title, with a number behind it where a mapping has that name already."""
    taken, number, free = set(known_names()), 1, title
    while slug(free) in taken:
        number += 1
        free = f"{title} {number}"
    return free


def _proposed(*, path: Path, file_name: str, title: str) -> DraftMapping:
    sample = read_file_sample(path=path, name=file_name)
    if not any(sample.texts(column) for column in sample.columns):
        raise HarmonizationRefused(
            title="The file has no rows",
            detail="There is a header, but no value below it.",
            where=file_name,
            fix="Export the report for a period in which ads ran.",
        )
    suggestions = suggest_for(sample=sample, saved=[one.mapping for one in own_mappings()])
    return draft_mapping(name=title, file=sample, suggestions=suggestions)


def _fields_of(proposed: DraftMapping, *, by: User | None) -> list[dict[str, object]]:
    """What of the proposed mapping comes from a proposal, as the draft keeps it; nothing while it cannot be read."""
    mapping = read_unchecked_or_none(proposed.yaml_text)
    who = str(by.pk) if by else ""
    return [asdict(one) for one in proposed_fields(draft=proposed, mapping=mapping, by=who)] if mapping else []


def _answered(draft: DraftMapping, *, answers: dict[str, str]) -> DraftMapping:
    """The draft with every answer to a question that it asks, also to those that an answer brings up."""
    while question := next((one for one in draft.questions if _is_answered(one, answers)), None):
        draft = answer_question(draft, question.key, answers[question.key])
    return draft


def _is_answered(question: Question, answers: dict[str, str]) -> bool:
    return answers.get(question.key) in {option.value for option in question.options}


def _refuse_too_many() -> None:
    if MappingDraft.objects.open().count() >= MOST_DRAFTS:
        raise VersionRefused(
            title="Too many drafts are open",
            detail=f"A workspace keeps {MOST_DRAFTS} drafts.",
            where="mappings",
            fix="Use or discard some of the drafts first.",
        )
