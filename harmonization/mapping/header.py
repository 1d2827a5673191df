"""Find the header row of a table among banner lines, for whichever separator shows most known columns."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Mapping

SEPARATORS = (",", ";", "\t", "|")
ROWS_LOOKED_AT = 60
MAX_CELL = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Row:
    """One record of the head of a table: its cells, and how many lines of the file end with it."""

    cells: tuple[str, ...]
    lines: int


@dataclass(frozen=True, kw_only=True)
class Header:
    """Where the header stands and what it says.

    Attributes:
        names: column names as they stand there, stripped.
        records_before: records of banner above it.
        lines: lines of the file up to its end.
        banner: what stands above it, a line for each record.
    """

    names: tuple[str, ...]
    records_before: int
    lines: int
    separator: str
    banner: str = ""

    @property
    def width(self) -> int:
        """Cells a row must have: up to the last column that has a name."""
        return max((place for place, name in enumerate(self.names, start=1) if name), default=0)


def normal(name: str) -> str:
    """A column name for comparison: without case and without odd spaces."""
    return " ".join(name.replace("\ufeff", "").split()).casefold()


def first_rows(*, text: str, separator: str) -> tuple[Row, ...]:
    """The first records of a delimited text; what follows a broken quote is left out."""
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            rows.append(Row(cells=tuple(cells), lines=reader.line_num))
            if len(rows) == ROWS_LOOKED_AT:
                break
    except csv.Error:
        pass
    return tuple(rows)


def candidate_headers(*, text: str, separators: Iterable[str] = SEPARATORS) -> list[Header]:
    """Every record of the head of a delimited text that could be its header, for every separator."""
    found: list[Header] = []
    for separator in separators:
        rows = first_rows(text=text, separator=separator)
        banner = [" ".join(row.cells) for row in rows]
        found += [
            Header(
                names=tuple(cell.replace("\ufeff", "").strip() for cell in row.cells),
                records_before=number,
                lines=row.lines,
                separator=separator,
                banner="\n".join(banner[:number]),
            )
            for number, row in enumerate(rows)
            if len(row.cells) > 1 and any(cell.strip() for cell in row.cells)
        ]
    return found


def likely_header(*, text: str) -> Header | None:
    """The header of a table no mapping is known for: the widest early row with no number and no empty cell in it."""
    worded = [one for one in candidate_headers(text=text) if all(_is_word(name) for name in one.names)]
    return max(worded, key=lambda one: (len(one.names), -one.records_before), default=None)


def matched(*, names: Sequence[str], groups: Iterable[tuple[str, ...]]) -> int:
    """How many of the groups of equivalent columns have at least one column among the names."""
    present = {normal(name) for name in names}
    return sum(any(normal(column) in present for column in group) for group in groups)


def best_header(*, candidates: Iterable[Header], groups: Sequence[tuple[str, ...]]) -> Header | None:
    """The first of the candidates that have columns of the most groups.

    Rows of figures are passed over unread: one that has too few names to have more groups than the best so far.
    """
    places: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for column in group:
            places.setdefault(normal(column), set()).add(number)
    most_of_one = max(map(len, places.values()), default=0)
    best, most = None, -1
    for one in candidates:
        if len(one.names) * most_of_one <= most:
            continue
        found = len(set().union(*(places.get(normal(name), ()) for name in one.names)))
        if found > most:
            best, most = one, found
    return best


def locate_header(*, text: str, mapping: Mapping, where: str) -> Header:
    """The header that fits the mapping best. Raises HarmonizationRefused where none has the columns it requires."""
    separators = (mapping.separator, *(one for one in SEPARATORS if one != mapping.separator))
    candidates = candidate_headers(text=text, separators=separators)
    best = best_header(candidates=candidates, groups=mapping.column_groups)
    if best is None or not matched(names=best.names, groups=mapping.column_groups):
        shown = likely_header(text=text)
        raise HarmonizationRefused(
            title="No known column was found",
            detail=f"None of the columns of {mapping.title} stands in the first {ROWS_LOOKED_AT} rows."
            + (f" Found: {', '.join(shown.names[:30])}." if shown else ""),
            where=where,
            fix="Choose the mapping of this report, or export it with its header.",
        )
    refuse_missing(names=best.names, mapping=mapping, where=f"{where}, row {best.records_before + 1}")
    return best


def refuse_missing(*, names: Sequence[str], mapping: Mapping, where: str) -> None:
    """Raise HarmonizationRefused that lists every required column the header lacks, or one that stands twice."""
    missing = [" or ".join(group) for group in mapping.required_in_file if not matched(names=names, groups=[group])]
    if missing:
        raise HarmonizationRefused(
            title="Required columns are missing",
            detail=f"{mapping.title} needs {', '.join(missing)}. Found: {', '.join(names[:40])}.",
            where=where,
            fix="Export the report with these columns, or choose another mapping.",
        )
    known = {normal(column) for group in mapping.column_groups for column in group}
    normals = [normal(name) for name in names]
    doubled = sorted(
        {name for name, key in zip(names, normals, strict=True) if key in known and normals.count(key) > 1}
    )
    if doubled:
        raise HarmonizationRefused(
            title="A column stands twice",
            detail=f"The header has {', '.join(doubled)} more than once; which one is meant cannot be told.",
            where=where,
            fix="Remove or rename the column that is not meant.",
        )


def _is_word(name: str) -> bool:
    return bool(name) and not name.replace(".", "").replace(",", "").replace("-", "").isdigit()
