"""CSV that a spreadsheet opens without running anything in it."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

# https://owasp.org/www-community/attacks/CSV_Injection
SIGNS = ("=", "+", "-", "@")
CONTROLS = ("\t", "\r", "\n")


def safe_text(text: str) -> str:
    """The text, behind an apostrophe when a spreadsheet might compute it.

    What counts is the first letter a spreadsheet would see: after spaces, and after wide or look-alike forms of the
    signs are made plain (NFKC). Control characters are dropped. Numbers are no text: write them as numbers.
    """
    kept = "".join(letter for letter in text if unicodedata.category(letter) != "Cc" or letter in "\t\n")
    seen = unicodedata.normalize("NFKC", kept)
    seen = "".join(letter for letter in seen if unicodedata.category(letter) != "Cf").strip()
    return f"'{kept}" if text.startswith(CONTROLS) or kept.startswith(CONTROLS) or seen.startswith(SIGNS) else kept


def escape_formula(value: object) -> str:
    """A cell's text made safe; plain numbers stay numbers, nothing is an empty cell."""
    text = "" if value is None else str(value)
    return text if _is_number(text) else safe_text(text)


def csv_text(*, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """RFC 4180 lines with every cell escaped."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([escape_formula(cell) for cell in row] for row in rows)
    return out.getvalue()


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text == text.strip()
