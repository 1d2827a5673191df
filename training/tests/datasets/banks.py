"""All templates by the field they say, for tests of the wording."""

import re
from collections.abc import Iterator, Mapping

from training.datasets.phrasing import CHOICE, phrasing_count
from training.datasets.wording import limits, pairs, period, returns, spend
from training.datasets.wording.background import BACKGROUND
from training.datasets.wording.doubts import DOUBTS

BANKS: Mapping[str, tuple[str, ...]] = {
    "budget": spend.BUDGET_ALONE,
    "budget on places": spend.BUDGET_ON_PLACES,
    "retailers": spend.PLACES,
    "brand": spend.BRAND,
    "objective": spend.OBJECTIVE_LEAD,
    "roas_floor": returns.ROAS,
    "cpa_ceiling": returns.CPA,
    "reserve": returns.RESERVE,
    "change_limit": returns.CHANGE,
    "oos_threshold": returns.OOS,
    "target": returns.TARGET,
    "cap each": limits.CAP_EACH,
    "cap node": limits.CAP_NODE,
    "floor each": limits.FLOOR_EACH,
    "floor node": limits.FLOOR_NODE,
    "range": limits.RANGE_NODE,
    "fixed": limits.FIXED,
    "split": limits.SPLITS,
    "excluded": limits.EXCLUDE,
    "two caps": pairs.CAP_TWO,
    "two floors": pairs.FLOOR_TWO,
    "cap and floor": pairs.CAP_AND_FLOOR,
    "two excluded": pairs.EXCLUDE_TWO,
    "budget for a brand": pairs.BUDGET_FOR_BRAND,
    "weeks": period.WEEKS,
    "start and end": period.START_END,
    "start and weeks": period.START_WEEKS,
    "period": period.PERIOD,
    "end": period.END,
    "start": period.START,
}
DOUBT_BANKS: Mapping[str, tuple[str, ...]] = {f"ask {topic}": said for topic, said in DOUBTS.items()}
EVERY: Mapping[str, tuple[str, ...]] = {**BANKS, **DOUBT_BANKS, "background": BACKGROUND}


def phrasings(*, template: str, most: int) -> Iterator[str]:
    """Every phrasing of a template, none of those with more than ``most``."""
    if phrasing_count(template=template) > most:
        return
    open_ones = [template]
    while open_ones:
        phrase = open_ones.pop()
        found = CHOICE.search(phrase)
        if found is None:
            yield re.sub(r" {2,}", " ", phrase).strip()
            continue
        open_ones += [phrase[: found.start()] + each + phrase[found.end() :] for each in found[1].split("|")]
