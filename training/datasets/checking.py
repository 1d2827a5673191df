"""Rows fit to be trained on: duplicates and personal data named row by row, and parts that share no prompt."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tenants.governance.personal_data import find_personal_data
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.rows import Row

HELD_OUT_SHARE = 0.15
LEAST_ROWS = 8
NUMBER = re.compile(r"\d[\d.,]*")
SPACE = re.compile(r"\s+")


class FindingKind(StrEnum):
    """Why a row is left out."""

    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"
    LEAK = "leak"
    PERSONAL = "personal data"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One row that is left out; ``row`` counts from 1 as in the file."""

    row: int
    kind: FindingKind
    detail: str


@dataclass(frozen=True, kw_only=True)
class CheckedRows:
    """Both parts in canonical order, and what was left out."""

    train: tuple[Row, ...]
    held_out: tuple[Row, ...]
    findings: tuple[Finding, ...]


def check_rows(rows: Sequence[Row], *, held_out: Sequence[Row] | None = None) -> CheckedRows:
    """Leave out what must not be trained on, and split by prompt where the parts are not given.

    A prompt with other figures is the same prompt: it goes to one part only. Rows of a given ``held_out`` part are
    numbered after those of ``rows``; a training row whose prompt is among them is a leak and is left out.
    Raises TrainingRefused where too few rows remain, naming the first that were left out.
    """
    findings = [*_personal(rows), *_personal(held_out or (), after=len(rows))]
    gone = {one.row for one in findings}
    findings += _repeated([*rows, *(held_out or ())], gone=gone)
    gone |= {one.row for one in findings}
    kept = [row for number, row in enumerate(rows, start=1) if number not in gone]
    if held_out is None:
        train, back = _split(kept)
    else:
        back = [row for number, row in enumerate(held_out, start=len(rows) + 1) if number not in gone]
        leaks = _leaks(rows, gone=gone, known={_template(row) for row in back})
        findings += leaks
        gone |= {one.row for one in leaks}
        train = [row for number, row in enumerate(rows, start=1) if number not in gone]
    ordered = tuple(sorted(findings, key=lambda one: one.row))
    _refuse_too_few(train=train, held_out=back, findings=ordered)
    return CheckedRows(train=tuple(train), held_out=tuple(back), findings=ordered)


def as_lines(rows: Sequence[Row]) -> str:
    """JSONL with sorted keys: the same rows give the same bytes."""
    return "".join(json.dumps(row, sort_keys=True, ensure_ascii=False) + "\n" for row in rows)


def fingerprint_of(*, train: str, held_out: str) -> str:
    """SHA-256 over both files, hexadecimal."""
    return hashlib.sha256(f"{len(train)}\n{train}{held_out}".encode()).hexdigest()


def _personal(rows: Sequence[Row], *, after: int = 0) -> list[Finding]:
    found = []
    for number, row in enumerate(rows, start=after + 1):
        kinds = sorted({span.kind.value for text in _texts(row) for span in find_personal_data(text)})
        if kinds:
            found.append(Finding(row=number, kind=FindingKind.PERSONAL, detail=", ".join(kinds)))
    return found


def _repeated(rows: Sequence[Row], *, gone: set[int]) -> list[Finding]:
    """Rows that were there before, and answers labelled both good and bad."""
    found: list[Finding] = []
    first: dict[str, int] = {}
    answers: dict[str, tuple[int, Row]] = {}
    for number, row in enumerate(rows, start=1):
        if number in gone:
            continue
        earlier = first.setdefault(as_lines([row]), number)
        if earlier != number:
            found.append(Finding(row=number, kind=FindingKind.DUPLICATE, detail=f"the same as row {earlier}"))
            continue
        other, turned = answers.setdefault(_pair_key(row), (number, row))
        if other != number and _contradicts(turned, row):
            found.append(
                Finding(row=number, kind=FindingKind.CONTRADICTION, detail=f"says the opposite of row {other}")
            )
    return found


def _pair_key(row: Row) -> str:
    """What two rows share when they judge the same answers."""
    if "chosen" in row:
        pair = sorted(json.dumps(row[name], sort_keys=True) for name in ("chosen", "rejected"))
        return json.dumps([row["prompt"], pair], sort_keys=True)
    answer = row["completion"] if "label" in row else ""
    return json.dumps([row["prompt"], answer, json.dumps(row, sort_keys=True) if not answer else ""], sort_keys=True)


def _contradicts(one: Row, other: Row) -> bool:
    if "chosen" in one:
        return bool(one["chosen"] == other["rejected"])
    return "label" in one and one["label"] != other["label"]


def _leaks(rows: Sequence[Row], *, gone: set[int], known: set[str]) -> list[Finding]:
    detail = "its prompt is in the held-out part"
    return [
        Finding(row=number, kind=FindingKind.LEAK, detail=detail)
        for number, row in enumerate(rows, start=1)
        if number not in gone and _template(row) in known
    ]


def _split(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """By a hash of the prompt's template, so that more rows later never move one to the other part."""
    train: list[Row] = []
    back: list[Row] = []
    for row in rows:
        drawn = int(hashlib.sha256(_template(row).encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
        (back if drawn < HELD_OUT_SHARE else train).append(row)
    return train, back


def _template(row: Row) -> str:
    asked = " ".join(message.get("content") or "" for message in row["prompt"] if message["role"] != "system")
    return SPACE.sub(" ", NUMBER.sub("#", asked.casefold())).strip()


def _texts(row: Row) -> list[str]:
    return [
        json.dumps(message, ensure_ascii=False) if message.get("tool_calls") else str(message.get("content") or "")
        for value in row.values()
        if isinstance(value, list)
        for message in value
    ]


def _refuse_too_few(*, train: Sequence[Row], held_out: Sequence[Row], findings: Sequence[Finding]) -> None:
    if len(train) >= LEAST_ROWS and held_out:
        return
    named = "; ".join(f"row {one.row}: {one.kind.value} ({one.detail})" for one in findings[:5])
    detail = f"{len(train)} rows to train on and {len(held_out)} held out remain; {LEAST_ROWS} and 1 are the least."
    raise TrainingRefused(
        "Too few rows remain",
        f"{detail} Left out: {named or 'none'}.",
        where="rows",
        fix="Add rows with other prompts, or mend the ones named.",
    )
