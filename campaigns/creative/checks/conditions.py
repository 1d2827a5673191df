"""When a check applies: what must, and what must not, be so about the creative."""

import re
from dataclasses import dataclass

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import Parameters
from campaigns.creative.checks.phrases import phrase_pattern
from campaigns.creative.folding import foldings
from campaigns.creative.rules import Check, Finding


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Facts about a creative; unset ones say nothing."""

    categories: frozenset[str] = frozenset()
    claim_types: frozenset[str] = frozenset()
    offers: tuple[str, ...] = ()
    item_flags: frozenset[str] = frozenset()
    locales: frozenset[str] = frozenset()
    approvals: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    copy: re.Pattern[str] | None = None
    evidence: bool = False

    def facts(self, creative: Creative) -> list[bool]:
        """The truth of each fact that was set."""
        offer = creative.part("offer")
        truths = [
            (self.categories, creative.category in self.categories),
            (self.claim_types, creative.said("claim_type") in self.claim_types),
            (self.offers, any(offer.get(name) for name in self.offers)),
            (self.item_flags, bool(self.item_flags & set(creative.listed("item_flags")))),
            (self.locales, creative.locale in self.locales),
            (self.approvals, any(creative.is_approved_by(who) for who in self.approvals)),
            (self.given, any(creative.about.get(name) or creative.copy.get(name) for name in self.given)),
            (self.evidence, creative.has_evidence),
        ]
        known = [truth for is_set, truth in truths if is_set]
        return [*known, says(creative, self.copy)] if self.copy else known


@dataclass(frozen=True, kw_only=True)
class Conditional:
    """A check that applies when all of ``when`` is so and nothing of ``unless`` is."""

    check: Check
    when: Condition | None = None
    unless: Condition | None = None

    def findings(self, creative: Creative, /) -> list[Finding]:
        if self.when and not all(self.when.facts(creative)):
            return []
        if self.unless and any(self.unless.facts(creative)):
            return []
        return self.check.findings(creative)


def says(creative: Creative, pattern: re.Pattern[str]) -> bool:
    """Whether any of the copy, disclosure included, matches."""
    return bool(pattern.search(creative.all_copy)) and any(
        pattern.search(foldings(text)[0].text) for text in creative.copy.values()
    )


def read_condition(parameters: Parameters) -> Condition:
    """A condition as a pack writes it."""
    phrases = parameters.texts("says")
    condition = Condition(
        categories=frozenset(parameters.texts("category")),
        claim_types=frozenset(parameters.texts("claim_type")),
        offers=parameters.texts("offer"),
        item_flags=frozenset(parameters.texts("item_flag")),
        locales=frozenset(parameters.texts("locale")),
        approvals=parameters.texts("approved_by"),
        given=parameters.texts("given"),
        evidence=parameters.flag("evidence"),
        copy=phrase_pattern(phrases) if phrases else None,
    )
    parameters.finish()
    return condition
