"""What a policy pack is made of, and what checking a creative against it answers."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Any, Protocol

from campaigns.creative.advert import Creative


class Verdict(StrEnum):
    """What becomes of a creative, mildest first."""

    PASS = auto()
    FIX = auto()
    REVIEW = auto()
    REJECT = auto()

    @property
    def weight(self) -> int:
        return WEIGHTS[self]


WEIGHTS = {Verdict.PASS: 0, Verdict.FIX: 1, Verdict.REVIEW: 2, Verdict.REJECT: 3}


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a rule was read.

    Attributes:
        captured_on: the day the words were read there; policies drift after it.
        note: the version or date the document itself gives.
    """

    title: str
    url: str
    captured_on: date
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One place where a check fails.

    Attributes:
        field: the field of the creative.
        start, end: characters of that field, end excluded; None where the whole field, or its absence, is meant.
        why: what is wrong there, for people.
        severity: what this finding leads to where it differs from the rule's own.
        repair: new texts by field, where a deterministic repair exists.
    """

    field: str
    why: str
    start: int | None = None
    end: int | None = None
    severity: Verdict | None = None
    repair: Mapping[str, str] = dataclasses.field(default_factory=dict)


class Check(Protocol):
    """A compiled check of a rule."""

    def findings(self, creative: Creative, /) -> list[Finding]:
        """Every place that fails; empty where the creative complies."""
        ...


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of a pack.

    Attributes:
        text: the rule in our own words.
        severity: what a breach leads to; FIX only where every finding can be repaired.
        effective_from, effective_until: days on which it holds, both included; None is open.
        checks: any of them may find something.
        parameters: what the pack says of the checks, for people to read.
    """

    id: str
    text: str
    source: Source
    severity: Verdict
    checks: tuple[Check, ...]
    effective_from: date | None = None
    effective_until: date | None = None
    parameters: tuple[Mapping[str, Any], ...] = ()

    def holds_on(self, day: date) -> bool:
        starts, ends = self.effective_from or date.min, self.effective_until or date.max
        return starts <= day <= ends


@dataclass(frozen=True, kw_only=True)
class Pack:
    """The rules of one retailer's ad format, with the shared ones it includes.

    Attributes:
        name: what scripts call it, e.g. ``amazon_sponsored_brands``.
        retailer: id of the retail media network; empty for packs that others include.
        notice: what its reader must know, e.g. that nothing usable was found.
        is_empty: no rules of its own: what passes the shared ones is still for a person to judge.
    """

    name: str
    title: str
    retailer: str
    version: str
    rules: tuple[Rule, ...]
    notice: str = ""
    aliases: tuple[str, ...] = ()
    is_empty: bool = False


@dataclass(frozen=True, kw_only=True)
class Violation:
    """A broken rule with everywhere it is broken."""

    rule: Rule
    severity: Verdict
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The answer.

    Attributes:
        violations: in the pack's order, one per rule.
        changes: texts that repair it, by field; only with the verdict FIX, and re-checked to pass.
        fixed: the whole creative with them; None otherwise.
        notice: the pack's own warning.
    """

    verdict: Verdict
    violations: tuple[Violation, ...] = ()
    changes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    fixed: Creative | None = None
    notice: str = ""

    def as_json(self) -> dict[str, Any]:
        """The answer of ``check_copy``, without the id."""
        return {
            "verdict": str(self.verdict),
            "violations": [violation.rule.id for violation in self.violations],
            "fixed": self.fixed.as_json() if self.fixed else None,
            "changes": dict(self.changes),
        }
