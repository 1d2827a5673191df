"""What an experiment says: one shape for every method."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Estimate:
    """The effect a method finds, before its uncertainty.

    Attributes:
        att: average effect per treated unit and period, in units of the outcome.
        counterfactual: what the mean treated unit would have shown, shape (n_times,).
        weights: of the controls, by unit name; empty where the method has none.
        l2_imbalance: Euclidean distance of treated mean and counterfactual before the start.
        scaled_l2: the same relative to uniform weights (Ben-Michael, Feller, Rothstein 2021); None without weights.
    """

    att: float
    counterfactual: NDArray[np.float64]
    weights: Mapping[str, float] = field(default_factory=dict)
    l2_imbalance: float = 0.0
    scaled_l2: float | None = None


@dataclass(frozen=True, kw_only=True)
class Test:
    """p-value and interval from one test, so that they never contradict.

    Attributes:
        p_value: of the hypothesis of no effect, two-sided.
        interval: the effects the test does not reject at 1 − confidence.
        standard_error: None for tests that have none.
        method: what was inverted, in words.
    """

    __test__ = False

    p_value: float
    interval: tuple[float, float]
    standard_error: float | None
    method: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Readout:
    """The answer of an experiment.

    Attributes:
        att: average effect per treated unit and period, in units of the outcome.
        lift: the effect relative to what would have been.
        incremental: the effect summed over treated units and test periods.
        interval, interval_of: of "att", or of "iroas" for the methods that estimate it directly.
        iroas: incremental outcome per unit of incremental cost; None without cost.
        effects: per test period for the mean treated unit, shape (test_periods,).
        notes: what a reader must know before believing the figures.
    """

    method: str
    att: float
    lift: float
    incremental: float
    p_value: float
    confidence: float
    interval: tuple[float, float]
    interval_of: str
    att_interval: tuple[float, float]
    lift_interval: tuple[float, float]
    incremental_interval: tuple[float, float]
    incremental_cost: float | None
    iroas: float | None
    iroas_interval: tuple[float, float] | None
    standard_error: float | None
    inference: str
    weights: Mapping[str, float]
    l2_imbalance: float
    scaled_l2: float | None
    observed: NDArray[np.float64]
    counterfactual: NDArray[np.float64]
    effects: NDArray[np.float64]
    verdict: str
    notes: tuple[str, ...] = ()
