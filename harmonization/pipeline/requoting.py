"""Write a delimited text anew with every quote in order, for readers that follow quotes more strictly than Python."""

import csv
from dataclasses import replace
from pathlib import Path

from harmonization.pipeline.staged_table import StagedTable, place_below


def requoted(*, table: StagedTable, folder: Path) -> StagedTable:
    """The same rows with the same numbers, as Python's csv module reads them, properly quoted.

    A bare quote inside a cell (``5" disk``) is text to Python and the start of a quoted cell to Polars.
    """
    target = place_below(folder, "requoted", name=table.path.name)
    header = replace(table.header, records_before=0, lines=1)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=header.separator, lineterminator="\r\n")
        writer.writerow(["", *(f"c{place}" for place in range(len(header.names)))])
        writer.writerows([row, *cells] for row, cells in table.records())
    return replace(table, path=target, header=header, names_rows=True)
