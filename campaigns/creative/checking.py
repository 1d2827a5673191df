"""Check a creative against a pack: four verdicts, every broken rule, and repairs that are checked again."""

from collections.abc import Iterable, Mapping
from datetime import date

from campaigns.creative.advert import Creative
from campaigns.creative.rules import Checked, Finding, Pack, Rule, Verdict, Violation

ROUNDS = 4  # one repair may uncover another; more than this means they undo each other
BLOCKS_ALL = "GOV-PII"  # personal data is stopped before anything else is looked at


def check_copy(*, pack: Pack, creative: Creative, on: date) -> Checked:
    """Judge a creative by the rules that hold on a day.

    A repair is offered only where every violation has one and the repaired creative passes; a claim is never
    repaired. Pure: same pack, creative and day, same answer.
    """
    rules = [rule for rule in pack.rules if rule.holds_on(on)]
    violations = _violations(rules, creative)
    verdict = _worst(violations)
    if verdict is Verdict.PASS and pack.is_empty:
        verdict = Verdict.REVIEW  # nothing is known of this retailer's own rules: a pass would be a guess
    if verdict is not Verdict.FIX:
        return Checked(verdict=verdict, violations=violations, notice=pack.notice)
    repaired = _repaired(rules, creative, violations)
    if repaired is None:  # mending one thing breaks another: a person has to rewrite it
        return Checked(verdict=Verdict.REJECT, violations=violations, notice=pack.notice)
    return Checked(
        verdict=verdict,
        violations=violations,
        changes=_changes(creative, repaired),
        fixed=repaired,
        notice=pack.notice,
    )


def _violations(rules: Iterable[Rule], creative: Creative) -> tuple[Violation, ...]:
    found = []
    for rule in rules:
        findings = [finding for check in rule.checks for finding in check.findings(creative)]
        if not findings:
            continue
        severity = max((finding.severity or rule.severity for finding in findings), key=lambda one: one.weight)
        found.append(Violation(rule=rule, severity=severity, findings=tuple(findings)))
        if rule.id == BLOCKS_ALL:
            return tuple(found)
    return tuple(found)


def _worst(violations: tuple[Violation, ...]) -> Verdict:
    return max((violation.severity for violation in violations), key=lambda one: one.weight, default=Verdict.PASS)


def _repaired(rules: list[Rule], creative: Creative, violations: tuple[Violation, ...]) -> Creative | None:
    """The creative after all repairs, or None where they do not lead to a pass."""
    for _ in range(ROUNDS):
        changes = _one_round(violations)
        if not changes:
            return None
        creative = creative.changed(changes)
        violations = _violations(rules, creative)
        if not violations:
            return creative
        if _worst(violations) is not Verdict.FIX:
            return None
    return None


def _one_round(violations: tuple[Violation, ...]) -> dict[str, str]:
    """Repairs that touch each field once; what they leave is mended in the next round."""
    changes: dict[str, str] = {}
    for finding in (finding for violation in violations for finding in violation.findings):
        if not finding.repair:
            return {}
        if not changes.keys() & finding.repair.keys():
            changes |= finding.repair
    return changes


def _changes(before: Creative, after: Creative) -> Mapping[str, str]:
    was = before.as_json()
    return {name: value for name, value in after.as_json().items() if was.get(name) != value}


def offending_parts(*, creative: Creative, findings: Iterable[Finding]) -> dict[str, list[tuple[str, bool]]]:
    """Each text of the creative in pieces, each with whether it offends: what a page marks."""
    marks: dict[str, list[tuple[int, int]]] = {}
    for finding in findings:
        text = creative.copy.get(finding.field, "")
        start, end = finding.start, finding.end
        if text:
            marks.setdefault(finding.field, []).append((start or 0, len(text) if end is None else end))
    return {name: _pieces(text, sorted(marks.get(name, []))) for name, text in creative.copy.items() if text}


def _pieces(text: str, marks: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces, at = [], 0
    for start, end in marks:
        if start > at:
            pieces.append((text[at:start], False))
        if end > max(at, start):
            pieces.append((text[max(at, start) : end], True))
        at = max(at, end)
    return [*pieces, (text[at:], False)] if at < len(text) else pieces
