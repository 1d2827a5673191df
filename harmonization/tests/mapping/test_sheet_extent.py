"""The rectangle of a worksheet, counted from its XML in chunks."""

import pytest

from harmonization.mapping.sheet_extent import SheetExtent


def cells_of(xml: str, *, chunk: int = 7) -> int:
    extent = SheetExtent()
    for start in range(0, len(xml), chunk):
        extent.add(xml[start : start + chunk].encode())
    return extent.cells


@pytest.mark.parametrize("chunk", [1, 5, 64, 10_000])
@pytest.mark.parametrize(
    ("xml", "cells"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>', 3),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="AB9"><v>2</v></c></row>', 9 * 28),
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", 4),
        ("<x:row><x:c r='b2'><x:v>1</x:v></x:c></x:row>", 4),
        ('<row r="5"><c s="1" r = "D5" ><v>1</v></c></row>', 20),
        ('<row><c r="A1"><v>1</v></c></row><row><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row>', 6),
        ("<cols><col min='1' max='16384'/></cols><sst><t>row</t></sst>", 0),
    ],
)
def test_rectangle_reaches_the_last_filled_cell(xml, cells, chunk):
    assert cells_of(xml, chunk=chunk) == cells


def test_cell_with_a_format_and_no_value_does_not_count():
    assert cells_of('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576" s="4"/></row>') == 1


def test_tag_that_never_ends_is_not_kept_for_ever():
    extent = SheetExtent()

    for _ in range(100):
        extent.add(b"<" + b"c" * 10_000)

    assert len(extent._rest) <= 4096
