"""Which date formats read all values of a column, and whether more than one does."""

from collections.abc import Sequence
from datetime import UTC, datetime

FORMATS = (
    *("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%d-%m-%Y", "%m-%d-%Y"),
    *("%d.%m.%y", "%m/%d/%y", "%d/%m/%y", "%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%d-%b-%y"),
    *("%Y年%m月%d日", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M"),
    *("%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%d %H:%M:%S.%f", "%Y/%m/%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %H:%M"),
)
EXAMPLE = datetime(2026, 3, 4, tzinfo=UTC)


def formats_of(*, values: Sequence[str]) -> tuple[str, ...]:
    """The formats that read every one of the values, most usual first; none for no values."""
    if not values:
        return ()
    return tuple(one for one in FORMATS if all(_reads(one, value.strip()) for value in values))


def in_words(*, form: str) -> str:
    """A format as the fourth of March would be written in it."""
    return EXAMPLE.strftime(form)


def _reads(form: str, value: str) -> bool:
    try:
        day = datetime.strptime(value, form).replace(tzinfo=UTC)
    except ValueError:
        return False
    is_padded = "%y" not in form or len(value) <= len("04-Mar-2026")
    return is_padded and (2000 <= day.year <= 2100) and ("%Y%m%d" not in form or len(value) == len("20260304"))
