"""The rows of a file that could not be read, with row number and reason."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

csv.field_size_limit(10_000_000)


@dataclass(frozen=True, kw_only=True)
class RejectedRow:
    """A row of the source: its number as a spreadsheet shows it, why it was rejected, and the row as it stood."""

    row_number: str
    reason: str
    raw_row: str


def rejected_rows(*, path: Path, offset: int = 0, limit: int | None = None) -> Iterator[RejectedRow]:
    """Rows of a rejects file from ``offset`` on, at most ``limit``; none when there is no file."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        stop = None if limit is None else offset + limit
        for row in islice(rows, offset, stop):
            number, reason, *raw = row
            yield RejectedRow(row_number=number, reason=reason, raw_row=",".join(raw))
