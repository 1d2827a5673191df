"""Products and places that are not advertised."""

from dataclasses import dataclass

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import Parameters
from campaigns.creative.rules import Finding, Verdict


@dataclass(frozen=True, kw_only=True)
class CategoryCheck:
    """No products of these categories."""

    categories: frozenset[str]

    def findings(self, creative: Creative, /) -> list[Finding]:
        if creative.category not in self.categories:
            return []
        return [Finding(field="category", why=f"products of the category “{creative.said('category')}”")]


@dataclass(frozen=True, kw_only=True)
class LocaleCheck:
    """Only in some countries; where that is unclear a person decides.

    Attributes:
        changed: countries for which captures of the policy disagree.
    """

    permitted: frozenset[str]
    prohibited: frozenset[str]
    changed: frozenset[str]

    def findings(self, creative: Creative, /) -> list[Finding]:
        locale = creative.locale
        if locale in self.permitted - self.changed:
            return []
        if locale in self.prohibited - self.changed:
            return [Finding(field="locale", why=f"not allowed in {locale}", severity=Verdict.REJECT)]
        if locale in self.changed:
            why = f"captures of the policy disagree about {locale}: confirm with the retailer"
        else:
            why = f"nothing is known about {locale}" if locale else "the country is not given"
        return [Finding(field="locale", why=why, severity=Verdict.REVIEW)]


def build(parameters: Parameters) -> CategoryCheck:
    return CategoryCheck(categories=frozenset(parameters.texts("categories")))


def build_locale(parameters: Parameters) -> LocaleCheck:
    return LocaleCheck(
        permitted=frozenset(parameters.texts("permitted")),
        prohibited=frozenset(parameters.texts("prohibited")),
        changed=frozenset(parameters.texts("changed")),
    )
