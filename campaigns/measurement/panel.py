"""Units over time: what was seen, who was treated, and from when."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_PRE_PERIODS = 3


class MeasurementRefused(Exception):
    """The figures cannot carry an answer.

    Attributes:
        title: what is wrong, in a few words.
        detail: what would suffice.
        where: the column, unit or period it is about.
    """

    def __init__(self, title: str, detail: str, where: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where = title, detail, where


class InsufficientData(MeasurementRefused):
    """Too little was observed for this method; the detail says what would suffice."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Panel:
    """A balanced panel.

    Attributes:
        units: names, n_units.
        times: labels in order, n_times.
        outcome: shape (n_units, n_times).
        treated: shape (n_units,), True for units that got the treatment.
        start: place of the first treated period; those before are the pre-period.
        cost: advertising cost, shape (n_units, n_times), in one currency; None where it is not known.
    """

    units: tuple[str, ...]
    times: tuple[str, ...]
    outcome: NDArray[np.float64]
    treated: NDArray[np.bool_]
    start: int
    cost: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        shape = (len(self.units), len(self.times))
        if self.outcome.shape != shape or self.treated.shape != shape[:1]:
            raise MeasurementRefused("The panel is not rectangular", f"The outcome should have the shape {shape}.")
        _refuse_what_is_no_number(self.outcome, name="outcome", panel=self)
        if self.cost is not None:
            _refuse_what_is_no_number(self.cost, name="cost", panel=self)
            if np.any(self.cost < 0):
                unit, time = np.argwhere(self.cost < 0)[0]
                raise MeasurementRefused(
                    "Cost is negative", "Correct the row.", f"{self.units[unit]}, {self.times[time]}"
                )
        if not self.treated.any():
            raise MeasurementRefused("No unit is treated", "Name at least one treated unit.", "treated")
        if self.treated.all():
            raise InsufficientData("No unit is a control", "Keep at least one unit untreated.", "treated")
        if self.start < LEAST_PRE_PERIODS:
            detail = f"{self.start} periods lie before the start; at least {LEAST_PRE_PERIODS} are needed."
            raise InsufficientData("The history is too short", detail, "start")
        if self.start >= len(self.times):
            raise InsufficientData("Nothing was observed after the start", "Add the test period.", "start")

    @property
    def treated_count(self) -> int:
        """How many units were treated."""
        return int(self.treated.sum())

    @property
    def control_count(self) -> int:
        """How many units were not."""
        return len(self.units) - self.treated_count

    @property
    def test_periods(self) -> int:
        """How many periods the test lasted."""
        return len(self.times) - self.start

    @property
    def controls(self) -> NDArray[np.float64]:
        """The outcome of the controls, shape (control_count, n_times)."""
        return self.outcome[~self.treated]

    @property
    def treated_mean(self) -> NDArray[np.float64]:
        """The mean outcome of the treated units, shape (n_times,)."""
        mean: NDArray[np.float64] = self.outcome[self.treated].mean(axis=0)
        return mean

    def incremental_cost(self) -> float | None:
        """What the treatment cost above what the controls' change explains, summed over treated units and the test.

        The difference in differences of cost: spend that both groups had before is not the treatment's.
        """
        if self.cost is None:
            return None
        change = self.cost[:, self.start :].mean(axis=1) - self.cost[:, : self.start].mean(axis=1)
        extra = change[self.treated].mean() - change[~self.treated].mean()
        return float(extra * self.treated_count * self.test_periods)


def needs_controls(panel: Panel, *, least: int, method: str) -> None:
    """Raise InsufficientData where there are fewer than ``least`` controls."""
    if panel.control_count < least:
        detail = f"{method} needs at least {least} untreated units; there are {panel.control_count}."
        raise InsufficientData("Too few controls", detail, "treated")


def needs_history(panel: Panel, *, least: int, method: str) -> None:
    """Raise InsufficientData where there are fewer than ``least`` pre-periods."""
    if panel.start < least:
        detail = f"{method} needs at least {least} periods before the start; there are {panel.start}."
        raise InsufficientData("The history is too short", detail, "start")


def _refuse_what_is_no_number(values: NDArray[np.float64], *, name: str, panel: Panel) -> None:
    bad = np.argwhere(~np.isfinite(values))
    if len(bad):
        unit, time = bad[0]
        raise MeasurementRefused(
            "A value is missing or no number",
            f"{len(bad)} cells of {name} cannot be used; every unit needs a number in every period.",
            f"{panel.units[unit]}, {panel.times[time]}",
        )


def panel_of_rows(
    *,
    rows: Sequence[tuple[str, str, float, float | None]],
    times: Sequence[str],
    treated: Sequence[str],
    start: str,
    absent_is_zero: bool = False,
) -> Panel:
    """A panel from rows of (unit, time, outcome, cost); ``times`` in order, ``start`` one of them.

    Raises MeasurementRefused for a row that stands twice, a treated unit that does not exist, a value that is no
    number, and for absent rows unless they are to count as zero (right for methods that add groups up).
    """
    units = tuple(dict.fromkeys(unit for unit, *_ in rows))
    place_of_unit = {unit: place for place, unit in enumerate(units)}
    place_of_time = {time: place for place, time in enumerate(times)}
    for name in treated:
        if name not in place_of_unit:
            raise MeasurementRefused("A treated unit is not in the file", f"There is no “{name}”.", "treated")
    absent = 0.0 if absent_is_zero else np.nan
    outcome, cost = np.full((2, len(units), len(times)), absent)
    seen = np.zeros(outcome.shape, dtype=bool)
    for unit, time, value, spent in rows:
        at = (place_of_unit[unit], place_of_time[time])
        if seen[at]:
            raise MeasurementRefused("A row stands twice", "Keep one row per unit and period.", f"{unit}, {time}")
        seen[at], outcome[at], cost[at] = True, value, np.nan if spent is None else spent
    has_cost = any(spent is not None for *_, spent in rows)
    names = set(treated)
    return Panel(
        units=units,
        times=tuple(times),
        outcome=outcome,
        treated=np.array([unit in names for unit in units]),
        start=place_of_time.get(start, len(times)),
        cost=cost if has_cost else None,
    )
