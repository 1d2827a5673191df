"""Switchback: the same markets on and off in blocks of time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.measurement.panel import InsufficientData, MeasurementRefused
from campaigns.measurement.readout import Test
from campaigns.measurement.t_tests import t_test

LEAST_BLOCKS = 4


@dataclass(frozen=True, kw_only=True, eq=False)
class Switchback:
    """A schedule.

    Attributes:
        is_on: by period, shape (n_times,).
        counts: whether a period is read; the first of each block are washed out, shape (n_times,).
        block: of each period, shape (n_times,).
    """

    is_on: NDArray[np.bool_]
    counts: NDArray[np.bool_]
    block: NDArray[np.int64]


def design_switchback(*, periods: int, block: int, washout: int, rng: np.random.Generator) -> Switchback:
    """Pairs of neighbouring blocks, one on and one off in random order, the first ``washout`` periods unread.

    Randomising within pairs keeps trend and season out (Bojinov, Simchi-Levi, Zhao 2023 treat carry-over).

    Raises MeasurementRefused where the washout leaves nothing, InsufficientData with fewer than four blocks a side.
    """
    if not 0 <= washout < block:
        raise MeasurementRefused(
            "The washout takes the whole block", "Make blocks longer than the carry-over.", "washout"
        )
    pairs = periods // (2 * block)
    if pairs < LEAST_BLOCKS:
        detail = (
            f"{periods} periods hold {pairs} pairs of blocks; {LEAST_BLOCKS} pairs need {2 * block * LEAST_BLOCKS}."
        )
        raise InsufficientData("Too few blocks", detail, "periods")
    first_on = rng.random(pairs) < 0.5
    on = np.column_stack([first_on, ~first_on]).reshape(-1)
    blocks = np.repeat(np.arange(2 * pairs), block)
    return Switchback(is_on=np.repeat(on, block), counts=np.tile(np.arange(block) >= washout, 2 * pairs), block=blocks)


def read_switchback(*, schedule: Switchback, outcome: NDArray[np.float64], confidence: float) -> tuple[float, Test]:
    """The effect per period and a paired t test over pairs of blocks.

    Args:
        outcome: shape (n_times,), at least as long as the schedule.
    """
    length = len(schedule.is_on)
    if len(outcome) < length or not np.all(np.isfinite(outcome[:length])):
        raise MeasurementRefused("The outcome is not complete", f"{length} periods are needed.", "outcome")
    means = np.array(
        [outcome[:length][(schedule.block == block) & schedule.counts].mean() for block in np.unique(schedule.block)]
    )
    on = np.array([schedule.is_on[schedule.block == block][0] for block in np.unique(schedule.block)])
    pairs = means.reshape(-1, 2)
    differences = np.where(on.reshape(-1, 2)[:, 0], pairs[:, 0] - pairs[:, 1], pairs[:, 1] - pairs[:, 0])
    effect = float(differences.mean())
    test = t_test(
        estimate=effect,
        standard_error=float(differences.std(ddof=1) / np.sqrt(len(differences))),
        degrees=len(differences) - 1,
        confidence=confidence,
        method=f"paired t test over {len(differences)} pairs of blocks",
    )
    return effect, test
