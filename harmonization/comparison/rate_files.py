"""Read files of exchange rates: the European Central Bank's XML and CSV, and a plain list."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, ParseError
from xml.etree.ElementTree import fromstring as parse_xml

from harmonization.comparison.rates import DatedRate

ECB = "ECB"
EURO = "EUR"
CODE = re.compile(r"[A-Z]{3}")
MISSING = {"", "N/A", "-"}
LARGEST = 16 << 20
LONGEST_CELL = 10_000
LIST_COLUMNS = ("date", "base", "quote", "rate")
DAY_FORMATS = ("%Y-%m-%d", "%d %B %Y")


class RatesRefused(Exception):
    """A file of rates cannot be read: what is wrong, where, and how to fix it."""

    def __init__(self, detail: str, *, where: str) -> None:
        super().__init__(detail)
        self.title = "The rates cannot be read"
        self.detail = detail
        self.where = where
        self.fix = "Take eurofxref-hist.xml or .csv of the European Central Bank, or a CSV of date, base, quote, rate."


@dataclass(frozen=True, kw_only=True)
class _Cell:
    """Where a rate stands, for messages."""

    text: str
    where: str


def read_rates(*, content: bytes, name: str) -> tuple[DatedRate, ...]:
    """Every rate of a file. Raises RatesRefused for anything that is not one of the layouts, or says two things."""
    if len(content) > LARGEST:
        raise RatesRefused(f"It has more than {LARGEST >> 20} MiB.", where=name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RatesRefused("It is not text in UTF-8; a .zip has to be unpacked first.", where=name) from error
    try:
        rates = tuple(_of_xml(text, name=name) if text.lstrip().startswith("<") else _of_csv(text, name=name))
    except csv.Error as error:
        raise RatesRefused(f"It is no table: {error}.", where=name) from error
    if not rates:
        raise RatesRefused("It holds no rate.", where=name)
    _refuse_two_values(rates, name=name)
    return rates


def _of_xml(text: str, *, name: str) -> Iterator[DatedRate]:
    """``<Cube time="2026-01-05"><Cube currency="USD" rate="1.0812"/>``; euros are the base."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise RatesRefused("It declares entities, which files of rates do not.", where=name)
    try:
        root = parse_xml(text)  # noqa: S314  # no entities: declarations are refused above
    except ParseError as error:
        raise RatesRefused(f"It is not XML: {error}.", where=name) from error
    for day_node in root.iter():
        if "time" in day_node.attrib:
            where = f"{name}, {day_node.attrib['time']}"
            day = _day(day_node.attrib["time"], where=where)
            for node in day_node:
                yield _of_node(node, day=day, where=where)


def _of_node(node: Element, *, day: date, where: str) -> DatedRate:
    cell = _Cell(text=node.attrib.get("rate", ""), where=where)
    return _rate(day=day, base=EURO, quote=node.attrib.get("currency", ""), cell=cell, source=ECB)


def _with_short_cells(rows: Iterator[list[str]], *, name: str) -> Iterator[list[str]]:
    """The rows; a quote that is never closed makes one cell of all that follows."""
    for row in rows:
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise RatesRefused("It is no table: a cell does not end.", where=name)
        yield row


def _of_csv(text: str, *, name: str) -> Iterator[DatedRate]:
    rows = _with_short_cells(csv.reader(io.StringIO(text, newline=None), skipinitialspace=True), name=name)
    header = [cell.strip() for cell in next(rows, [])]
    lowered = [cell.lower() for cell in header]
    if set(LIST_COLUMNS) <= set(lowered):
        yield from _of_list(rows, header=lowered, name=name)
    elif lowered[:1] == ["date"] and any(CODE.fullmatch(cell) for cell in header[1:]):
        yield from _of_days(rows, header=header, name=name)
    else:
        raise RatesRefused(f"The header has neither currencies nor {', '.join(LIST_COLUMNS)}.", where=f"{name}, line 1")


def _of_days(rows: Iterator[list[str]], *, header: list[str], name: str) -> Iterator[DatedRate]:
    """A row a day, a column a currency per euro; N/A where there was none."""
    for line, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        day = _day(cells[0].strip(), where=f"{name}, line {line}")
        for quote, text in zip(header[1:], cells[1:], strict=False):
            if quote and text.strip() not in MISSING:
                cell = _Cell(text=text.strip(), where=f"{name}, line {line}, {quote}")
                yield _rate(day=day, base=EURO, quote=quote, cell=cell, source=ECB)


def _of_list(rows: Iterator[list[str]], *, header: list[str], name: str) -> Iterator[DatedRate]:
    """A row a rate; ``source`` may stand beside it."""
    for line, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(header):
            raise RatesRefused(
                f"It has {len(cells)} cells where the header has {len(header)}.", where=f"{name}, line {line}"
            )
        row = {column: cell.strip() for column, cell in zip(header, cells, strict=False)}
        cell = _Cell(text=row["rate"], where=f"{name}, line {line}")
        day = _day(row["date"], where=cell.where)
        yield _rate(day=day, base=row["base"], quote=row["quote"], cell=cell, source=row.get("source") or name)


def _rate(*, day: date, base: str, quote: str, cell: _Cell, source: str) -> DatedRate:
    for code in (base, quote):
        if not CODE.fullmatch(code):
            raise RatesRefused(f"“{code[:20]}” is no currency code of three letters.", where=cell.where)
    try:
        rate = Decimal(cell.text)
    except InvalidOperation as error:
        raise RatesRefused(f"“{cell.text[:20]}” is no rate.", where=cell.where) from error
    if not rate.is_finite() or not Decimal("1e-9") < rate < Decimal("1e9"):
        raise RatesRefused(f"“{cell.text[:20]}” is no rate between a billionth and a billion.", where=cell.where)
    return DatedRate(day=day, base=base, quote=quote, rate=rate, source=source[:80])


def _day(text: str, *, where: str) -> date:
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise RatesRefused(f"“{text[:20]}” is no day such as 2026-01-31.", where=where)


def _refuse_two_values(rates: tuple[DatedRate, ...], *, name: str) -> None:
    seen: dict[tuple[date, str, str], Decimal] = {}
    for one in rates:
        if seen.setdefault((one.day, one.base, one.quote), one.rate) != one.rate:
            raise RatesRefused(f"{one.base}/{one.quote} has two rates on {one.day}.", where=name)
