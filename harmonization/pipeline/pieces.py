"""Cut a large text into pieces of whole rows, read each piece as a file of its own, and put what was read together.

A piece is read by :func:`~harmonization.pipeline.rows_read.read_rows`, as a whole file is, wherever that happens: it
needs the text under the same path and a folder both sides see.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from harmonization.mapping.refusal import FileLimits
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.converted import Converted, refuse_mostly_rejected
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.rows_read import RowsRead, read_rows
from harmonization.pipeline.source_audit import (
    SourceAudit,
    Totals,
    refuse_too_many_rows,
    source_reader,
)
from harmonization.pipeline.staged_table import StagedTable, place_below

CHUNK = 1 << 20
QUOTE, LINE_FEED, RETURN = (ord(one) for one in '"\n\r')


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Whole rows of a text: the bytes from ``start`` up to ``end``, and how many rows stand above them."""

    number: int
    start: int
    end: int
    rows_before: int


@dataclass(frozen=True, kw_only=True)
class PieceRead:
    """What reading a piece gave; its kept rows lie at ``kept``."""

    number: int
    audit: SourceAudit
    kept: Path
    rows_kept: int
    reasons: dict[int, str]


def cut_pieces(*, table: StagedTable, size: int) -> tuple[Piece, ...]:
    """Pieces of about ``size`` bytes; none where a reader could see the ends of rows elsewhere.

    A line feed ends a row where the quotes above it are in pairs. That is so for every reader of delimited text as long
    as each quote opens or closes a cell, or is one of two that stand for one.
    """
    if table.shape and table.shape.path == table.path and not table.shape.has_quotes:
        return () if table.shape.has_lone_returns else _cut_lines(table=table, size=size)
    starts, rows = [_data_start(table)], [0]
    offset, seen, is_quoted, previous = starts[0], 0, False, b"\n"
    with table.path.open("rb") as file:
        file.seek(offset)
        while chunk := file.read(CHUNK):
            following = file.read(1)
            file.seek(-len(following), 1)
            window = np.frombuffer(previous + chunk + (following or b"\n"), dtype=np.uint8)
            quoted = (np.cumsum(window[1:-1] == QUOTE) + is_quoted) % 2 == 1
            if not _is_in_order(window, quoted=quoted, separator=ord(table.header.separator)):
                return ()
            ends = np.flatnonzero((window[1:-1] == LINE_FEED) & ~quoted)
            while len(far := ends[offset + ends + 1 - starts[-1] >= size]):
                starts.append(offset + int(far[0]) + 1)
                rows.append(seen + int(np.searchsorted(ends, far[0])) + 1)
            seen, offset = seen + len(ends), offset + len(chunk)
            is_quoted, previous = bool(quoted[-1]), chunk[-1:]
    if is_quoted:
        return ()
    bounds = [*starts, offset] if starts[-1] < offset else starts
    return tuple(
        Piece(number=number, start=start, end=end, rows_before=above)
        for number, (start, end, above) in enumerate(zip(bounds, bounds[1:], rows, strict=False))
    )


def _cut_lines(*, table: StagedTable, size: int) -> tuple[Piece, ...]:
    """Pieces of a text in which each line is a row."""
    pieces: list[Piece] = []
    start, rows = _data_start(table), 0
    with table.path.open("rb") as file:
        file.seek(start)
        while chunk := file.read(size):
            chunk += file.readline()
            end = start + len(chunk)
            pieces.append(Piece(number=len(pieces), start=start, end=end, rows_before=rows))
            start, rows = end, rows + int(np.count_nonzero(np.frombuffer(chunk, dtype=np.uint8) == LINE_FEED))
    return tuple(pieces)


def _data_start(table: StagedTable) -> int:
    with table.path.open("rb") as file:
        for _ in range(table.header.lines):
            file.readline()
        return file.tell()


