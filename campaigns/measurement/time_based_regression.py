"""Time-based regression: the treated group's total on the controls' total."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.measurement.panel import InsufficientData, Panel, needs_history
from campaigns.measurement.readout import Estimate, Test
from campaigns.measurement.t_tests import t_test

# A shift of a quarter of a standard error takes 0.6 points from the coverage of a 90 % interval: below that the
# regression stays as published.
NOTICED = 0.25
LEAST_RELIABILITY = 0.2


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupRegression:
    """Ordinary least squares of group totals before the start.

    Attributes:
        intercept, slope: of the treated total on the control total.
        predicted: the treated total that would have been, shape (n_times,).
        is_corrected: whether the slope was put right for the noise in the control total.
        standard_error_of_sum: of the summed prediction error over the test.
        degrees: of freedom.
    """

    intercept: float
    slope: float
    predicted: NDArray[np.float64]
    standard_error_of_sum: float
    degrees: int
    is_corrected: bool = False


def group_regression(*, panel: Panel) -> GroupRegression:
    """Kerman, Wang, Vaver (2017), Google: "Estimating ad effectiveness using geo experiments in a time-based regression
    framework"; the predictive variance of the sum has noise of every test period and of the two coefficients.

    The control total is itself a noisy measure of the market, which pulls the slope towards zero and, where the market
    has moved since, the counterfactual to one side. Where that would be noticed, the slope is divided by the control
    total's reliability (Fuller 1987, "Measurement Error Models", section 1.2).
    """
    needs_history(panel, least=4, method="Time-based regression")
    treated, control = panel.outcome[panel.treated].sum(axis=0), panel.controls.sum(axis=0)
    design = np.column_stack([np.ones(len(control)), control])
    before = design[: panel.start]
    if np.ptp(control[: panel.start]) == 0:
        raise InsufficientData("The controls never vary", "A regression needs controls that vary.", "outcome")
    found, *_ = np.linalg.lstsq(before, treated[: panel.start], rcond=None)
    plain = _fitted(panel, design, treated, intercept=float(found[0]), slope=float(found[1]), reliability=1.0)
    reliability = control_reliability(panel=panel)
    slope = float(found[1]) / reliability
    intercept = float(treated[: panel.start].mean() - slope * control[: panel.start].mean())
    corrected = _fitted(panel, design, treated, intercept=intercept, slope=slope, reliability=reliability)
    shift = float((corrected.predicted - plain.predicted)[panel.start :].sum())
    return corrected if abs(shift) > NOTICED * plain.standard_error_of_sum else plain


def control_reliability(*, panel: Panel) -> float:
    """Share of the control total's variance before the start that is the market's, not the controls' own noise.

    Each control is regressed on the total; what is left of it is its own noise, and the sum of those variances is the
    noise of the total.
    """
    before = panel.controls[:, : panel.start]
    apart = before - before.mean(axis=1)[:, None]
    total = apart.sum(axis=0)
    spread = float(total @ total)
    left = apart - np.outer(apart @ total / spread, total)
    noise = float((left**2).sum()) / (panel.start - 2)
    return float(np.clip(1 - noise * panel.start / spread, LEAST_RELIABILITY, 1.0)) if len(before) > 1 else 1.0


def _fitted(
    panel: Panel,
    design: NDArray[np.float64],
    treated: NDArray[np.float64],
    *,
    intercept: float,
    slope: float,
    reliability: float,
) -> GroupRegression:
    """A line with its predictive variance; a slope divided by a reliability is as much less certain."""
    predicted = intercept + slope * design[:, 1]
    residuals = (treated - predicted)[: panel.start]
    degrees = panel.start - 2
    variance = float(residuals @ residuals) / degrees
    control, periods = design[:, 1], panel.test_periods
    middle = control[: panel.start].mean()
    moved = float(control[panel.start :].sum() - periods * middle)
    spread = float(((control[: panel.start] - middle) ** 2).sum()) * reliability**2
    return GroupRegression(
        intercept=intercept,
        slope=slope,
        predicted=predicted,
        standard_error_of_sum=float(np.sqrt(variance * (periods + periods**2 / panel.start + moved**2 / spread))),
        degrees=degrees,
        is_corrected=reliability < 1,
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
        method="t test with the regression's predictive variance (noise taken as independent from day to day)"
        + (", slope put right for the noise in the control total" if fitted.is_corrected else ""),
    )
