"""What a parser of briefs takes and gives, whoever reads: rules or a model."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol, runtime_checkable

from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.constraint_json import constraints_to_json
from campaigns.briefs.constraints import Constraints

LONGEST_BRIEF = 5_000


class BriefRefused(ValueError):
    """The brief cannot be read at all; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """A part of the brief: ``text`` stands at ``start`` to ``end`` (end excluded), counted in characters."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True)
class ParsedBrief:
    """Constraints read from a brief, what was not understood, and what to ask back."""

    constraints: Constraints
    not_understood: tuple[Span, ...]
    questions: tuple[str, ...]
    by: Literal["model", "rules"]

    def as_json(self) -> dict[str, Any]:
        """The answer of ``parse_brief``."""
        return {
            "constraints": constraints_to_json(constraints=self.constraints),
            "not_understood": [span.text for span in self.not_understood],
            "questions": list(self.questions),
            "by": self.by,
        }


class BriefParser(Protocol):
    """Reads a brief. ``today`` decides what "next month" and "1 March" mean."""

    def parse(self, *, text: str, catalogue: Catalogue, today: date) -> ParsedBrief:
        """Raises BriefRefused for a text that is empty or too long."""
        ...


@runtime_checkable
class TracingParser(Protocol):
    """A parser that can keep how it read its last brief, once something came of it."""

    def keep_trace(self, *, about: str, by: Any) -> None:
        """``about`` is the address, below the workspace, of what was made of the brief; ``by`` whoever wrote it."""
        ...


def check_readable(*, text: str) -> None:
    """Raise BriefRefused when a text is empty or longer than a brief can be."""
    if not text.strip():
        raise BriefRefused("The brief is empty. Say how much to spend, where, and what the plan must respect.")
    if len(text) > LONGEST_BRIEF:
        raise BriefRefused(
            f"The brief has {len(text):,} characters; at most {LONGEST_BRIEF:,} can be read. Keep what the plan needs:"
            " budget, retailers, limits, dates."
        )
