"""Read an experiment of randomised pairs."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from campaigns.measurement.panel import MeasurementRefused, Panel
from campaigns.measurement.readout import Estimate, Readout, Test
from campaigns.measurement.trimmed_match import PairDifferences, trimmed_match

PAIRS_FOR_NOMINAL = 40


def read_pairs(*, panel: Panel, pairs: Mapping[str, str], confidence: float) -> Readout:
    """Trimmed match on the sums of the test period.

    Raises MeasurementRefused without cost or pairs, or where a pair is not one treated and one control unit.
    """
    if panel.cost is None:
        raise MeasurementRefused("There is no cost", "Trimmed match estimates iROAS: name the cost column.", "cost")
    differences, names = _differences(panel, cost=panel.cost, pairs=pairs)
    found = trimmed_match(pairs=differences, confidence=confidence)
    spent = float(differences.cost.sum())
    per_unit = spent / (panel.treated_count * panel.test_periods)
    is_test = np.arange(len(panel.times)) >= panel.start
    estimate = Estimate(
        att=found.iroas * per_unit,
        counterfactual=panel.treated_mean - np.where(is_test, found.iroas * per_unit, 0.0),
    )
    low, high = sorted(end * per_unit for end in found.interval)
    notes = [f"Pairs left out: {', '.join(names[place] for place in found.trimmed) or 'none'}."]
    if len(names) < PAIRS_FOR_NOMINAL:
        notes.append("With few pairs the published interval is a few points too narrow.")
    return Readout(
        method="trimmed_match",
        confidence=confidence,
        estimate=estimate,
        test=Test(
            p_value=found.p_value,
            interval=(low, high),
            standard_error=found.standard_error * abs(per_unit),
            method="inverted studentised trimmed mean",
        ),
        size=panel.treated_count * panel.test_periods,
        start=panel.start,
        observed=panel.treated_mean,
        incremental_cost=spent,
        estimates_iroas=True,
        notes=tuple(notes),
    )


def _differences(
    panel: Panel, *, cost: NDArray[np.float64], pairs: Mapping[str, str]
) -> tuple[PairDifferences, list[str]]:
    members: dict[str, list[int]] = {}
    for place, unit in enumerate(panel.units):
        if unit in pairs:
            members.setdefault(pairs[unit], []).append(place)
    for name, places in members.items():
        if len(places) != 2 or panel.treated[places].sum() != 1:
            raise MeasurementRefused(
                "A pair is not one treated and one control", "Mend the pair or leave it out.", name
            )
    names = list(members)
    signed = [sorted(places, key=lambda place: not panel.treated[place]) for places in members.values()]
    if not signed:
        raise MeasurementRefused("There are no pairs", "Name the column that holds the pair.", "pair")
    chosen = np.array(signed)
    response, spent = panel.outcome[:, panel.start :].sum(axis=1), cost[:, panel.start :].sum(axis=1)
    return PairDifferences(
        response=response[chosen[:, 0]] - response[chosen[:, 1]], cost=spent[chosen[:, 0]] - spent[chosen[:, 1]]
    ), names
