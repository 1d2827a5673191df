"""Difference in differences: the treated units' change against the controls' change."""

import numpy as np

from campaigns.measurement.panel import Panel, needs_controls
from campaigns.measurement.readout import Estimate, Test
from campaigns.measurement.t_tests import t_test

BOTH_LEAST = 5


def estimate_did(*, panel: Panel) -> Estimate:
    """The 2×2 estimate on unit means; every control weighs the same."""
    controls = panel.controls.mean(axis=0)
    before = slice(None, panel.start)
    level = panel.treated_mean[before].mean() - controls[before].mean()
    counterfactual = controls + level
    att = float((panel.treated_mean - counterfactual)[panel.start :].mean())
    names = [unit for unit, treated in zip(panel.units, panel.treated, strict=True) if not treated]
    return Estimate(
        att=att,
        counterfactual=counterfactual,
        weights=dict.fromkeys(names, 1 / len(names)),
        l2_imbalance=float(np.linalg.norm((panel.treated_mean - counterfactual)[before])),
        scaled_l2=1.0,
    )


def test_did(*, panel: Panel, estimate: Estimate, confidence: float) -> Test:
    """A t test on the units' changes, with one variance of both groups where each has five units, else the controls'.

    Taking unit means first leaves one figure a unit, so autocorrelation cannot make the test too sure (Bertrand, Duflo,
    Mullainathan 2004). Units assigned by chance change alike where there is no effect, so one variance is right;
    Welch's, from a handful of treated units of unequal size, cries wolf. With fewer the spread is the
    controls' (Conley and Taber 2011).
    """
    needs_controls(panel, least=3, method="Difference in differences")
    changes = panel.outcome[:, panel.start :].mean(axis=1) - panel.outcome[:, : panel.start].mean(axis=1)
    treated, controls = changes[panel.treated], changes[~panel.treated]
    if min(len(treated), len(controls)) >= BOTH_LEAST:
        degrees = len(treated) + len(controls) - 2.0
        both = ((len(treated) - 1) * treated.var(ddof=1) + (len(controls) - 1) * controls.var(ddof=1)) / degrees
        parts = both * np.array([1 / len(treated), 1 / len(controls)])
        method = "t test on each unit's change, with the spread of both groups"
    else:
        parts = controls.var(ddof=1) * np.array([1 / len(treated), 1 / len(controls)])
        degrees = len(controls) - 1.0
        method = "t test on each unit's change, with the spread of the controls"
    return t_test(
        estimate=estimate.att,
        standard_error=float(np.sqrt(parts.sum())),
        degrees=float(degrees),
        confidence=confidence,
        method=method,
    )
