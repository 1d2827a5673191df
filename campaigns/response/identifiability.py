"""What the history of a cell cannot tell, in words, with what would mend it."""

import numpy as np

from campaigns.response.controls import LEVEL
from campaigns.response.curve_grid import LAGS
from campaigns.response.estimate import CellEstimate
from tenants.figures import percent

LEAST_OWN = 0.5
MOST_SHARED = 0.8
MOST_LATE = 0.05
NOTED_DECAY = 0.2


def warnings_of(estimate: CellEstimate) -> tuple[str, ...]:
    """Sentences for a careful reader; none where the cell's own days carry its curve."""
    found = (_borrowed(estimate), _moved_together(estimate), _late(estimate), _carried_over(estimate))
    return tuple(sentence for sentence in found if sentence)


def moved_together(estimate: CellEstimate) -> float:
    """Share of the variance of log spend that weekdays, season, promotion, price and stock explain, 0 to 1."""
    controls, used = estimate.days.controls, estimate.series.used
    spend = np.log(estimate.series.spend[used])
    around = float(np.sum((spend - spend.mean()) ** 2))
    others = controls.columns[:, [place for place, name in enumerate(controls.names) if name != LEVEL]]
    if around <= 0.0 or others.shape[1] == 0:
        return 0.0
    explained = others @ np.linalg.lstsq(others, spend - spend.mean(), rcond=None)[0]
    freedom = (spend.size - 1) / max(spend.size - 1 - others.shape[1], 1)
    left = float(np.sum((spend - spend.mean() - explained) ** 2)) / around
    return float(np.clip(1.0 - left * freedom, 0.0, 1.0))


def _borrowed(estimate: CellEstimate) -> str:
    if estimate.own_share >= LEAST_OWN:
        return ""
    return (
        f"Its own days say little about saturation: {percent(1 - estimate.own_share, places=0)} of what is believed "
        "comes from other cells. Spend that varies more from week to week would tell."
    )


def _moved_together(estimate: CellEstimate) -> str:
    shared = moved_together(estimate)
    if shared <= MOST_SHARED:
        return ""
    return (
        f"{percent(shared, places=0)} of the changes of spend went with weekdays, season, promotion, price or stock; "
        "the curve rests on the few that did not. Change spend at times that have nothing to do with demand."
    )


def _late(estimate: CellEstimate) -> str:
    series = estimate.series
    late = float(series.revenue[~series.used].sum()) / max(float(series.revenue.sum()), 1e-12)
    if late <= MOST_LATE:
        return ""
    return f"{percent(late, places=0)} of revenue was attributed on days without spend; the curve leaves it out."


def _carried_over(estimate: CellEstimate) -> str:
    decay = float(estimate.draws.decay.mean())
    if decay <= NOTED_DECAY:
        return ""
    return (
        f"About {percent(decay, places=0)} of what ads do is felt a day later (up to {LAGS} days); the first days of a "
        "flight bring less than the curve says, the days after it more."
    )
