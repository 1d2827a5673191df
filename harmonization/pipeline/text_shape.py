"""Read a text's bytes once: whether they are UTF-8, how many lines they make, whether its quotes are in order."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from harmonization.pipeline.staged_table import StagedTable, TextShape

CHUNK = 1 << 18  # stays in the processor's cache while it is looked at several times
QUOTE, LINE_FEED, RETURN = (ord(one) for one in '"\n\r')
SEPARATORS, HEAD = ",;\t|", 1 << 12


@dataclass(frozen=True, kw_only=True)
class TextFacts:
    """What reading the whole of a text tells: the first bytes that are not UTF-8, and its kinds of line ends."""

    not_utf8: bytes
    has_nul: bool
    shape: TextShape


def read_through(path: Path) -> TextFacts:
    """Look at every byte once, and count the separators that the first lines seem to have."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    not_utf8, has_nul, has_quotes, has_long_lines, last = b"", False, False, False, b""
    line_feeds, returns, pairs, separator, separators = 0, 0, 0, "", 0
    for chunk in _chunks(path):
        window = np.frombuffer(chunk, dtype=np.uint8)
        found = int(np.count_nonzero(window == LINE_FEED))
        line_feeds += found
        separator = separator or _likely_separator(chunk)
        separators += int(np.count_nonzero(window == ord(separator)))
        has_long_lines = has_long_lines or (not found and len(chunk) == CHUNK)
        has_nul = has_nul or b"\0" in chunk
        has_quotes = has_quotes or b'"' in chunk
        if b"\r" in chunk or last == b"\r":
            returns += chunk.count(b"\r")
            pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk.startswith(b"\n"))
        last = bytes(chunk[-1:])
        if chunk.isascii() and not decoder.getstate()[0]:
            continue
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            not_utf8 = not_utf8 or bytes(chunk)
            decoder.reset()
    shape = TextShape(
        path=path,
        line_feeds=line_feeds,
        ends_with_line_feed=last == b"\n",
        has_lone_returns=returns != pairs,
        has_long_lines=has_long_lines,
        has_quotes=has_quotes,
        separator=separator,
        separators=separators,
    )
    return TextFacts(not_utf8=not_utf8, has_nul=has_nul, shape=shape)


def _chunks(path: Path) -> Iterator[bytearray]:
    """The file piece by piece; all but the last are one and the same piece of memory."""
    buffer = bytearray(CHUNK)
    with path.open("rb", buffering=0) as file:
        while length := file.readinto(buffer):
            yield buffer if length == CHUNK else buffer[:length]


def _likely_separator(chunk: bytearray) -> str:
    """What the first lines have most of; counting any other one costs another look at the file."""
    head = bytes(chunk[:HEAD])
    return max(SEPARATORS, key=lambda one: head.count(one.encode()))


def rows_are_whole(table: StagedTable, *, rows: int, empty_ends: int) -> bool:
    """Whether each line is one row with a cell for each column.

    Where no row ends empty none is too short, and a count of all separators tells that none is too long; else lines
    are looked at one by one.
    """
    shape, header = table.shape, table.header
    if shape is None or shape.lines_below(header.lines) != rows:
        return False
    wanted, mark = len(header.names) - 1, header.separator
    if not shape.has_quotes and not empty_ends:
        return separators_below(shape, separator=mark, lines=header.lines) == rows * wanted
    if shape.has_quotes and not quotes_are_in_order(table.path, separator=mark):
        return False
    return lines_have(table.path, separators=wanted, separator=mark, lines=header.lines)


def separators_below(shape: TextShape, *, separator: str, lines: int) -> int:
    """How many separators stand below the first ``lines``."""
    mark = ord(separator)
    with shape.path.open("rb") as file:
        above = sum(file.readline().count(mark) for _ in range(lines))
    if separator == shape.separator:
        return shape.separators - above
    windows = (np.frombuffer(chunk, dtype=np.uint8) for chunk in _chunks(shape.path))
    return sum(int(np.count_nonzero(window == mark)) for window in windows) - above


def lines_have(path: Path, *, separators: int, separator: str, lines: int) -> bool:
    """Whether every line after the first ``lines`` has so many separators outside of quotes; none may be blank."""
    mark, carried, is_quoted, last = ord(separator), 0, False, b"\n"
    with path.open("rb") as file:
        for _ in range(lines):
            file.readline()
        while chunk := file.read(CHUNK):
            window = _bytes(chunk)
            ends = window == LINE_FEED
            places = np.flatnonzero((window == mark) | ends)
            if b'"' in chunk or is_quoted:
                inside = (np.cumsum(window == QUOTE) + is_quoted) % 2 == 1
                is_quoted = bool(inside[-1])
                places = places[~inside[places]]
            at = np.flatnonzero(ends[places])
            last = chunk[-1:]
            if not len(at):
                carried += len(places)
                continue
            if carried + at[0] != separators or bool((np.diff(at) != separators + 1).any()):
                return False
            carried = len(places) - 1 - int(at[-1])
    return carried == (0 if last == b"\n" else separators)


def quotes_are_in_order(path: Path, *, separator: str) -> bool:
    """Whether every quote opens or closes a cell: none is part of a cell's text, so that all readers see the same.

    A quote opens a cell after a separator or a line's start, and closes it before a separator or a line's end.
    """
    before, after = {ord(separator), LINE_FEED}, {ord(separator), LINE_FEED, RETURN}
    previous = b"\n"
    with path.open("rb") as file:
        mark = file.read(3)
        file.seek(3 if mark == codecs.BOM_UTF8 else 0)
        while chunk := file.read(CHUNK):
            following = file.read(1)
            if following:
                file.seek(-1, 1)
            window = _bytes(previous + chunk + (following or b"\n"))
            places = np.flatnonzero(window[1:-1] == QUOTE) + 1
            opens = np.isin(window[places - 1], list(before))
            closes = np.isin(window[places + 1], list(after))
            if not bool(np.all(opens | closes)):
                return False
            previous = chunk[-1:]
    return True


def _bytes(chunk: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(chunk, dtype=np.uint8)
