"""Read an experiment by a named method: one shape of answer for all."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from campaigns.measurement.difference_in_differences import estimate_did, test_did
from campaigns.measurement.paired_readout import read_pairs
from campaigns.measurement.panel import MeasurementRefused, Panel
from campaigns.measurement.placebo import placebo_test
from campaigns.measurement.readout import Estimate, Readout, Test
from campaigns.measurement.structural_time_series import estimate_structural, sample_paths, test_structural
from campaigns.measurement.synthetic_control import (
    best_ridge_share,
    estimate_augmented,
    estimate_synthetic_control,
)
from campaigns.measurement.synthetic_did import estimate_synthetic_did
from campaigns.measurement.time_based_regression import estimate_time_based_regression, test_time_based_regression

WEIGHTED = ("sc", "ascm", "sdid")
METHODS: Mapping[str, str] = {
    "did": "Difference in differences",
    "sc": "Synthetic control",
    "ascm": "Augmented synthetic control",
    "sdid": "Synthetic difference in differences",
    "tbr": "Time-based regression",
    "trimmed_match": "Trimmed match",
    "bsts": "Bayesian structural time series",
}
POOR_FIT = 0.5


def analyze(
    *, panel: Panel, method: str, confidence: float, rng: np.random.Generator, pairs: Mapping[str, str] | None = None
) -> Readout:
    """Read the experiment.

    Args:
        confidence: of the interval, in (0, 1).
        rng: for placebos of several units and for posterior draws.
        pairs: for trimmed match, the pair of each unit.

    Raises MeasurementRefused where the method is unknown or the figures cannot carry an answer.
    """
    if not 0.5 <= confidence < 1:
        raise MeasurementRefused("The confidence is out of range", "Give a share such as 0.9.", "confidence")
    if method == "trimmed_match":
        return read_pairs(panel=panel, pairs=pairs or {}, confidence=confidence)
    if method not in METHODS:
        raise MeasurementRefused("The method is not known", f"Choose one of {', '.join(METHODS)}.", "method")
    estimate, test = _estimate_and_test(panel, method=method, confidence=confidence, rng=rng)
    return Readout(
        method=method,
        confidence=confidence,
        estimate=estimate,
        test=test,
        size=panel.treated_count * panel.test_periods,
        start=panel.start,
        observed=panel.treated_mean,
        incremental_cost=panel.incremental_cost(),
        estimates_iroas=method == "tbr",
        notes=_notes(panel, method=method, estimate=estimate),
    )


def _estimate_and_test(
    panel: Panel, *, method: str, confidence: float, rng: np.random.Generator
) -> tuple[Estimate, Test]:
    if method == "did":
        estimate = estimate_did(panel=panel)
        return estimate, test_did(panel=panel, estimate=estimate, confidence=confidence)
    if method == "tbr":
        estimate = estimate_time_based_regression(panel=panel)
        return estimate, test_time_based_regression(panel=panel, estimate=estimate, confidence=confidence)
    if method == "bsts":
        paths = sample_paths(panel=panel, rng=rng)
        return estimate_structural(panel=panel, paths=paths), test_structural(
            panel=panel, paths=paths, confidence=confidence
        )
    estimator = _estimator(panel, method=method)
    estimate = estimator(panel=panel)
    test = placebo_test(
        panel=panel, estimate=estimate, estimator=estimator, confidence=confidence, rng=rng, by_fit=method != "sdid"
    )
    return estimate, test


def _estimator(panel: Panel, *, method: str) -> Callable[..., Estimate]:
    """What placebos repeat; a ridge is chosen once, for the treated units."""
    if method == "ascm":
        return partial(estimate_augmented, ridge_share=best_ridge_share(panel=panel))
    return estimate_synthetic_did if method == "sdid" else estimate_synthetic_control


def _notes(panel: Panel, *, method: str, estimate: Estimate) -> tuple[str, ...]:
    notes = []
    if method in WEIGHTED and estimate.scaled_l2 is not None and estimate.scaled_l2 > POOR_FIT:
        notes.append("The controls did not follow the treated units well before the start: read with care.")
    if panel.test_periods > panel.start:
        notes.append("The test is longer than the history before it.")
    return tuple(notes)
