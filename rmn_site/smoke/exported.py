"""What exported files of a plan say: totals of the tables, budgets a day of the retailers' bulk files."""

import csv
import io
from decimal import Decimal

import fastexcel

PROPOSED = "Proposed spend"
BRAND = "Brand"
DAILY_COLUMNS = {"amazon_bulk": "Daily Budget", "walmart_bulk": "dailyBudget"}
CENT = Decimal("0.01")

Rows = list[list[str]]


class FileUnexpected(Exception):
    """The file is not what an export of a plan should be."""


def proposed_total(*, form: str, content: bytes) -> Decimal:
    """Proposed spend of a plan's table (``csv`` or ``xlsx``), summed over its cells; FileUnexpected without them.

    The file's own row of totals must agree.
    """
    rows = _workbook_rows(content) if form == "xlsx" else _text_rows(content)
    heading = next((row for row in rows if BRAND in row), None)
    if heading is None:
        raise FileUnexpected(f"{form}: there is no row of headings")
    place = next(number for number, name in enumerate(heading) if name.startswith(PROPOSED))
    below = rows[rows.index(heading) + 1 :]
    cells = [_money(row[place]) for row in below if row[heading.index(BRAND)]]
    totals = [_money(row[place]) for row in below if not row[heading.index(BRAND)] and row[place]]
    if not cells or totals != [sum(cells)]:
        raise FileUnexpected(f"{form}: {len(cells)} cells add up to {sum(cells)}, the file says {totals}")
    return sum(cells, Decimal(0))


def daily_budgets(*, form: str, content: bytes) -> list[Decimal]:
    """Money a day of each campaign in a bulk file; 0 for one that is paused."""
    rows = _workbook_rows(content) if form == "amazon_bulk" else _text_rows(content)
    place = rows[0].index(DAILY_COLUMNS[form])
    return [_money(row[place]) if row[place] else Decimal(0) for row in rows[1:]]


def _text_rows(content: bytes) -> Rows:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _workbook_rows(content: bytes) -> Rows:
    """Cells of the first sheet as text, empty where there is nothing."""
    sheet = fastexcel.read_excel(content).load_sheet(0, header_row=None, dtypes="string")
    columns = [series.to_list() for series in sheet.to_polars().iter_columns()]
    return [["" if cell is None else str(cell) for cell in row] for row in zip(*columns, strict=True)]


def _money(text: str) -> Decimal:
    """To the cent: a workbook holds binary numbers, whose text may carry their rounding."""
    return Decimal(text).quantize(CENT)
