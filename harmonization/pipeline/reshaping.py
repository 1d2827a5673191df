"""Bring a table into the shape of one row per event: one level kept, totals left out, columns turned into rows."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from harmonization.mapping.header import normal, refuse_missing
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.staged_table import StagedTable, place_below
from harmonization.pipeline.told_apart import told_apart

Numbered = Iterator[tuple[int, list[str]]]
MOST_NAMED = 10


@dataclass
class LeftOut:
    """Rows that are not read, counted while they go by."""

    levels: Counter[str] = field(default_factory=Counter)
    totals: int = 0


@dataclass(frozen=True, kw_only=True)
class WideColumn:
    """A column that becomes rows: where it stands, the column its cells go into, and what its header says."""

    place: int
    target: str
    label: str


def reshaped(*, table: StagedTable, mapping: Mapping, folder: Path) -> StagedTable:
    """The table as the mapping reads it, with remarks on what was done; the same table where nothing is to be done.

    Raises HarmonizationRefused where a column that the shape needs is missing.
    """
    if not mapping.shape.reshapes and not mapping.told_apart_by:
        return table
    left_out = LeftOut()
    names = table.header.names
    rows = _chosen(table.records(), names=names, mapping=mapping, left_out=left_out)
    remarks: list[str] = []
    if mapping.shape.unpivot is not None:
        wide = _wide_columns(names, mapping=mapping, where=table.path.name)
        fixed = [place for place in range(len(names)) if place not in {one.place for one in wide}]
        long_names = (*(names[place] for place in fixed), mapping.shape.unpivot.name, *_targets(wide))
        flat = replace(mapping, shape=replace(mapping.shape, unpivot=None))
        refuse_missing(names=long_names, mapping=flat, where=table.path.name)
        rows, names = _long(rows, wide=wide, fixed=fixed), long_names
        remarks.append(f"{len(wide)} columns were turned into rows; rows are counted after that.")
    if mapping.told_apart_by:
        again = _chosen(table.records(), names=names, mapping=mapping, left_out=LeftOut())
        apart = told_apart(rows=again, names=names, mapping=mapping, where=table.path.name)
        if apart is not None:
            rows, names = apart.rows(rows), apart.names
            remarks.append(apart.remark)
    path = _written(rows, width=len(names), target=place_below(folder, "reshaped", name=table.path.name))
    header = replace(table.header, names=names, records_before=0, lines=1, separator=",")
    remarks = [*_left_out_words(left_out), *remarks]
    return replace(table, path=path, header=header, names_rows=True, remarks=(*table.remarks, *remarks))


def _chosen(rows: Numbered, *, names: Sequence[str], mapping: Mapping, left_out: LeftOut) -> Numbered:
    """Rows of the level that is read, without totals."""
    level = mapping.shape.level
    at = _place(level.column, names, mapping=mapping) if level else None
    totals_at = [place for column in mapping.shape.totals_in if (place := _find(column, names)) is not None]
    for row, cells in rows:
        if any(_cell(cells, place).lower().startswith(mapping.totals) for place in totals_at):
            left_out.totals += 1
        elif level and at is not None and any(cells) and _cell(cells, at).lower() not in level.values:
            left_out.levels[_cell(cells, at) or "(empty)"] += 1
        else:
            yield row, cells


def _long(rows: Numbered, *, wide: Sequence[WideColumn], fixed: Sequence[int]) -> Numbered:
    """A row for each label of the header, numbered anew; labels all of whose cells are empty give none."""
    targets = _targets(wide)
    number = 0
    for _, cells in rows:
        head = [_cell(cells, place) for place in fixed]
        for label in dict.fromkeys(one.label for one in wide):
            own = {one.target: _cell(cells, one.place) for one in wide if one.label == label}
            if any(own.values()):
                number += 1
                yield number, [*head, label, *(own.get(target, "") for target in targets)]


def _wide_columns(names: Sequence[str], *, mapping: Mapping, where: str) -> tuple[WideColumn, ...]:
    """The columns the pattern finds; Polars' expressions take linear time on any text."""
    unpivot = mapping.shape.unpivot
    if unpivot is None:
        return ()
    texts = pl.Series([" ".join(name.split()) for name in names], dtype=pl.String)
    first, second = texts.str.extract(unpivot.columns, 1).to_list(), texts.str.extract(unpivot.columns, 2).to_list()
    found = [
        WideColumn(place=place, target=unpivot.value or one, label=one if unpivot.value else other)
        for place, (one, other) in enumerate(zip(first, second, strict=True))
        if one and (unpivot.value or other)
    ]
    if found:
        return tuple(found)
    raise HarmonizationRefused(
        title="No column to turn into rows was found",
        detail=f"No column of {mapping.title} fits the pattern {unpivot.columns}. Found: {', '.join(names[:40])}.",
        where=where,
        fix="Choose the mapping of this report, or correct the pattern under unpivot.",
    )


def _targets(wide: Sequence[WideColumn]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.target for one in wide))


def _place(column: str, names: Sequence[str], *, mapping: Mapping) -> int:
    place = _find(column, names)
    if place is None:
        raise HarmonizationRefused(
            title="Required columns are missing",
            detail=f"{mapping.title} needs {column}, which tells the levels of rows apart.",
            where=", ".join(names[:40]),
            fix="Export the report with this column, or choose another mapping.",
        )
    return place


def _find(column: str, names: Sequence[str]) -> int | None:
    return next((place for place, name in enumerate(names) if normal(name) == normal(column)), None)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _written(rows: Numbered, *, width: int, target: Path) -> Path:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(["", *(f"c{place}" for place in range(width))])
        writer.writerows([row, *cells] for row, cells in rows)
    return target


def _left_out_words(left_out: LeftOut) -> list[str]:
    words = [f"{left_out.totals} rows of totals were left out."] if left_out.totals else []
    if left_out.levels:
        named = ", ".join(f"{count} of {level}" for level, count in left_out.levels.most_common(MOST_NAMED))
        words.append(f"Rows of other levels were left out: {named}.")
    return words
