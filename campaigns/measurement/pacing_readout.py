"""Read a pacing test: days of more money against days of less, in pairs of the same weekday a week apart."""

import numpy as np
from numpy.typing import NDArray

from campaigns.measurement.design.pacing import WEEK
from campaigns.measurement.panel import InsufficientData, MeasurementRefused
from campaigns.measurement.readout import Estimate, Readout, Test
from campaigns.measurement.t_tests import t_test

SHARE_KEPT = 0.5


def pacing_readout(
    *,
    is_high: NDArray[np.bool_],
    planned: NDArray[np.float64],
    outcome: NDArray[np.float64],
    cost: NDArray[np.float64] | None,
    confidence: float,
) -> Readout:
    """The effect of a high day against its low partner, and what one more unit of money between the two brought.

    One paired t test gives p and interval; iROAS is that effect over the money between high and low days, as it was
    spent where the cost is known and as planned where not.

    Args:
        is_high, planned, outcome, cost: by day; whole pairs of weeks, as designed.

    Raises MeasurementRefused for an incomplete outcome or where spend did not follow the schedule, InsufficientData
    where the pairs do not vary.
    """
    days = len(is_high)
    if not np.all(np.isfinite(outcome)) or len(outcome) != days or days % (2 * WEEK):
        raise MeasurementRefused("The outcome is not complete", f"{days} days are needed.", "outcome")
    differences, pairs = _differences(outcome, is_high), days // 2
    spent = _differences(planned if cost is None else cost, is_high)
    _check_spent(spent=float(spent.mean()), planned=float(_differences(planned, is_high).mean()))
    effect, error = float(differences.mean()), float(differences.std(ddof=1) / np.sqrt(pairs))
    if error == 0:
        raise InsufficientData("The outcome never varies", "Without variation nothing can be told apart.", "outcome")
    return Readout(
        method="pacing",
        confidence=confidence,
        estimate=Estimate(att=effect, counterfactual=outcome - effect * is_high),
        test=_test(effect, error, pairs, confidence),
        size=pairs,
        start=0,
        observed=outcome,
        incremental_cost=float(spent.sum()),
        estimates_iroas=True,
        notes=_notes(cost is None),
    )


def _test(effect: float, error: float, pairs: int, confidence: float) -> Test:
    method = f"paired t test over {pairs} pairs of days"
    return t_test(estimate=effect, standard_error=error, degrees=pairs - 1, confidence=confidence, method=method)


def _check_spent(*, spent: float, planned: float) -> None:
    if spent < SHARE_KEPT * planned:
        detail = (
            f"High days cost {spent:,.2f} more than low ones on average; {planned:,.2f} were planned. "
            "What was not spent cannot have worked."
        )
        raise MeasurementRefused("Spend did not follow the schedule", detail, "cost")


def _differences(values: NDArray[np.float64], is_high: NDArray[np.bool_]) -> NDArray[np.float64]:
    """High less low of each pair of same weekdays, shape (n_pairs,)."""
    weeks = values.reshape(-1, 2, WEEK)
    first_is_high = is_high.reshape(-1, 2, WEEK)[:, 0]
    found: NDArray[np.float64] = np.where(first_is_high, weeks[:, 0] - weeks[:, 1], weeks[:, 1] - weeks[:, 0])
    return found.reshape(-1)


def _notes(is_planned: bool) -> tuple[str, ...]:
    notes = (
        "It is the return of money around the usual budget, not of all of it.",
        "Carry-over from one day to the next makes what is found smaller than it is.",
    )
    planned = "No cost column was named: the money is taken to have been spent as planned."
    return (*notes, planned) if is_planned else notes
