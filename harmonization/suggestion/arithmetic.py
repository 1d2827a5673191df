"""Relations between columns that settle fields and units: ctr, cpc, roas (definitions: IAB/MRC guidelines, 2024)."""

from statistics import median

TOLERANCE = 0.02
SCALES = {1.0: "", 100.0: "percent_to_ratio", 1e6: "divide:1000000", 1e8: "divide:100000000"}
LEAST_ROWS = 3


def scale_of(*, stated: list[float], above: list[float], below: list[float]) -> float | None:
    """How many times the stated rate is above / below, one of SCALES; None where it is none of them."""
    ratios = [
        rate * under / over for rate, over, under in zip(stated, above, below, strict=False) if over and under and rate
    ]
    if len(ratios) < LEAST_ROWS:
        return None
    middle = median(ratios)
    close = [scale for scale in SCALES if abs(middle / scale - 1) <= TOLERANCE]
    steady = all(abs(ratio / middle - 1) <= 3 * TOLERANCE for ratio in ratios)
    return close[0] if close and steady else None
