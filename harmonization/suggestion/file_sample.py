"""Read the header and the first rows of a file for the proposal of a mapping."""

import csv
from pathlib import Path

from harmonization.mapping.file_head import head_text
from harmonization.mapping.header import likely_header
from harmonization.mapping.refusal import HarmonizationRefused

SAMPLE_ROWS = 200


def file_sample(*, path: Path) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Column names and up to 200 texts of each. Raises HarmonizationRefused where no header is found."""
    text = head_text(path=path)
    found = likely_header(text=text)
    if found is None:
        raise HarmonizationRefused(
            title="No header found",
            detail="no row looks like a header",
            where=path.name,
            fix="keep one row of column names above the rows",
        )
    rows = list(csv.reader(text.splitlines(), delimiter=found.separator))
    names = tuple(found.names)
    wanted = [name.strip() for name in names]
    start = next((place for place, row in enumerate(rows) if [cell.strip() for cell in row] == wanted), len(rows))
    full = [row for row in rows[start + 1 : start + 1 + SAMPLE_ROWS] if len(row) == len(names)]
    return names, {name: tuple(row[place] for row in full) for place, name in enumerate(names)}
