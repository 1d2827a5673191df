"""Read a text of which a few rows are not clean: pieces of clean rows the quick way, the others row by row."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from harmonization.mapping.refusal import FileLimits
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.conversion import compile_conversion
from harmonization.pipeline.pieces import Piece, PieceRead, cut_pieces, joined, piece_table, read_piece
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.quick import quick_audit, read_quickly
from harmonization.pipeline.quick_pass import Pass
from harmonization.pipeline.rows_read import RowsRead, Tell, read_rows
from harmonization.pipeline.source_audit import SourceReader, source_reader
from harmonization.pipeline.staged_table import StagedTable
from harmonization.pipeline.text_shape import read_through

PIECE_BYTES = 1 << 21  # a try costs about as much as reading two thousand rows exactly
PIECES_TOGETHER = 16
FAIR_TRIES = 8
STARTED, CONVERTED = 0.15, 0.6


@dataclass(kw_only=True)
class Tries:
    """How many pieces were tried the quick way, and how many of them were clean."""

    made: int = 0
    worked: int = 0

    @property
    def are_worth_it(self) -> bool:
        """Not where most rows of a layout are never clean: each try costs as much as reading a few rows exactly."""
        return self.made < FAIR_TRIES or 2 * self.worked > self.made


@dataclass(frozen=True, kw_only=True)
class PiecesReader:
    """Reads the pieces of one text, into files in ``folder``."""

    table: StagedTable
    mapping: Mapping
    plan: Plan
    limits: FileLimits
    folder: Path
    tries: Tries

    def read(self, pieces: tuple[Piece, ...]) -> Iterator[PieceRead]:
        """Neighbours together if they are all clean, else one by one."""
        whole = replace(pieces[0], end=pieces[-1].end)
        if self.tries.are_worth_it and (found := self._quickly(whole)):
            yield found
            return
        for piece in pieces:
            yield self._tried(piece) or self._exactly(piece)

    def _tried(self, piece: Piece) -> PieceRead | None:
        if not self.tries.are_worth_it:
            return None
        found = self._quickly(piece)
        self.tries.made, self.tries.worked = self.tries.made + 1, self.tries.worked + (found is not None)
        return found

    def _exactly(self, piece: Piece) -> PieceRead:
        return read_piece(
            piece=piece,
            table=self.table,
            mapping=self.mapping,
            plan=self.plan,
            limits=self.limits,
            folder=self.folder,
        )

    def _quickly(self, piece: Piece) -> PieceRead | None:
        own = self.folder / f"quick-{piece.number:06d}"
        cut = piece_table(piece=piece, table=self.table, folder=own)
        cut = replace(cut, shape=read_through(cut.path).shape)
        kept, written = self.folder / f"kept-quick-{piece.number:06d}.parquet", own / "kept"
        written.mkdir()
        read = read_quickly(
            table=cut,
            mapping=self.mapping,
            plan=self.plan,
            reader=source_reader(mapping=self.mapping, plan=self.plan, table=cut),
            sink=lambda way: self._exact_columns(way).sink_parquet(
                written / "rows.parquet", compression="lz4", lazy=True
            ),
            folder=written,
            limits=self.limits,
        )
        if read is not None:
            (written / "rows.parquet").rename(kept)
        shutil.rmtree(own)
        if read is None:
            return None
        audit = quick_audit(read)
        return PieceRead(number=piece.number, audit=audit, kept=kept, rows_kept=audit.rows, reasons={})

    def _exact_columns(self, way: Pass) -> pl.LazyFrame:
        """Converted rows in the columns and types in which the exact way has them."""
        conversion = compile_conversion(mapping=self.mapping, plan=self.plan, cells=self.table.plain_cells())
        exact = self.table.scan().select(conversion.values).collect_schema()
        return way.kept.select(pl.col(name).cast(kind) for name, kind in exact.items())


def read_mostly_quickly(
    *,
    table: StagedTable,
    mapping: Mapping,
    plan: Plan,
    reader: SourceReader,
    folder: Path,
    limits: FileLimits,
    tell: Tell,
) -> RowsRead:
    """As ``rows_read.read_rows``, and equal to it; only the pieces in which a row is not clean are read row by row.

    A small text, one whose rows cannot be cut apart safely and one whose rows are unique by a column are read at once.
    Raises HarmonizationRefused.
    """
    may_be_cut = plan.unique is None and not table.names_rows and table.shape is not None
    pieces = cut_pieces(table=table, size=PIECE_BYTES) if may_be_cut else ()
    if len(pieces) <= 1:
        return read_rows(
            table=table, mapping=mapping, plan=plan, reader=reader, folder=folder, limits=limits, tell=tell
        )
    work = PiecesReader(table=table, mapping=mapping, plan=plan, limits=limits, folder=folder, tries=Tries())
    reads: list[PieceRead] = []
    for first in range(0, len(pieces), PIECES_TOGETHER):
        together = pieces[first : first + PIECES_TOGETHER]
        share = STARTED + (CONVERTED - STARTED) * first / len(pieces)
        tell(share, "Looking for the rows that are not clean")
        reads += work.read(together)
    return joined(pieces=reads, table=table, limits=limits)
