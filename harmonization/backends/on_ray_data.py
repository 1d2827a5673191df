"""Read the rows of one large file with Ray Data: pieces of it go through ``map_batches``, each read as a file is here.

Rows stay out of Ray's object store: a piece is read from the file under ``DATA_DIR``, its kept rows are written beside
it, and what travels is where they are and what was counted.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import ray
from numpy.typing import NDArray

from harmonization.backends.away import Refusal
from harmonization.mapping.refusal import FileLimits, HarmonizationRefused
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.pieces import Piece, PieceRead, cut_pieces, joined, read_piece
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.rows_read import RowsRead, Tell, read_rows
from harmonization.pipeline.source_audit import SourceReader
from harmonization.pipeline.staged_table import StagedTable

PIECE, READ = "piece", "read"
PIECE_BYTES = 32 << 20
STARTED, CONVERTED = 0.15, 0.6


@dataclass(frozen=True, kw_only=True)
class ReadPieces:
    """The function of a batch: pieces in, what reading each gave out, as columns of objects."""

    table: StagedTable
    mapping: Mapping
    plan: Plan
    limits: FileLimits
    folder: Path

    def __call__(self, batch: dict[str, NDArray[np.object_]]) -> dict[str, NDArray[np.object_]]:
        read = np.empty(len(batch[PIECE]), dtype=object)
        read[:] = [self._read(piece) for piece in batch[PIECE]]
        return {READ: read}

    def _read(self, piece: Piece) -> PieceRead | Refusal:
        try:
            return read_piece(
                piece=piece,
                table=self.table,
                mapping=self.mapping,
                plan=self.plan,
                limits=self.limits,
                folder=self.folder,
            )
        except HarmonizationRefused as refused:
            return Refusal.of(refused)


def read_rows_with_ray_data(
    *,
    table: StagedTable,
    mapping: Mapping,
    plan: Plan,
    reader: SourceReader,
    folder: Path,
    limits: FileLimits,
    tell: Tell,
) -> RowsRead:
    """As ``pipeline.rows_read.read_rows``, over the cluster. A stop asked for by ``tell`` ends the work there too.

    A text whose rows cannot be cut apart safely, or whose rows are unique by a column, is read here, in one piece.
    Raises HarmonizationRefused.
    """
    pieces = () if plan.unique is not None else cut_pieces(table=table, size=PIECE_BYTES)
    if not pieces:
        return read_rows(
            table=table, mapping=mapping, plan=plan, reader=reader, folder=folder, limits=limits, tell=tell
        )
    tell(STARTED, f"Reading {len(pieces)} pieces on the cluster")
    work = ReadPieces(table=table, mapping=mapping, plan=plan, limits=limits, folder=folder)
    rows = ray.data.from_items([{PIECE: piece} for piece in pieces], override_num_blocks=len(pieces))
    reads: list[PieceRead] = []
    for batch in rows.map_batches(work, batch_size=1).iter_batches(batch_size=None):
        for done in batch[READ]:
            if isinstance(done, Refusal):
                raise done.raised()
            reads.append(done)
        share = STARTED + (CONVERTED - STARTED) * len(reads) / len(pieces)
        tell(share, f"{len(reads)} of {len(pieces)} pieces are read")
    return joined(pieces=reads, table=table, limits=limits)