def _is_in_order(window: NDArray[np.uint8], *, quoted: NDArray[np.bool_], separator: int) -> bool:
    """Whether each quote opens a cell, closes one or stands for itself, and no carriage return ends a row alone."""
    text, before, after = window[1:-1], window[:-2], window[2:]
    opens, closes = (text == QUOTE) & quoted, (text == QUOTE) & ~quoted
    opens_well = np.isin(before[opens], [separator, LINE_FEED, QUOTE]).all()
    closes_well = np.isin(after[closes], [separator, LINE_FEED, RETURN, QUOTE]).all()
    alone = (text == RETURN) & (after != LINE_FEED) & ~quoted
    return bool(opens_well and closes_well and not alone.any())


def read_piece(
    *, piece: Piece, table: StagedTable, mapping: Mapping, plan: Plan, limits: FileLimits, folder: Path
) -> PieceRead:
    """Read the rows of one piece; they lie in ``folder`` afterwards. A second attempt ends in the same place.

    Raises HarmonizationRefused.
    """
    own = folder / f"piece-{piece.number:06d}"
    cut = piece_table(piece=piece, table=table, folder=own)
    reader = source_reader(mapping=mapping, plan=plan, table=cut)
    read = read_rows(table=cut, mapping=mapping, plan=plan, reader=reader, folder=own, limits=limits, tell=_tell_nobody)
    kept = folder / f"kept-{piece.number:06d}.parquet"
    read.converted.kept.sink_parquet(kept, compression="lz4")
    return PieceRead(
        number=piece.number,
        audit=read.audit,
        kept=kept,
        rows_kept=read.converted.rows_kept,
        reasons=read.converted.reasons,
    )


def piece_table(*, piece: Piece, table: StagedTable, folder: Path) -> StagedTable:
    """The rows of a piece as a table of their own, its text in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    return replace(
        table,
        path=_written(piece=piece, table=table, folder=folder),
        rows_before=table.rows_before + piece.rows_before,
        unreadable=(),
        shape=None,
    )


def _tell_nobody(share: float, step: str, /) -> None:
    """Whoever hands out pieces knows how many are done."""


def _written(*, piece: Piece, table: StagedTable, folder: Path) -> Path:
    """The header and the rows of the piece as a text of their own, under the file's own name."""
    target = place_below(folder, "rows", name=table.path.name)
    with table.path.open("rb") as source, target.open("wb") as copy:
        copy.write(source.read(_data_start(table)))
        source.seek(piece.start)
        left = piece.end - piece.start
        while left and (chunk := source.read(min(CHUNK, left))):
            copy.write(chunk)
            left -= len(chunk)
    return target


def joined(*, pieces: Iterable[PieceRead], table: StagedTable, limits: FileLimits) -> RowsRead:
    """The pieces as if the text had been read at once. Raises HarmonizationRefused as that would."""
    reads = sorted(pieces, key=lambda one: one.number)
    audit = _one_audit([one.audit for one in reads])
    refuse_too_many_rows(rows=audit.rows, skipped=len(audit.blank) + len(audit.ragged), table=table, limits=limits)
    reasons = {row: reason for one in reads for row, reason in one.reasons.items()}
    refuse_mostly_rejected(table, count=len(reasons), example=next(iter(reasons.values()), ""))
    kept = pl.concat([pl.scan_parquet(one.kept, glob=False) for one in reads])
    converted = Converted(kept=kept, rows_kept=sum(one.rows_kept for one in reads), reasons=reasons)
    return RowsRead(audit=audit, converted=converted)


def _one_audit(audits: list[SourceAudit]) -> SourceAudit:
    totals: Totals = defaultdict(Decimal)
    for audit in audits:
        for key, value in audit.totals.items():
            totals[key] += value
    return SourceAudit(
        rows=sum(one.rows for one in audits),
        blank=tuple(row for one in audits for row in one.blank),
        totals_rows=tuple(row for one in audits for row in one.totals_rows),
        ragged={row: reason for one in audits for row, reason in one.ragged.items()},
        totals=dict(totals),
        has_quotes=any(one.has_quotes for one in audits),
    )
