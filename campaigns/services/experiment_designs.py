"""Design an experiment from a file of history or from rates: one JSON object for every door."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from campaigns.measurement.design.candidates import screening_periods
from campaigns.measurement.design.markets import History, Screened, Wish, screen_markets
from campaigns.measurement.design.pacing import design_pacing
from campaigns.measurement.design.power import holdout_size
from campaigns.measurement.design.pseudo_tests import Rehearsal, run_pseudo_tests
from campaigns.measurement.design.registration import register
from campaigns.measurement.design.switchback import design_switchback
from campaigns.services.experiment_files import ExperimentColumns, periods_of, read_history

SHOWN = 5
READ_LATER = (
    "Markets were chosen on the first half of the history; compare with later periods only: analyze_experiment "
    "--read-from with the design's read_from."
)
CHOSEN_ON_ALL = (
    "The history is too short to keep half of it apart: markets were chosen on the periods a readout compares with, so "
    "its interval will be narrower than it should be."
)


@dataclass(frozen=True, kw_only=True)
class GeoRequest:
    """What a geo design is asked for; ``lifts`` are put into the past to see whether they would be found."""

    wish: Wish
    method: str = "tbr"
    candidates: int = 1000
    lifts: tuple[float, ...] = (0.01, 0.02, 0.05, 0.1, 0.2)
    windows: int = 20
    seed: int = 0


def design_geo_test(*, path: Path, columns: ExperimentColumns, request: GeoRequest) -> dict[str, Any]:
    """Screen sets of markets, try the best in the past, freeze the design.

    Raises MeasurementRefused with the column, row or figure that is wrong.
    """
    history = read_history(path=path, columns=columns)
    rng = np.random.default_rng(request.seed)
    times = history.outcome.shape[1]
    chosen_on = screening_periods(times=times, periods=request.wish.periods)
    seen = replace(history, outcome=history.outcome[:, :chosen_on])
    screened = screen_markets(history=seen, wish=request.wish, candidates=request.candidates, rng=rng)
    best = screened[0]
    tried = run_pseudo_tests(history=history, treated=best.units, rehearsal=_rehearsal(request), rng=rng)
    design = {
        "design": "geo",
        "method": request.method,
        "treated": [history.units[place] for place in best.units],
        "controls": [unit for place, unit in enumerate(history.units) if place not in best.units],
        "periods": request.wish.periods,
        "alpha": request.wish.alpha,
        "power": request.wish.power,
        "chosen_on_periods": chosen_on,
        "read_from": periods_of(path=path, columns=columns)[chosen_on] if chosen_on < times else None,
    }
    return design | {
        "notes": [READ_LATER if chosen_on < times else CHOSEN_ON_ALL],
        "detectable_lift": best.detectable,
        "fit": best.fit,
        "treated_share": best.share,
        "investment": best.investment,
        "pseudo_tests": asdict(tried),
        "alternatives": [_alternative(history, one) for one in screened[1 : SHOWN + 1]],
        "sets_screened": len(screened),
        "registration": register(design=design).digest,
    }


def design_switchback_test(*, periods: int, block: int, washout: int, seed: int) -> dict[str, Any]:
    """A schedule by period, with its registration."""
    schedule = design_switchback(periods=periods, block=block, washout=washout, rng=np.random.default_rng(seed))
    design = {
        "design": "switchback",
        "block": block,
        "washout": washout,
        "schedule": ["on" if on else "off" for on in schedule.is_on.tolist()],
    }
    return design | {"registration": register(design=design).digest}


def _rehearsal(request: GeoRequest) -> Rehearsal:
    return Rehearsal(
        periods=request.wish.periods,
        method=request.method,
        lifts=request.lifts,
        alpha=request.wish.alpha,
        power=request.wish.power,
        windows=request.windows,
    )


@dataclass(frozen=True, kw_only=True)
class PacingRequest:
    """What a pacing design is asked for: usual spend of a day, and how far days swing around it."""

    periods: int
    daily_budget: float
    swing: float
    alpha: float
    power: float
    seed: int


def design_pacing_test(*, path: Path, columns: ExperimentColumns, request: PacingRequest) -> dict[str, Any]:
    """A schedule of daily spend with the return it could see, and its registration.

    Raises MeasurementRefused with the column, row or figure that is wrong.
    """
    history = read_history(path=path, columns=columns)
    asked = asdict(request)
    found = design_pacing(outcome=history.outcome.sum(axis=0), rng=np.random.default_rng(asked.pop("seed")), **asked)
    design = {"design": "pacing", **asked} | {
        "schedule": ["high" if high else "low" for high in found.is_high.tolist()],
        "spend": found.spend.round(2).tolist(),
    }
    return design | {
        "detectable_iroas": found.detectable_iroas,
        "pair_error": found.pair_error,
        "notes": ["Carry-over from one day to the next makes what is found smaller than it is."],
        "registration": register(design=design).digest,
    }


def design_holdout_test(
    *, base_rate: float, lift: float, holdout_share: float, power: float, alpha: float
) -> dict[str, Any]:
    """How many people an audience holdout needs, with its registration."""
    exposed, held_out = holdout_size(
        base_rate=base_rate, lift=lift, holdout_share=holdout_share, power=power, alpha=alpha
    )
    design = {
        "design": "holdout",
        "base_rate": base_rate,
        "lift": lift,
        "holdout_share": holdout_share,
        "power": power,
        "alpha": alpha,
        "exposed": exposed,
        "held_out": held_out,
    }
    return design | {"registration": register(design=design).digest}


def _alternative(history: History, one: Screened) -> dict[str, Any]:
    return {
        "treated": [history.units[place] for place in one.units],
        "detectable_lift": one.detectable,
        "fit": one.fit,
        "treated_share": one.share,
        "investment": one.investment,
    }
