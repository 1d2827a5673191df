"""What either way of harmonizing a file gives, before it is reconciled."""

from dataclasses import dataclass

import polars as pl

from harmonization.pipeline.source_audit import SourceAudit
from harmonization.pipeline.staged_table import StagedTable
from harmonization.pipeline.tallies import Tallies


@dataclass(frozen=True, kw_only=True)
class Harmonized:
    """A file whose rows have been written to a folder of their own.

    Attributes:
        table: as it was read in the end.
        reasons: of every rejected row, by its number in the original file.
    """

    table: StagedTable
    audit: SourceAudit
    daily: pl.DataFrame
    tallies: Tallies
    reasons: dict[int, str]
