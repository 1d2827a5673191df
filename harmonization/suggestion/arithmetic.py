"""Relations between columns that settle fields and units: ctr, cpc, roas (definitions: IAB/MRC guidelines, 2024)."""

from collections.abc import Sequence
from statistics import median

TOLERANCE = 0.02
# How many times too large a number may stand in a file, and the transform that sets it right.
SCALES = {1.0: "", 100.0: "percent_to_ratio", 1e6: "divide:1000000", 1e8: "divide:100000000"}
LEAST_ROWS = 3
Numbers = Sequence[float | None]


def scale_of(*, stated: Numbers, above: Numbers, below: Numbers) -> float | None:
    """How many times the stated rate is above / below, one of SCALES; None where it is none of them."""
    ratios = _ratios(stated, above, below)
    middle = _steady_middle(ratios)
    if middle is None:
        return None
    return next((scale for scale in SCALES if abs(middle / scale - 1) <= TOLERANCE), None)


def is_sum(*, parts: Sequence[Numbers], total: Numbers) -> bool:
    """Whether two parts add up to the total in every row, and are not merely one part and zeros."""
    rows = [
        (first + second, whole, min(first, second))
        for first, second, whole in zip(*parts, total, strict=False)
        if first is not None and second is not None and whole is not None
    ]
    added = [abs(both - whole) <= TOLERANCE * max(1.0, abs(whole)) for both, whole, _ in rows]
    return len(rows) >= LEAST_ROWS and all(added) and any(least > 0 for *_, least in rows)


def _ratios(stated: Numbers, above: Numbers, below: Numbers) -> list[float]:
    return [
        rate * under / over for rate, over, under in zip(stated, above, below, strict=False) if over and under and rate
    ]


def _steady_middle(ratios: list[float]) -> float | None:
    if len(ratios) < LEAST_ROWS:
        return None
    middle = median(ratios)
    close = sum(abs(ratio / middle - 1) <= 3 * TOLERANCE for ratio in ratios) if middle else 0
    return middle if close >= 0.9 * len(ratios) else None
