"""Several sets of markets side by side, each tried in the past."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from campaigns.measurement.design.markets import History, Screened, Wish, screen_markets
from campaigns.measurement.design.pseudo_tests import PseudoTests, Rehearsal, run_pseudo_tests
from campaigns.measurement.panel import InsufficientData

Progress = Callable[[float, str], None]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A set of markets with what screening promises and what pseudo-tests found.

    Attributes:
        chosen_on: how many of the first periods the set was chosen on; a readout should compare with later ones only.
    """

    screened: Screened
    tried: PseudoTests
    chosen_on: int


def screening_periods(*, times: int, periods: int) -> int:
    """The first half of the history where that carries a screening, else all of it.

    The best of many sets fits by chance better on the periods it was chosen on than later. A readout that compares
    with those periods is too sure: 90 % intervals of simulated tests held the truth in 73 % instead of 90 %.
    """
    half = times // 2
    return half if half >= max(8, 2 * periods) else times


def propose_candidates(
    *,
    history: History,
    wish: Wish,
    rehearsal: Rehearsal,
    sets: int,
    shown: int,
    rng: np.random.Generator,
    progress: Progress,
) -> tuple[Candidate, ...]:
    """The best set of each size first, then the next best, ``shown`` in all.

    Raises InsufficientData where no set can be tested, MeasurementRefused as screening and pseudo-tests do.
    """
    progress(5, f"Screening {sets} sets of markets")
    chosen_on = screening_periods(times=history.outcome.shape[1], periods=wish.periods)
    seen = replace(history, outcome=history.outcome[:, :chosen_on])
    screened = screen_markets(history=seen, wish=wish, candidates=sets, rng=rng)
    if not screened:
        detail = (
            f"Every set of {', '.join(str(size) for size in wish.sizes)} treats more than {wish.largest_share:.0%}."
        )
        raise InsufficientData("No set of markets fits", f"{detail} Ask for smaller sets.", "sizes")
    chosen = _varied(screened, shown=shown)
    found = []
    for place, one in enumerate(chosen):
        progress(20 + 75 * place / len(chosen), f"Trying candidate {place + 1} of {len(chosen)} on past dates")
        fitting = replace(rehearsal, lifts=_lifts_around(one.detectable, rehearsal.lifts))
        tried = run_pseudo_tests(history=history, treated=one.units, rehearsal=fitting, rng=rng)
        found.append(Candidate(screened=one, tried=tried, chosen_on=chosen_on))
    return tuple(found)


def _varied(screened: tuple[Screened, ...], *, shown: int) -> tuple[Screened, ...]:
    best: dict[int, Screened] = {}
    for one in screened:
        best.setdefault(len(one.units), one)
    first = list(best.values())[:shown]
    rest = [one for one in screened if one not in first]
    return tuple(sorted((first + rest)[:shown], key=lambda one: one.detectable))


def _lifts_around(detectable: float, lifts: tuple[float, ...]) -> tuple[float, ...]:
    """The lifts asked for; without any, shares and multiples of what screening says could be seen."""
    return lifts or tuple(round(detectable * factor, 4) for factor in (0.25, 0.5, 1.0, 1.5, 2.0))
