"""Read an experiment's figures from a CSV file."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from campaigns.measurement.design.markets import History
from campaigns.measurement.panel import MeasurementRefused, Panel, panel_of_rows

LARGEST_CELLS = 5_000_000
TREATED_ARMS = ("treatment", "treated", "test", "1", "true", "yes")


@dataclass(frozen=True, kw_only=True)
class ExperimentColumns:
    """Which column is which; ``pair`` and ``arm`` where units were randomised in pairs."""

    unit: str
    time: str
    outcome: str
    cost: str | None = None
    pair: str | None = None
    arm: str | None = None

    @property
    def named(self) -> list[str]:
        """The columns that are named."""
        every = (self.unit, self.time, self.outcome, self.cost, self.pair, self.arm)
        return [name for name in every if name]


@dataclass(frozen=True, kw_only=True)
class ExperimentWindow:
    """First day of the test, its last (inclusive) or None for all that is there, and where the history begins."""

    start: str
    end: str | None = None
    first: str | None = None


def read_experiment(
    *,
    path: Path,
    columns: ExperimentColumns,
    window: ExperimentWindow,
    treated: tuple[str, ...],
    absent_is_zero: bool = False,
    earlier: Path | None = None,
    units: tuple[str, ...] = (),
) -> tuple[Panel, dict[str, str]]:
    """The panel, and the pair of each unit where the file names pairs. Treated units come by name or from the arm.

    Args:
        earlier: a file of the same columns whose periods before this one's first are read too.
        units: only these are read, and each must be in the file; empty reads all.

    Raises MeasurementRefused with the column, row or unit that is wrong.
    """
    table = _of_units(_table(path, columns), columns, units)
    if earlier:
        table = _with_earlier(table, _of_units(_table(earlier, columns), columns, units), columns)
    times = _times(table, columns, window.end, window.first)
    table = table.filter(pl.col(columns.time).is_in(times))
    names = treated or _treated_by_arm(table, columns)
    rows = list(
        zip(
            table[columns.unit].to_list(),
            table[columns.time].to_list(),
            _numbers(table, columns.outcome),
            _numbers(table, columns.cost) if columns.cost else [None] * len(table),
            strict=True,
        )
    )
    start = _nearest_start(times, window.start)
    panel = panel_of_rows(rows=rows, times=times, treated=names, start=start, absent_is_zero=absent_is_zero)
    return panel, _pairs(table, columns)


def read_history(*, path: Path, columns: ExperimentColumns) -> History:
    """Every unit's outcome by period, absent rows as zero.

    Raises MeasurementRefused with the column, row or unit that is wrong.
    """
    table = _table(path, columns)
    times = _times(table, columns, None)
    units = table[columns.unit].unique(maintain_order=True).to_list()
    outcome = np.zeros((len(units), len(times)))
    seen = np.zeros(outcome.shape, dtype=bool)
    places = {unit: place for place, unit in enumerate(units)}, {time: place for place, time in enumerate(times)}
    rows = zip(table[columns.unit], table[columns.time], _numbers(table, columns.outcome), strict=True)
    for unit, time, value in rows:
        at = places[0][unit], places[1][time]
        if seen[at]:
            raise MeasurementRefused("A row stands twice", "Keep one row per unit and period.", f"{unit}, {time}")
        seen[at], outcome[at] = True, value
    return History(units=tuple(units), outcome=outcome)


def periods_of(*, path: Path, columns: ExperimentColumns) -> list[str]:
    """The periods of a file in their order."""
    return _times(_table(path, columns), columns, None)


def daily_span(*, path: Path, columns: ExperimentColumns) -> tuple[date, date]:
    """First and last day of a file that has every day between them.

    Raises MeasurementRefused where periods are no days, or days are missing.
    """
    times = _times(_table(path, columns), columns, None)
    if not times or _order(times[0], columns.time)[0] != "day":
        raise MeasurementRefused(
            "The periods are no days", "Write each day as an ISO date, such as 2026-06-01.", columns.time
        )
    first, last = date.fromisoformat(times[0][:10]), date.fromisoformat(times[-1][:10])
    missing = (last - first).days + 1 - len(times)
    if missing:
        detail = f"{missing} days between {first} and {last} have no row; add them, or cut the file to whole days."
        raise MeasurementRefused("Days are missing", detail, columns.time)
    return first, last


def daily_totals(
    *, path: Path, columns: ExperimentColumns, first: date, last: date
) -> tuple[list[float], list[float] | None]:
    """Outcome and cost of every day of the period, over all units.

    Raises MeasurementRefused where a day has no row.
    """
    table = _table(path, columns)
    outcome, cost = dict.fromkeys(_days(first, last), 0.0), dict.fromkeys(_days(first, last), 0.0)
    seen = set()
    costs = _numbers(table, columns.cost) if columns.cost else [0.0] * len(table)
    for day, value, spent in zip(table[columns.time], _numbers(table, columns.outcome), costs, strict=True):
        _order(day, columns.time)
        if day[:10] in outcome:
            seen.add(day[:10])
            outcome[day[:10]] += value
            cost[day[:10]] += spent
    absent = sorted(outcome.keys() - seen)
    if absent:
        detail = f"{len(absent)} of {len(outcome)} days of the schedule have no row; the first is {absent[0]}."
        raise MeasurementRefused("Days are missing", detail, absent[0])
    return list(outcome.values()), list(cost.values()) if columns.cost else None


def header_of_csv(*, path: Path) -> tuple[str, ...]:
    """Names of the columns.

    Raises MeasurementRefused where the file is no CSV table.
    """
    try:
        return tuple(pl.read_csv(path, infer_schema=False, n_rows=1).columns)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise MeasurementRefused("This is not a CSV table", "Save it with a header row and commas.", "file") from error


def _days(first: date, last: date) -> list[str]:
    return [(first + timedelta(days=day)).isoformat() for day in range((last - first).days + 1)]


def _of_units(table: pl.DataFrame, columns: ExperimentColumns, units: tuple[str, ...]) -> pl.DataFrame:
    absent = sorted(set(units) - set(table[columns.unit].unique().to_list()))
    if absent:
        detail = f"{', '.join(absent[:5])} {'is' if len(absent) == 1 else 'are'} of the design but not in the file."
        raise MeasurementRefused("A unit of the design is missing", detail, columns.unit)
    return table.filter(pl.col(columns.unit).is_in(units)) if units else table


def _with_earlier(table: pl.DataFrame, older: pl.DataFrame, columns: ExperimentColumns) -> pl.DataFrame:
    """The rows, and those of the older file from before the first period of this one."""
    first = min(_order(text, columns.time) for text in table[columns.time].unique().to_list())
    kept = [text for text in older[columns.time].unique().to_list() if _order(text, columns.time) < first]
    for part in (older, table):
        _numbers(part, columns.outcome)
    return pl.concat(
        [older.filter(pl.col(columns.time).is_in(kept)).select(columns.named), table.select(columns.named)]
    )


def _table(path: Path, columns: ExperimentColumns) -> pl.DataFrame:
    try:
        table = pl.read_csv(path, infer_schema=False).fill_null("")
    except OSError as error:
        raise MeasurementRefused("The file cannot be read", f"{error.strerror}.", str(path)) from error
    except pl.exceptions.PolarsError as error:
        raise MeasurementRefused(
            "This is not a CSV table", "Save it with a header row and commas.", str(path)
        ) from error
    for name in columns.named:
        if name not in table.columns:
            detail = f"There is no column “{name}”; the file has {', '.join(table.columns[:20])}."
            raise MeasurementRefused("A column is missing", detail, name)
    if len(table) > LARGEST_CELLS:
        raise MeasurementRefused("The file is too large", f"At most {LARGEST_CELLS:,} rows can be read.", str(path))
    empty = table.with_row_index("__row", offset=2).filter((pl.col(columns.unit) == "") | (pl.col(columns.time) == ""))
    if len(empty):
        raise MeasurementRefused("Unit or time is empty", "Fill it in.", f"line {empty['__row'][0]}")
    return table.with_columns(pl.col(*columns.named).str.strip_chars())


def _times(table: pl.DataFrame, columns: ExperimentColumns, end: str | None, first: str | None = None) -> list[str]:
    """The periods in order, from the first up to the end; all are whole numbers, or all are ISO dates."""
    found = {text: _order(text, columns.time) for text in table[columns.time].unique().to_list()}
    if len({kind for kind, _ in found.values()}) > 1:
        detail = "Some periods are numbers and some are dates; write all in one way."
        raise MeasurementRefused("Periods are written in two ways", detail, columns.time)
    last = _order(end, "end") if end else max(found.values())
    if last[0] != next(iter(found.values()))[0]:
        raise MeasurementRefused("The end is not written like the periods", "Use the file's form.", "end")
    least = _order(first, "first") if first else min(found.values())
    return sorted((text for text, key in found.items() if least <= key <= last), key=lambda text: found[text])


def _nearest_start(times: list[str], start: str) -> str:
    """The first period of the file at or after the start."""
    wanted = _order(start, "start")
    for text in times:
        key = _order(text, "time")
        if key[0] != wanted[0]:
            raise MeasurementRefused("The start is not written like the periods", f"Write it like {text}.", "start")
        if key >= wanted:
            return text
    raise MeasurementRefused("Nothing was observed after the start", "Add the test period.", "start")


def _order(text: str, where: str) -> tuple[str, int]:
    """What a period is, number or day, and its place among those."""
    if text.lstrip("-").isdigit() and len(text) < 8:
        return "number", int(text)
    try:
        return "day", date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        raise MeasurementRefused(
            "A period is neither a number nor an ISO date", f"“{text}” cannot be put in order; write 2026-06-01.", where
        ) from None


def _numbers(table: pl.DataFrame, column: str) -> list[float]:
    """Numbers in plain digits; anything else is named with its line."""
    values = table[column].cast(pl.Float64, strict=False)
    bad = table.with_row_index("__row", offset=2).filter(values.is_null())
    if len(bad):
        detail = f"“{bad[column][0]}” in {column} is no number; {len(bad)} rows are so."
        raise MeasurementRefused("A value is no number", detail, f"{bad[0, '__row']}, {column}")
    return values.to_list()


def _treated_by_arm(table: pl.DataFrame, columns: ExperimentColumns) -> tuple[str, ...]:
    if not columns.arm:
        raise MeasurementRefused("No unit is treated", "Name the treated units, or the column of the arm.", "treated")
    arm = pl.col(columns.arm).str.to_lowercase()
    return tuple(sorted(table.filter(arm.is_in(TREATED_ARMS))[columns.unit].unique().to_list()))


def _pairs(table: pl.DataFrame, columns: ExperimentColumns) -> dict[str, str]:
    if not columns.pair:
        return {}
    found = table.select(columns.unit, columns.pair).unique()
    twice = found.group_by(columns.unit).len().filter(pl.col("len") > 1)
    if len(twice):
        detail = "Each unit belongs to one pair."
        raise MeasurementRefused("A unit stands in two pairs", detail, str(twice[0, columns.unit]))
    return dict(found.filter(pl.col(columns.pair) != "").iter_rows())
