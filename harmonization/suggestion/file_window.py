"""The attribution window that a file states for all its outcomes, above the header or in a column of its own."""

import re
from collections.abc import Mapping

from harmonization.suggestion.claim import Claim
from harmonization.suggestion.header_words import read_header
from harmonization.suggestion.values import filled
from harmonization.suggestion.words import plain

STATED = re.compile(
    r"(?:attribution|lookback|look back|conversion|attribuzione|atribucion|atribuicao|zuordnung)[^\n]{0,40}",
)


def window_of_file(*, claims: list[Claim], values: Mapping[str, tuple[str, ...]], banner: str) -> str | None:
    """The one window stated, as ``14d``; None where none or several are."""
    column = next((one.column for one in claims if one.meaning == "attr_window"), "")
    texts = [*set(filled(values=values.get(column, ()))), *STATED.findall(plain(banner))]
    windows = {read_header(header=text).window for text in texts} - {None}
    return windows.pop() if len(windows) == 1 else None
