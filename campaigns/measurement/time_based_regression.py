"""Time-based regression: the treated group's total on the controls' total."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.measurement.panel import InsufficientData, Panel, needs_history
from campaigns.measurement.readout import Estimate, Test
from campaigns.measurement.t_tests import t_test


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupRegression:
    """Ordinary least squares of group totals before the start.

    Attributes:
        intercept, slope: of the treated total on the control total.
        predicted: the treated total that would have been, shape (n_times,).
        standard_error_of_sum: of the summed prediction error over the test.
        degrees: of freedom.
    """

    intercept: float
    slope: float
    predicted: NDArray[np.float64]
    standard_error_of_sum: float
    degrees: int


def group_regression(*, panel: Panel) -> GroupRegression:
    """Kerman, Wang, Vaver (2017), Google: "Estimating ad effectiveness using geo experiments in a time-based regression
    framework"; the predictive variance of the sum has noise of every test period and of the two coefficients."""
    needs_history(panel, least=4, method="Time-based regression")
    treated, control = panel.outcome[panel.treated].sum(axis=0), panel.controls.sum(axis=0)
    design = np.column_stack([np.ones(len(control)), control])
    before = design[: panel.start]
    if np.ptp(control[: panel.start]) == 0:
        raise InsufficientData("The controls never vary", "A regression needs controls that vary.", "outcome")
    found, *_ = np.linalg.lstsq(before, treated[: panel.start], rcond=None)
    residuals = treated[: panel.start] - before @ found
    degrees = panel.start - 2
    variance = float(residuals @ residuals) / degrees
    total = design[panel.start :].sum(axis=0)
    spread = panel.test_periods + float(total @ np.linalg.solve(before.T @ before, total))
    return GroupRegression(
        intercept=float(found[0]),
        slope=float(found[1]),
        predicted=design @ found,
        standard_error_of_sum=float(np.sqrt(variance * spread)),
        degrees=degrees,
    )


def estimate_time_based_regression(*, panel: Panel) -> Estimate:
    """The effect on the group's total, given per treated unit and period."""
    fitted = group_regression(panel=panel)
    counterfactual = fitted.predicted / panel.treated_count
    gap = panel.treated_mean - counterfactual
    return Estimate(
        att=float(gap[panel.start :].mean()),
        counterfactual=counterfactual,
        l2_imbalance=float(np.linalg.norm(gap[: panel.start])),
    )


def test_time_based_regression(*, panel: Panel, estimate: Estimate, confidence: float) -> Test:
    """A t test with the regression's predictive variance."""
    fitted = group_regression(panel=panel)
    per_unit = panel.treated_count * panel.test_periods
    return t_test(
        estimate=estimate.att,
        standard_error=fitted.standard_error_of_sum / per_unit,
        degrees=fitted.degrees,
        confidence=confidence,
        method="t test with the regression's predictive variance (noise taken as independent from day to day)",
    )
