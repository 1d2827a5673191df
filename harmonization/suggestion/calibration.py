"""How often proposals were right, by the kinds of evidence behind them."""

from harmonization.suggestion.claim import ARITHMETIC, FILE, KNOWN, VALUES, WORDS

PRIOR = 0.9
SHARE_RIGHT: dict[frozenset[str], float] = {
    frozenset({WORDS, KNOWN, FILE}): 0.97,
    frozenset({WORDS, KNOWN, FILE, VALUES}): 0.98,
    frozenset({WORDS, FILE}): 0.93,
    frozenset({WORDS, FILE, VALUES}): 0.94,
    frozenset({WORDS, KNOWN, FILE, VALUES, ARITHMETIC}): 0.99,
}


def confidence_of(*, evidence: frozenset[str]) -> float:
    """The share of proposals with this evidence that were right."""
    return SHARE_RIGHT.get(evidence, PRIOR)
