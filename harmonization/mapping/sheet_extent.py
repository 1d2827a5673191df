"""How large a table the XML of a worksheet unfolds to, counted while it is unpacked.

A reader of workbooks holds the rectangle from the first to the last filled cell, so two cells in opposite corners of a
sheet, a few hundred bytes, ask for 17 billion.
"""

import re

ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>])(?:\s[^<>]*)?(?<!/)>")
REFERENCE = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Za-z]{1,7})([0-9]{1,10})[\"'][^<>]*(?<!/)>")
LONGEST_TAG = 4096


class SheetExtent:
    """Rows and columns of a sheet so far; chunks of its XML are added in order."""

    def __init__(self) -> None:
        self._last_row = self._row_tags = 0
        self._last_column = self._longest_row = self._cells_in_row = 0
        self._rest = b""

    @property
    def cells(self) -> int:
        """Cells of the rectangle, filled or not; an upper bound where cells do not say where they stand."""
        columns = max(self._last_column, self._longest_row, self._cells_in_row)
        return max(self._last_row, self._row_tags) * columns

    def add(self, chunk: bytes) -> None:
        """Count one more chunk; a tag that is cut waits for the next."""
        text = self._rest + chunk
        cut = text.rfind(b"<")
        whole, rest = (text, b"") if cut < 0 or b">" in text[cut:] else (text[:cut], text[cut:])
        self._rest = rest[:LONGEST_TAG]
        places = REFERENCE.findall(whole)
        if places:
            self._last_row = max(self._last_row, *(int(row) for _, row in places))
            self._last_column = max(self._last_column, *map(_number, {column.upper() for column, _ in places}))
        self._row_tags += len(ROW.findall(whole))
        if self._cells_in_row or len(places) < len(ANY_CELL.findall(whole)):
            self._count_row_by_row(whole)

    def _count_row_by_row(self, text: bytes) -> None:
        """Count filled cells of each row, for those that do not say where they stand."""
        first, *rows = ROW.split(text)
        self._cells_in_row += len(CELL.findall(first))
        for row in rows:
            self._longest_row = max(self._longest_row, self._cells_in_row)
            self._cells_in_row = len(CELL.findall(row))


def _number(letters: bytes) -> int:
    """The number of a column, ``A`` being 1 and ``AA`` 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
