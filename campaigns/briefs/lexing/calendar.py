"""Days and spans of days as people write them; what lacks a year means the next one to come."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTH_NAMES = [name.lower() for name in calendar.month_name[1:]]
MONTH = r"(?:" + "|".join(rf"{name}|{name[:3]}\.?" for name in MONTH_NAMES) + r"|sept\.?)(?![a-z])"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

DAY = (
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}"
    rf"|(?:{'|'.join(_ORDINALS)}) of {MONTH}(?:,? \d{{4}})?|{_NTH}(?: of)? {MONTH}(?:,? \d{{4}})?"
    rf"|{MONTH} {_NTH}(?!\d| ?%)(?:,? \d{{4}})?"
)
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
# "may" is a month only where the year stands beside it.
SPAN = (
    rf"{_NTH} ?(?:-|to|until|through) ?{_NTH} {MONTH}(?:,? \d{{4}})?"
    r"|q[1-4](?:[ ,/'-]{0,2}(?:\d{4}|\d{2})(?!\d|[.,]\d|%| ?(?:k|m|weeks?)\b))?(?!\w)"
    r"|h[12](?: \d{4})?(?!\w)|(?:first|second|third|fourth) quarter(?: of)?(?: \d{4})?"
    r"|next (?:week|month|quarter|year)(?!\w)"
    rf"|(?!may\b(?! \d{{4}})){MONTH}(?: \d{{4}})?"
    r"|(?<=in )20\d\d(?![\d,.%])|(?<=for )20\d\d(?![\d,.%])|(?<=during )20\d\d(?![\d,.%])"
)


class AmbiguousDay(ValueError):
    """The day can be read in two ways, or does not exist."""


@dataclass(frozen=True, kw_only=True)
class Days:
    """From ``start`` to ``end``, both included. ``has_year`` is False when the year was inferred."""

    start: date
    end: date
    has_year: bool


def read_day(*, text: str, today: date) -> Days:
    """A single day.

    Raises:
        AmbiguousDay: 03/04/2027 (March or April?), or 31 February.
    """
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = date.fromisoformat(text)
            return Days(start=day, end=day, has_year=True)
        if numeric := re.fullmatch(r"(\d+)([./])(\d+)[./](\d{4})", text):
            day = _numeric(first=int(numeric[1]), second=int(numeric[3]), mark=numeric[2], year=int(numeric[4]))
            return Days(start=day, end=day, has_year=True)
        month, year = _month(text), _year(text)
        number = _day_of_month(text)
        day = date(year or today.year, month, number)
        if year is None and day < today:
            day = date(today.year + 1, month, number)
    except (ValueError, IndexError) as error:
        raise AmbiguousDay(text) from error
    return Days(start=day, end=day, has_year=year is not None)


def read_span(*, text: str, today: date) -> Days:
    """A span of days: Q1 2027, March 2027, 1–31 March, next month.

    Raises:
        AmbiguousDay: the quarter asked for is under way and no year was said, or a day does not exist.
    """
    year = _year(text)
    if text.startswith("next "):
        return _next(unit=text.split()[1], today=today)
    if halves := re.match(r"h([12])", text):
        return _months(first=6 * int(halves[1]) - 5, count=6, year=year, today=today)
    if quarter := re.match(r"q([1-4])|(first|second|third|fourth) quarter", text):
        number = int(quarter[1]) if quarter[1] else _QUARTERS[quarter[2]]
        short = re.search(r"[ ,/'-](\d{2})$", text)
        return _months(
            first=3 * number - 2, count=3, year=year or (2000 + int(short[1]) if short else None), today=today
        )
    if re.fullmatch(r"20\d\d", text):
        return Days(start=date(int(text), 1, 1), end=date(int(text), 12, 31), has_year=True)
    if both := re.match(r"(\d{1,2})(?:st|nd|rd|th)? ?(?:-|to|until|through) ?(\d{1,2})", text):
        rest = text[both.end() :].lstrip("stndrh ")
        month = re.search(MONTH, text)
        rest = text[month.start() :] if month else rest
        first = read_day(text=f"{both[1]} {rest}", today=today)
        last = read_day(text=f"{both[2]} {rest}", today=today)
        return Days(start=first.start, end=last.end, has_year=first.has_year)
    return _months(first=_month(text), count=1, year=year, today=today)


def _numeric(*, first: int, second: int, mark: str, year: int) -> date:
    if mark == "/" and first <= 12 and second <= 12 and first != second:
        raise AmbiguousDay(f"{first}/{second}/{year}")
    day, month = (second, first) if mark == "/" and second > 12 else (first, second)
    return date(year, month, day)


def _day_of_month(text: str) -> int:
    word = text.split(" ", 1)[0]
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    return int(re.findall(r"\d+", re.sub(r"\d{4}", "", text))[0])


def _month(text: str) -> int:
    found = re.search(MONTH, text)
    if found is None:
        raise AmbiguousDay(text)
    return [name[:3] for name in MONTH_NAMES].index(found[0][:3]) + 1


def _year(text: str) -> int | None:
    found = re.search(r"(?<!\d)(20\d\d)(?!\d)", text)
    return int(found[1]) if found else None


def _months(*, first: int, count: int, year: int | None, today: date) -> Days:
    start = date(year or today.year, first, 1)
    if year is None and start < today:
        if _last_day(start=start, count=count) >= today:
            raise AmbiguousDay("which year: the one under way, or the next")
        start = date(today.year + 1, first, 1)
    return Days(start=start, end=_last_day(start=start, count=count), has_year=year is not None)


def _last_day(*, start: date, count: int) -> date:
    past = start.month - 1 + count
    return date(start.year + past // 12, past % 12 + 1, 1) - timedelta(days=1)


def _next(*, unit: str, today: date) -> Days:
    if unit == "week":
        monday = today + timedelta(days=7 - today.weekday())
        return Days(start=monday, end=monday + timedelta(days=6), has_year=True)
    count = {"month": 1, "quarter": 3, "year": 12}[unit]
    place = (today.year * 12 + today.month - 1) // count + 1
    start = date(place * count // 12, place * count % 12 + 1, 1)
    return Days(start=start, end=_last_day(start=start, count=count), has_year=True)
