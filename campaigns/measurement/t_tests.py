"""A p-value and an interval from one t statistic."""

import math

from scipy.special import stdtr, stdtrit

from campaigns.measurement.panel import InsufficientData
from campaigns.measurement.readout import Test


def t_test(*, estimate: float, standard_error: float, degrees: float, confidence: float, method: str) -> Test:
    """The test of no effect, and the effects it does not reject.

    Raises InsufficientData where the standard error is zero or no degree of freedom is left: figures that never vary
    cannot say how sure they are.
    """
    if not (math.isfinite(standard_error) and standard_error > 0 and degrees > 0):
        raise InsufficientData(
            "The figures do not vary", "Without variation between units no uncertainty can be given.", "outcome"
        )
    p_value = float(2 * stdtr(degrees, -abs(estimate) / standard_error))
    reach = float(stdtrit(degrees, (1 + confidence) / 2)) * standard_error
    return Test(
        p_value=p_value,
        interval=(estimate - reach, estimate + reach),
        standard_error=standard_error,
        method=method,
    )
