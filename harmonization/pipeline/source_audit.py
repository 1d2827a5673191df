"""Read the source once more, by Python alone: count its rows, find the broken ones, and add its figures up exactly."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from harmonization.mapping.refusal import FileLimits, HarmonizationRefused
from harmonization.mapping.spec import Mapping, Unit
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.source_numbers import day_reader, number_reader
from harmonization.pipeline.staged_table import Reject, StagedTable

RECONCILED_FIELDS = ("cost", "clicks", "impressions")
RECONCILED_OUTCOMES = ("revenue", "orders")
ISO_DATE = "%Y-%m-%d"
MOST_SKIPPED = 5_000_000
SHOWN_LENGTH = 60
Totals = dict[tuple[str, date | None], Decimal]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A metric that is reconciled: where it stands, and how its text is read."""

    metric: str
    place: int
    unit: Unit
    read: Callable[[str], Decimal | None]


@dataclass(frozen=True, kw_only=True)
class SourceReader:
    """How days and figures of one table are read.

    Attributes:
        unique_place: where the identifier stands that no two rows share; None where there is none.
    """

    day_place: int
    unique_place: int | None
    day: Callable[[str], date | None]
    figures: tuple[Figure, ...]

    def identifier(self, cells: list[str]) -> str:
        """What tells the row from all others; empty where the mapping names no such column."""
        return "" if self.unique_place is None else cells[self.unique_place].strip()

    def add(self, cells: list[str], *, totals: Totals) -> None:
        """Add a row's figures to the totals of its day; cells that hold no number add nothing."""
        width = len(cells)
        day = self.day(cells[self.day_place]) if self.day_place < width else None
        for figure in self.figures:
            value = figure.read(cells[figure.place]) if figure.place < width else None
            if value is not None:
                totals[figure.metric, day] += value


@dataclass(frozen=True, kw_only=True)
class SourceAudit:
    """What the source holds.

    Attributes:
        rows: data rows, blank rows and rows of totals not counted.
        blank, totals_rows: numbers of such rows.
        ragged: rows with more or fewer cells than the header, or an identifier of an earlier row, by number, with
            what is wrong.
        totals: sum of each reconciled metric by day, of every data row.
        has_quotes: whether a cell holds a quotation mark as text.
    """

    rows: int
    blank: tuple[int, ...]
    totals_rows: tuple[int, ...]
    ragged: dict[int, str]
    totals: Totals
    has_quotes: bool

    @property
    def left_out(self) -> list[int]:
        """Rows that the plan must not convert."""
        return [*self.blank, *self.totals_rows, *self.ragged]


def source_reader(*, mapping: Mapping, plan: Plan, table: StagedTable) -> SourceReader:
    """How to read this table's days and reconciled figures."""
    event_date = plan.field_named("event_date")
    formats = event_date.mapping.formats if event_date else ()
    found = [
        (name, source.place, source.mapping.unit) for name in RECONCILED_FIELDS if (source := plan.field_named(name))
    ]
    found += [
        (name, plan.headline_outcomes[name].place, plan.headline_outcomes[name].mapping.unit)
        for name in RECONCILED_OUTCOMES
        if name in plan.headline_outcomes
    ]
    return SourceReader(
        day_place=event_date.place if event_date else 0,
        unique_place=plan.unique,
        day=day_reader(formats=(*formats, ISO_DATE) if table.has_iso_dates else formats),
        figures=tuple(
            Figure(metric=name, place=place, unit=unit, read=number_reader(decimal=table.decimal, unit=unit))
            for name, place, unit in found
        ),
    )


def audit_source(*, table: StagedTable, mapping: Mapping, reader: SourceReader, limits: FileLimits) -> SourceAudit:
    """Go through all rows once. Raises HarmonizationRefused where there are too many."""
    width, rows, blank, totals_rows = table.header.width, 0, [], []
    ragged: dict[int, str] = {}
    totals: Totals = defaultdict(Decimal)
    has_quotes = False
    earlier: dict[str, int] = {}
    for row, cells in table.records():
        has_quotes = has_quotes or '"' in "".join(cells)
        if not any(cell and not cell.isspace() for cell in cells):
            blank.append(row)
            continue
        if mapping.totals and cells[0].strip().lower().startswith(mapping.totals):
            totals_rows.append(row)
            continue
        rows += 1
        if len(cells) < width or any(cells[width:]):
            ragged[row] = f"has {len(cells)} cells where the header has {width}"
        elif (identifier := reader.identifier(cells)) and (first := earlier.setdefault(identifier, row)) != row:
            ragged[row] = f"repeats row {first}: {identifier[:SHOWN_LENGTH]}"
        reader.add(cells, totals=totals)
        if rows > limits.rows or len(blank) + len(ragged) > MOST_SKIPPED:
            refuse_too_many_rows(rows=rows, skipped=len(blank) + len(ragged), table=table, limits=limits)
    return SourceAudit(
        rows=rows,
        blank=tuple(blank),
        totals_rows=tuple(totals_rows),
        ragged=ragged,
        totals=dict(totals),
        has_quotes=has_quotes,
    )


def rejected_rows(
    *, table: StagedTable, reasons: dict[int, str], reader: SourceReader
) -> tuple[Iterator[Reject], Totals]:
    """The rejected rows in the order of the file, and their totals, which are complete once the rows are used up."""
    totals: Totals = defaultdict(Decimal)
    return _rejected(table=table, reasons=reasons, reader=reader, totals=totals), totals


def _rejected(*, table: StagedTable, reasons: dict[int, str], reader: SourceReader, totals: Totals) -> Iterator[Reject]:
    unreadable = iter(table.unreadable)
    waiting = next(unreadable, None)
    for row, cells in table.records_at(reasons) if reasons else ():
        while waiting and waiting.row < row:
            yield waiting
            waiting = next(unreadable, None)
        reader.add(cells, totals=totals)
        yield Reject(row=row, reason=reasons[row], raw=json.dumps(cells, ensure_ascii=False))
    while waiting:
        yield waiting
        waiting = next(unreadable, None)


def refuse_empty(*, audit: SourceAudit, table: StagedTable) -> None:
    """Raise HarmonizationRefused for a table without a row."""
    if not audit.rows and not table.unreadable:
        raise HarmonizationRefused(
            title="The file has no rows",
            detail="There is a header, but no row of data below it.",
            where=f"{table.path.name}, row {table.first_row}",
            fix="Export the report for a period in which ads ran.",
        )


def refuse_too_many_rows(*, rows: int, skipped: int, table: StagedTable, limits: FileLimits) -> None:
    """Raise HarmonizationRefused where a table has more rows, or more broken and blank ones, than are read."""
    if rows <= limits.rows and skipped <= MOST_SKIPPED:
        return
    raise HarmonizationRefused(
        title="The table has too many rows",
        detail=f"It has more than {limits.rows:,} rows, or mostly broken or blank ones.",
        where=table.path.name,
        fix="Split the export by month.",
    )
