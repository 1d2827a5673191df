"""One small layout and one call, so that a trap is a few lines."""

import csv
import io

from harmonization.mapping.reader import read_mapping
from harmonization.tests.layouts import SMALL
from harmonization.tests.pipeline.exports import harmonized, written

ROW = {
    "Day": "2026-01-05", "Shown": "100", "Clicked": "5", "Cost": "1.50", "Place": "Top", "Sales": "9.00", "Orders": "1",
}  # fmt: skip


def small(*, top="", fields="", **changes):
    """The small mapping with lines added at the top, fields added, and texts replaced: ``{from: Day,`` by name."""
    text = SMALL.replace("fields:\n", f"fields:\n{fields}") + top
    for column, options in changes.items():
        assert f"{{from: {column}," in text
        text = text.replace(f"{{from: {column},", f"{{from: {column}, {options},")
    return read_mapping(text=text)


def table(*rows, separator=",", header=None):
    """Rows as text; each is the standard row with changes."""
    names = header or list(dict.fromkeys([*ROW, *(name for row in rows for name in row)]))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=names, delimiter=separator, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows([ROW | row for row in rows or [{}]])
    return text.getvalue()


def run(folder, *rows, mapping=None, encoding="utf-8", separator=",", name="export.csv"):
    text = table(*rows, separator=separator)
    return harmonized(written(folder, text, name, encoding=encoding), mapping or small())


def run_text(folder, text, *, mapping=None, name="export.csv", encoding="utf-8"):
    return harmonized(written(folder, text, name, encoding=encoding), mapping or small())
