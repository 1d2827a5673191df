"""Placebo tests: the method applied where nothing happened."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from campaigns.measurement.panel import InsufficientData, Panel
from campaigns.measurement.readout import Estimate, Test
from campaigns.measurement.t_tests import t_test

MOST_PLACEBOS = 200
LEAST_PLACEBOS = 4
MOST_REFITS = 20


def placebo_test(
    *,
    panel: Panel,
    estimate: Estimate,
    estimator: Callable[..., Estimate],
    confidence: float,
    rng: np.random.Generator,
    by_fit: bool,
) -> Test:
    """Pretend that controls were treated, as many at a time as really were, and take the spread of what is "found".

    Arkhangelsky et al. (2021), algorithm 4: the standard error is the root mean square of the placebo effects, here
    with a t distribution by the number of controls left over. One treated unit: every control takes its turn.
    ``by_fit`` takes each effect relative to its misfit before the start (Abadie, Diamond, Hainmueller 2010), so that
    units of other size or noise count as they should; right for methods that match levels. More controls fit the past
    better and the future no better, so the treated units' misfit is measured with as few controls as the placebos have.

    Raises InsufficientData where the controls are too few to leave some for the placebos.
    """
    places = np.flatnonzero(~panel.treated)
    wanted = panel.treated_count
    if len(places) - wanted < 2 or len(places) < LEAST_PLACEBOS:
        detail = f"{wanted} treated units need at least {max(wanted + 2, LEAST_PLACEBOS)} controls for placebo tests."
        raise InsufficientData("Too few controls to say how sure this is", detail, "treated")
    found = [estimator(panel=_without_treated(panel, chosen)) for chosen in _turns(places, wanted, rng=rng)]
    return t_test(
        estimate=estimate.att,
        standard_error=_spread(found, misfit=_like_for_like(panel, estimator, rng=rng) if by_fit else 0.0),
        degrees=len(places) - wanted,
        confidence=confidence,
        method=f"placebo test on the controls ({len(found)} placebos)",
    )


def _like_for_like(panel: Panel, estimator: Callable[..., Estimate], *, rng: np.random.Generator) -> float:
    """Root mean square misfit of the treated units when as many controls are missing as placebos take away."""
    places, wanted = np.flatnonzero(~panel.treated), panel.treated_count
    misfits = []
    for _ in range(MOST_REFITS):
        kept = np.ones(len(panel.units), dtype=bool)
        kept[rng.choice(places, wanted, replace=False)] = False
        misfits.append(estimator(panel=_only(panel, kept, treated=panel.treated)).l2_imbalance)
    return float(np.sqrt(np.mean(np.square(misfits))))


def _spread(found: list[Estimate], *, misfit: float) -> float:
    """The root mean square of the effects; with a misfit, of their ratio to their own misfit, times this one."""
    if misfit > 0 and all(one.l2_imbalance > 0 for one in found):
        return misfit * float(np.sqrt(np.mean([(one.att / one.l2_imbalance) ** 2 for one in found])))
    return float(np.sqrt(np.mean([one.att**2 for one in found])))


def _turns(places: np.ndarray, wanted: int, *, rng: np.random.Generator) -> list[np.ndarray]:
    if wanted == 1:
        chosen = places if len(places) <= MOST_PLACEBOS else rng.choice(places, MOST_PLACEBOS, replace=False)
        return [np.array([place]) for place in chosen]
    return [rng.choice(places, wanted, replace=False) for _ in range(MOST_PLACEBOS)]


def _without_treated(panel: Panel, pretended: np.ndarray) -> Panel:
    """The controls alone, some of them said to be treated."""
    treated = np.zeros(len(panel.units), dtype=bool)
    treated[pretended] = True
    return _only(panel, ~panel.treated, treated=treated)


def _only(panel: Panel, kept: np.ndarray, *, treated: np.ndarray) -> Panel:
    """The panel of some units."""
    return replace(
        panel,
        units=tuple(unit for unit, keep in zip(panel.units, kept, strict=True) if keep),
        outcome=panel.outcome[kept],
        treated=treated[kept],
        cost=None,
    )
