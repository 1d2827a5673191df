"""Briefs written by hand, apart from the generator: which fields are read right, which budgets silently wrong."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.parsing import BriefParser, BriefRefused, ParsedBrief

FILE = Path(__file__).parent / "handwritten" / "briefs.jsonl"
UNSEEN = FILE.with_name("briefs_unseen.jsonl")  # written after the rules were tuned on the first; never tuned on
TODAY = date(2026, 11, 21)
CATALOGUE = Catalogue(
    retailers={
        "amazon": "Amazon",
        "walmart": "Walmart",
        "instacart": "Instacart",
        "criteo": "Criteo",
        "alpha": "Alpha",
        "beta": "Beta",
    },
    placements=("search", "browse", "product_detail", "home", "checkout", "offsite", "in_store"),
    brands=("Nordmill", "Kettleby", "Brightnest"),
)


@dataclass(frozen=True, kw_only=True)
class HandBrief:
    """A brief, the constraints a person reads in it, and whether a person would ask back."""

    id: str
    text: str
    expected: Mapping[str, Any]
    must_ask: bool


@dataclass(frozen=True, kw_only=True)
class HandResult:
    """How one brief was read.

    Attributes:
        right, wrong: fields as a person reads them; fields that differ, are missing or were made up.
        has_wrong_budget: a budget other than the person's, and no question at all.
        has_asked: whether anything was asked.
    """

    brief: HandBrief
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    has_wrong_budget: bool
    has_asked: bool
    questions: tuple[str, ...]


def hand_briefs(*, file: Path = FILE) -> list[HandBrief]:
    """All of them, in the order they were written."""
    return [HandBrief(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def judge(*, briefs: Sequence[HandBrief], parser: BriefParser) -> list[HandResult]:
    """Each brief read by a parser and held against what a person reads."""
    return [_judged(brief, parser) for brief in briefs]


def _judged(brief: HandBrief, parser: BriefParser) -> HandResult:
    parsed: ParsedBrief | None = None
    try:
        parsed = parser.parse(text=brief.text, catalogue=CATALOGUE, today=TODAY)
    except BriefRefused as refused:
        asked: tuple[str, ...] = (str(refused),)
    else:
        asked = parsed.questions
    read = parsed.as_json()["constraints"] if parsed else {}
    fields = {*brief.expected, *read}
    right = tuple(sorted(name for name in fields if _same(brief.expected.get(name), read.get(name))))
    has_other_budget = "budget" in read and not _same(read["budget"], brief.expected.get("budget"))
    return HandResult(
        brief=brief,
        right=right,
        wrong=tuple(sorted(fields - set(right))),
        has_wrong_budget=has_other_budget and not asked,
        has_asked=bool(asked),
        questions=asked,
    )


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-6 * max(1.0, abs(one))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(any(_same(each, found) for found in other) for each in one)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return set(one) == set(other) and all(_same(one[key], other[key]) for key in one)
    return bool(one == other)
