"""Which fields of a mapping were proposed, how surely, and which of them a person was asked about."""

from collections.abc import Iterable
from dataclasses import dataclass

from harmonization.mapping.editing import ColumnUse, Part, uses_of
from harmonization.mapping.header import normal
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.provenance import words_of
from harmonization.suggestion.drafting import DraftMapping
from harmonization.suggestion.suggestion import OUTCOMES, Suggestion

READ_PARTS = frozenset({Part.FIELD, Part.OUTCOME, Part.WHOLE_FILE})


@dataclass(frozen=True, kw_only=True)
class ProposedField:
    """A column as it was proposed, and as the mapping reads it.

    Attributes:
        field: the RMIS field, or an attributed metric with its window, touch and scope.
        unit: what its numbers count in; empty for one.
        confidence: share of such proposals that were right on layouts held out, 0 to 1.
        is_confirmed: a person answered a question about it; else the mapping was saved without one.
        confirmed_by: id of that person; empty where nobody is known.
    """

    column: str
    field: str
    unit: str
    confidence: float
    is_confirmed: bool = False
    confirmed_by: str = ""


def proposed_fields(*, draft: DraftMapping, mapping: Mapping, by: str) -> tuple[ProposedField, ...]:
    """What of the draft's mapping comes from a proposal, with the answers that ``by`` gave to the draft."""
    proposals = {normal(one.source_column): one for one in draft.suggestions}
    return tuple(
        ProposedField(
            column=use.column,
            field=_label(use),
            unit=use.unit or "",
            confidence=proposals[normal(use.column)].confidence,
            is_confirmed=is_confirmed,
            confirmed_by=by if is_confirmed else "",
        )
        for use in uses_of(mapping=mapping, columns=draft.file.columns)
        if use.part in READ_PARTS and normal(use.column) in proposals
        for is_confirmed in [_is_answered(proposals[normal(use.column)], use, draft)]
    )


def kept_as_proposed(*, proposed: Iterable[ProposedField], mapping: Mapping) -> tuple[ProposedField, ...]:
    """Those that the mapping still reads as they were proposed; what a person changed is theirs."""
    known = tuple(proposed)
    uses = uses_of(mapping=mapping, columns=[one.column for one in known])
    return tuple(
        one
        for one, use in zip(known, uses, strict=True)
        if (_label(use), use.unit or "") == (one.field, one.unit) and use.part in READ_PARTS
    )


def _is_answered(proposal: Suggestion, use: ColumnUse, draft: DraftMapping) -> bool:
    """Whether an answer was about this very column."""
    asked = {f"column:{proposal.candidate}"} if proposal.candidate and not proposal.field else set()
    if use.name == "event_date":
        asked |= {"day", "date_format"}
    if proposal.field in OUTCOMES:
        asked |= {"window"} if proposal.window is None else set()
        asked |= {"touch"} if proposal.touch is None or "touch" in proposal.assumed else set()
    return not asked.isdisjoint(draft.answers)


def _label(use: ColumnUse) -> str:
    """As provenance names it."""
    return f"{use.name}{words_of(use.qualifier)}" if use.part is Part.OUTCOME else use.name
