"""What a test would have found in the past: placebo tests on history, with and without an effect put in."""

from dataclasses import dataclass

import numpy as np

from campaigns.measurement.analysis import analyze
from campaigns.measurement.design.markets import History
from campaigns.measurement.panel import InsufficientData, Panel

LEAST_WINDOWS = 5


@dataclass(frozen=True, kw_only=True)
class PowerPoint:
    """How often a lift of this size was found.

    Attributes:
        lift: relative effect put into the treated units.
        found: share of pseudo-tests whose p-value was under alpha.
        mean_estimate: of the lift.
    """

    lift: float
    found: float
    mean_estimate: float


@dataclass(frozen=True, kw_only=True)
class PseudoTests:
    """Pseudo-tests of one set of markets.

    Attributes:
        false_alarms: share found where nothing was put in (A/A).
        curve: by lift, rising.
        detectable: the smallest lift of the curve found with the power asked for; None where none was.
    """

    windows: int
    false_alarms: float
    curve: tuple[PowerPoint, ...]
    detectable: float | None


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """How pseudo-tests are run: by the method that will read the test, with its alpha, at ``windows`` past dates."""

    periods: int
    method: str
    lifts: tuple[float, ...]
    alpha: float = 0.1
    power: float = 0.8
    windows: int = 20


def run_pseudo_tests(
    *, history: History, treated: tuple[int, ...], rehearsal: Rehearsal, rng: np.random.Generator
) -> PseudoTests:
    """Let the test begin at many past dates.

    Each window has history before it at least twice as long as the test. Windows overlap, so the shares are less
    certain than their number suggests.

    Raises InsufficientData where fewer than five windows fit.
    """
    last = history.outcome.shape[1] - rehearsal.periods
    first = max(2 * rehearsal.periods, 8)
    starts = np.unique(np.linspace(first, max(first, last), rehearsal.windows).astype(int))
    if last < first or len(starts) < LEAST_WINDOWS:
        detail = (
            f"Pseudo-tests of {rehearsal.periods} periods need at least {first + rehearsal.periods + LEAST_WINDOWS}."
        )
        raise InsufficientData("The history is too short", detail, "time")
    curve = []
    for lift in sorted({0.0, *rehearsal.lifts}):
        panels = [_window(history, treated, int(start), rehearsal.periods, lift=lift) for start in starts]
        curve.append(_point(panels, lift=lift, rehearsal=rehearsal, rng=rng))
    reached = [point.lift for point in curve if point.lift > 0 and point.found >= rehearsal.power]
    return PseudoTests(
        windows=len(starts),
        false_alarms=curve[0].found,
        curve=tuple(curve),
        detectable=min(reached) if reached else None,
    )


def _point(panels: list[Panel], *, lift: float, rehearsal: Rehearsal, rng: np.random.Generator) -> PowerPoint:
    confidence = 1 - rehearsal.alpha
    read = [analyze(panel=panel, method=rehearsal.method, confidence=confidence, rng=rng) for panel in panels]
    return PowerPoint(
        lift=lift,
        found=float(np.mean([one.p_value < rehearsal.alpha for one in read])),
        mean_estimate=float(np.mean([one.lift for one in read])),
    )


def _window(history: History, treated: tuple[int, ...], start: int, periods: int, *, lift: float) -> Panel:
    outcome = history.outcome[:, : start + periods].copy()
    outcome[list(treated), start:] *= 1 + lift
    return Panel(
        units=history.units,
        times=tuple(str(time) for time in range(start + periods)),
        outcome=outcome,
        treated=np.isin(np.arange(len(history.units)), treated),
        start=start,
    )
