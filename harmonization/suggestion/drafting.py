"""Turn proposals into a mapping file, and ask a person the few things that the export does not tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from harmonization.suggestion.date_formats import formats_of
from harmonization.suggestion.draft_yaml import DraftSettings, mapping_yaml
from harmonization.suggestion.questions import (
    NOT_MAPPED,
    UNKNOWN,
    Option,
    Question,
    proposed_currency,
    questions_about,
)
from harmonization.suggestion.sample import FileSample
from harmonization.suggestion.suggestion import OUTCOMES, Suggestion
from harmonization.suggestion.values import currency_of

__all__ = ["DraftMapping", "Option", "Question", "answer_question", "draft_mapping"]

MOST_QUESTIONS = 4


@dataclass(frozen=True, kw_only=True)
class DraftMapping:
    """A mapping proposed for a file.

    Attributes:
        yaml_text: the mapping file as ``harmonization.mapping`` reads it, with the answers given so far.
        questions: what is left to confirm, most important first, at most four.
        unmapped: columns that are left out, in the order of the file.
        problem: why the file cannot be used yet, in one sentence; empty where it can.
    """

    name: str
    file: FileSample
    suggestions: tuple[Suggestion, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    yaml_text: str = ""
    questions: tuple[Question, ...] = ()
    unmapped: tuple[str, ...] = ()
    problem: str = ""


def draft_mapping(*, name: str, file: FileSample, suggestions: Iterable[Suggestion]) -> DraftMapping:
    """A complete mapping file from the proposals of ``suggest`` for this file, with the questions left open.

    ``name`` becomes the mapping's name and, where no column names the retailer, the retailer.
    """
    return _drafted(DraftMapping(name=name, file=file, suggestions=tuple(suggestions)))


def answer_question(draft: DraftMapping, key: str, value: str) -> DraftMapping:
    """The draft with one more answer in it. Raises KeyError for a question not asked, ValueError for no option."""
    question = next((one for one in draft.questions if one.key == key), None)
    if question is None:
        raise KeyError(key)
    if value not in {option.value for option in question.options}:
        raise ValueError(value)
    return _drafted(replace(draft, answers={**draft.answers, key: value}))


def _drafted(draft: DraftMapping) -> DraftMapping:
    settled = _with_answers(draft)
    asked = questions_about(file=draft.file, suggestions=draft.suggestions, settled=settled)
    open_questions = [one for one in asked if one.key not in draft.answers]
    written = mapping_yaml(name=draft.name, file=draft.file, suggestions=settled, settings=_settings(draft, settled))
    return replace(
        draft,
        yaml_text=written.text,
        unmapped=written.unmapped,
        questions=tuple(open_questions[:MOST_QUESTIONS]),
        problem="" if written.has_date else "No column is known to hold the day; choose one to go on.",
    )


def _with_answers(draft: DraftMapping) -> tuple[Suggestion, ...]:
    """The proposals as answers change them: columns confirmed, the day chosen, window and touch set."""
    settled = tuple(_confirmed(one, draft.answers) for one in draft.suggestions)
    day = draft.answers.get("day")
    if day:
        settled = tuple(
            replace(one, field="event_date", extension=None) if one.source_column == day else one for one in settled
        )
    return tuple(_qualified(one, draft.answers) for one in settled)


def _confirmed(one: Suggestion, answers: Mapping[str, str]) -> Suggestion:
    answer = answers.get(f"column:{one.candidate}") if one.candidate and not one.field else None
    if answer in (None, NOT_MAPPED):
        return one
    scope = "total" if answer in OUTCOMES else None
    return replace(one, field=answer, scope=one.scope or scope, extension=None)


def _qualified(one: Suggestion, answers: Mapping[str, str]) -> Suggestion:
    if one.field not in OUTCOMES:
        return one
    window = answers.get("window", UNKNOWN)
    if one.window is None and window != UNKNOWN:
        one = replace(one, window=f"{window}d")
    touch = answers.get("touch")
    is_open = one.touch is None or "touch" in one.assumed
    return replace(one, touch=None if touch == UNKNOWN else touch) if touch and is_open else one


def _settings(draft: DraftMapping, settled: tuple[Suggestion, ...]) -> DraftSettings:
    file, answers = draft.file, draft.answers
    day = next((one.source_column for one in settled if one.field == "event_date"), "")
    formats = formats_of(values=file.texts(day))
    chosen = answers.get("date_format")
    known = currency_of(file=file) or answers.get("currency")
    return DraftSettings(
        formats=(chosen,) if chosen else formats[:1],
        currency=known or proposed_currency(file=file),
        is_currency_assumed=known is None,
    )
