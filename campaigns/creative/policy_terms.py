"""A pack's rules as terms of the policy dimension: the same ids, words, sources and days."""

from dataclasses import dataclass

from campaigns.creative.rules import Pack, Rule, Verdict
from harmonization.rmis.dimensions import Severity, TermKind

REQUIRING = frozenset({"required_text", "required_words", "disclaimers"})
DISALLOWING = frozenset({"words", "competitors", "contacts", "personal_data", "trademarks"})


@dataclass(frozen=True, kw_only=True)
class PackTerm:
    """One row of the dimension; ``note`` says where the rule was read and when it holds."""

    term_id: str
    kind: TermKind
    text: str
    severity: Severity
    note: str


def document_id(pack: Pack) -> str:
    """The pack's document in the dimension; uploads have ids of their own."""
    return f"pack:{pack.name}"


def terms_of(*, pack: Pack) -> tuple[PackTerm, ...]:
    """One term a rule, in the pack's order. What can be repaired or cured warns; what is rejected blocks."""
    return tuple(
        PackTerm(
            term_id=rule.id,
            kind=_kind(rule),
            text=rule.text,
            severity=Severity.BLOCK if rule.severity is Verdict.REJECT else Severity.WARN,
            note=_note(rule),
        )
        for rule in pack.rules
    )


def _kind(rule: Rule) -> TermKind:
    kinds = {str(check["kind"]) for check in rule.parameters}
    if kinds <= REQUIRING:
        return TermKind.REQUIRED_DISCLAIMER
    return TermKind.DISALLOWED_TERM if kinds <= DISALLOWING else TermKind.RETAILER_SPEC


def _note(rule: Rule) -> str:
    source = rule.source
    parts = [f"{source.title}, captured on {source.captured_on}", source.url, source.note]
    if rule.effective_from or rule.effective_until:
        parts.append(f"holds {rule.effective_from or '…'} to {rule.effective_until or '…'}")
    return "; ".join(part for part in parts if part)
