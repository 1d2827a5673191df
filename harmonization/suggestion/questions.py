"""The few questions that only a person can answer about an export of an unknown layout."""

import re
from dataclasses import dataclass

from harmonization.suggestion.date_formats import formats_of, in_words
from harmonization.suggestion.sample import FileSample
from harmonization.suggestion.suggestion import OUTCOMES, Suggestion
from harmonization.suggestion.values import currency_of

NOT_MAPPED = "ignore"
UNKNOWN = "unknown"
CURRENCIES = ("USD", "EUR", "GBP", "JPY", "INR", "BRL", "KRW", "CNY", "MXN", "PLN", "TRY", "RUB", "CAD", "AUD")
CURRENCY_OF_SCRIPT = {"JPY": "[ぁ-ヿ]", "KRW": "[가-힣]", "CNY": "[一-鿿]", "RUB": "[а-яА-Я]"}
WINDOWS = ("1", "7", "14", "30")
TOUCHES = {"click": "clicks only", "click+view": "clicks and views", "view": "views only"}


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer to a question."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something a person must confirm, with the answer that is used until then.

    Attributes:
        key: names the question when it is answered.
        proposed: the value of one of the options.
    """

    key: str
    text: str
    options: tuple[Option, ...]
    proposed: str
    why: str


def questions_about(
    *, file: FileSample, suggestions: tuple[Suggestion, ...], settled: tuple[Suggestion, ...]
) -> list[Question]:
    """All that the export leaves open, most important first.

    ``suggestions`` are the proposals as they were made, ``settled`` those with the answers given so far.
    """
    asked = [
        _day_question(file, suggestions),
        _format_question(file, settled),
        _currency_question(file, settled),
        *_column_questions(suggestions),
        *_outcome_questions(suggestions),
    ]
    return [one for one in asked if one is not None]


def _day_question(file: FileSample, suggestions: tuple[Suggestion, ...]) -> Question | None:
    if any(one.field == "event_date" for one in suggestions):
        return None
    dated = [column for column in file.columns if formats_of(values=file.texts(column))]
    columns = dated or list(file.columns)
    return Question(
        key="day",
        text="Which column holds the day of the ad figures?",
        options=tuple(Option(value=column, label=column) for column in columns),
        proposed=columns[0],
        why="Every row needs its day, and no column is certain to be it.",
    )


def _format_question(file: FileSample, settled: tuple[Suggestion, ...]) -> Question | None:
    day = next((one.source_column for one in settled if one.field == "event_date"), None)
    formats = formats_of(values=file.texts(day)) if day else ()
    if len(formats) < 2:
        return None
    first = file.texts(day or "")[0]
    return Question(
        key="date_format",
        text=f"How is the day in “{day}” written, such as {first}?",
        options=tuple(Option(value=one, label=f"4 March 2026 is {in_words(form=one)}") for one in formats),
        proposed=formats[0],
        why="All dates of the sample can be read with the day first and with the month first.",
    )


def _currency_question(file: FileSample, settled: tuple[Suggestion, ...]) -> Question | None:
    if any(one.field == "currency" for one in settled) or currency_of(file=file):
        return None
    return Question(
        key="currency",
        text="In which currency are the amounts?",
        options=tuple(Option(value=code, label=code) for code in CURRENCIES),
        proposed=proposed_currency(file=file),
        why="The export names no currency.",
    )


def proposed_currency(*, file: FileSample) -> str:
    """The currency that goes with the script of the header, to be confirmed; the dollar where it tells none."""
    header = " ".join(file.columns)
    return next((code for code, script in CURRENCY_OF_SCRIPT.items() if re.search(script, header)), CURRENCIES[0])


def _column_questions(suggestions: tuple[Suggestion, ...]) -> list[Question]:
    """One question for all columns that may be the same field."""
    candidates = dict.fromkeys(one.candidate for one in suggestions if one.candidate and not one.field)
    return [_column_question(str(candidate), suggestions) for candidate in candidates]


def _column_question(candidate: str, suggestions: tuple[Suggestion, ...]) -> Question:
    alike = [one for one in suggestions if one.candidate == candidate and not one.field]
    names = ", ".join(f"“{one.source_column}”" for one in alike[:4]) + (" …" if len(alike) > 4 else "")
    words = candidate.replace("_", " ")
    other = {"revenue": "orders", "orders": "revenue"}.get(candidate)
    options = [Option(value=candidate, label=f"yes, {words}")]
    options += [Option(value=other, label=f"no, {other}")] if other else []
    return Question(
        key=f"column:{candidate}",
        text=f"{'Is' if len(alike) == 1 else 'Are'} {names} {words}?",
        options=(*options, Option(value=NOT_MAPPED, label="no, leave out")),
        proposed=NOT_MAPPED,
        why=alike[0].why,
    )


def _outcome_questions(suggestions: tuple[Suggestion, ...]) -> list[Question]:
    outcomes = [one for one in suggestions if one.field in OUTCOMES]
    open_windows = [one for one in outcomes if one.window is None]
    open_touches = [one for one in outcomes if one.touch is None or "touch" in one.assumed]
    questions = []
    if open_touches:
        questions.append(_touch_question(open_touches))
    if open_windows:
        days = tuple(Option(value=day, label=f"within {day} day{'s' if day != '1' else ''}") for day in WINDOWS)
        questions.append(
            Question(
                key="window",
                text=f"Within how many days of the ad do {_count(open_windows)} count sales?",
                options=(*days, Option(value=UNKNOWN, label="the network does not say")),
                proposed=UNKNOWN,
                why="Neither the header nor the file names the attribution window.",
            )
        )
    return questions


def _touch_question(columns: list[Suggestion]) -> Question:
    windows = sorted({days for one in columns if (days := _days(one.window or ""))})
    within = f" within {' or '.join(map(str, windows))} day{'' if windows == [1] else 's'}" if windows else ""
    is_assumed = any("touch" in one.assumed for one in columns)
    options = tuple(Option(value=touch, label=label) for touch, label in TOUCHES.items())
    return Question(
        key="touch",
        text=f"{_count(columns).capitalize()} count sales{within} of a click on the ad: right?",
        options=(*options, Option(value=UNKNOWN, label="the network does not say")),
        proposed="click" if is_assumed else UNKNOWN,
        why="The header does not say whether only clicks count; most networks count clicks.",
    )


def _days(window: str) -> int:
    """Whole days of a window; 0 where it has none."""
    match = re.fullmatch(r"(\d+)([dh])", window)
    return 0 if match is None else int(match[1]) // (24 if match[2] == "h" else 1)


def _count(columns: list[Suggestion]) -> str:
    return f"the column “{columns[0].source_column}”" if len(columns) == 1 else f"these {len(columns)} columns"
