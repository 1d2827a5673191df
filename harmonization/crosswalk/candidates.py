"""Propose products for items that no code joins: by name, brand and size, with a calibrated confidence.

A candidate is never a join: a person confirms it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from harmonization.crosswalk.blocking import Pairs, index_products, likely_pairs
from harmonization.crosswalk.confidence import FEATURES, confidence
from harmonization.crosswalk.names import Named
from harmonization.crosswalk.sizes import same_size

BUDGET = 400
LOOKED_AT = 12
KEPT = 3
LEAST_CONFIDENCE = 0.05
AUTO_SUGGEST = 0.95
Column = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A product that an item may be, with what speaks for and against it.

    Attributes:
        item, product: places in what was given.
        name_likeness: of letters and words, 0 to 1.
        same_brand, same_size: None where one side does not say.
        lead: how far its name is ahead of the item's next best; negative where another is ahead.
        confidence: chance that it is the product, calibrated (see ``confidence``).
    """

    item: int
    product: int
    name_likeness: float
    same_brand: bool | None
    same_size: bool | None
    lead: float
    confidence: float


def propose(*, items: Sequence[Named], products: Sequence[Named]) -> list[Candidate]:
    """At most three candidates an item, best first, in the order of the items."""
    found: list[Candidate] = []
    if not items or not products:
        return found
    for pairs in likely_pairs(items=items, blocks=index_products(products=products), budget=BUDGET, keep=LOOKED_AT):
        if len(pairs.items):
            features = pair_features(pairs=pairs, items=items, products=products)
            found += _kept(pairs=pairs, features=features)
    return found


def pair_features(*, pairs: Pairs, items: Sequence[Named], products: Sequence[Named]) -> Column:
    """What the confidence is judged by, shape (n_pairs, n_features), in the order of ``FEATURES``."""
    left = [items[place] for place in pairs.items]
    right = [products[place] for place in pairs.products]
    ours, theirs = [one.sorted_words for one in left], [one.sorted_words for one in right]
    in_order = process.cpdist(ours, theirs, scorer=fuzz.ratio, dtype=np.float64) / 100
    as_sets = process.cpdist(ours, theirs, scorer=fuzz.token_set_ratio, dtype=np.float64) / 100
    brand = np.asarray([_agreement(_same_brand(*pair)) for pair in zip(left, right, strict=True)])
    size = np.asarray([_agreement(_same_size(*pair)) for pair in zip(left, right, strict=True)])
    numbers = np.asarray([_other_numbers(*pair) for pair in zip(left, right, strict=True)])
    score = 0.5 * in_order + 0.3 * pairs.overlap + 0.2 * as_sets + 0.1 * size + 0.05 * brand - 0.1 * numbers
    columns = (in_order, as_sets, pairs.overlap, brand > 0, brand < 0, size > 0, size < 0, numbers)
    lead = lead_over_next(items=pairs.items, score=score)
    return np.column_stack([*(np.asarray(one, dtype=np.float64) for one in columns), lead, np.minimum(lead, 0.0)])


def lead_over_next(*, items: NDArray[np.int32], score: Column) -> Column:
    """How far each pair's score is ahead of the best other pair of the same item; at most 0.3, 0.3 where alone.

    Pairs of one item stand together.
    """
    starts = np.flatnonzero(np.concatenate(([True], items[1:] != items[:-1])))
    group = np.cumsum(np.concatenate(([False], items[1:] != items[:-1])).astype(np.int64))
    best = np.maximum.reduceat(score, starts)
    is_best = score == best[group]
    others = np.where(is_best, -np.inf, score)
    second = np.where(np.bincount(group, weights=is_best) > 1, best, np.maximum.reduceat(others, starts))
    ahead = score - np.where(is_best, second[group], best[group])
    limited: Column = np.clip(ahead, -0.3, 0.3)
    return limited


def _kept(*, pairs: Pairs, features: Column) -> list[Candidate]:
    chances = confidence(features=features)
    order = np.lexsort((-chances, pairs.items))
    kept: list[Candidate] = []
    last, taken = -1, 0
    for place in order:
        item = int(pairs.items[place])
        taken = taken + 1 if item == last else 1
        last = item
        if taken <= KEPT and chances[place] >= LEAST_CONFIDENCE:
            kept.append(_candidate(pairs, dict(zip(FEATURES, features[place], strict=True)), place, chances[place]))
    return kept


def _candidate(pairs: Pairs, features: dict[str, float], place: int, chance: float) -> Candidate:
    return Candidate(
        item=int(pairs.items[place]),
        product=int(pairs.products[place]),
        name_likeness=float(features["letters"]),
        same_brand=_said(features["brand_same"], features["brand_differs"]),
        same_size=_said(features["size_same"], features["size_differs"]),
        lead=float(features["lead"]),
        confidence=float(chance),
    )


def _said(same: float, differs: float) -> bool | None:
    return bool(same) if same or differs else None


def _agreement(same: bool | None) -> float:
    return 0.0 if same is None else 1.0 if same else -1.0


def _same_brand(one: Named, other: Named) -> bool | None:
    """A brand may stand in the other's name only; unknown where neither names the other's brand in full."""
    if one.brand_words and other.brand_words:
        return one.brand_words == other.brand_words or set(one.brand_words) <= set(other.brand_words)
    named, plain = (one, other) if one.brand_words else (other, one)
    if not named.brand_words or not plain.words:
        return None
    return True if set(named.brand_words) <= set(plain.words) else None


def _same_size(one: Named, other: Named) -> bool | None:
    if one.measured is None or other.measured is None:
        return None
    return same_size(one.measured, other.measured)


def _other_numbers(one: Named, other: Named) -> float:
    """Whether both names carry numbers, and none of them in common: 30 and 50 are different sun creams."""
    return 1.0 if one.numbers and other.numbers and not one.numbers & other.numbers else 0.0
