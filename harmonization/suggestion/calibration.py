"""How often proposals were right at first sight, by the kinds of evidence behind them.

Counted on the first look at seventeen layouts that lexicon and grammar had not been fitted to (354 and 161 columns,
``benchmarks/layouts``), before the repairs that followed; one right and one wrong are added to each count. Leaving one
network out of the layouts they were written beside gives no wrong proposals and so nothing to calibrate on.
"""

from harmonization.suggestion.claim import ARITHMETIC, KNOWN, VALUES, WORDS

# Evidence: proposals that were right, proposals. The first row whose kinds are all there holds.
FIRST_LOOKS: tuple[tuple[frozenset[str], int, int], ...] = (
    (frozenset({WORDS, ARITHMETIC}), 68, 68),
    (frozenset({WORDS, KNOWN, VALUES}), 114, 126),
    (frozenset({WORDS, KNOWN}), 181, 193),
    (frozenset({WORDS}), 17, 20),
    (frozenset(), 1, 2),
)


def confidence_of(*, evidence: frozenset[str]) -> float:
    """The share of proposals with this evidence that were right."""
    return next(round((right + 1) / (given + 2), 3) for kinds, right, given in FIRST_LOOKS if kinds <= evidence)
