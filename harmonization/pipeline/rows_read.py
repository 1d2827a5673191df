"""Read the rows of a text, or of a piece of one: what the source holds, the rows that can be read, why not the others.

The one function that meets every row of a file that is not clean, here and on a cluster alike.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from harmonization.mapping.refusal import FileLimits
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.conversion import compile_conversion
from harmonization.pipeline.converted import Converted, RowsUnclear, convert
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.problems import Conversion
from harmonization.pipeline.requoting import requoted
from harmonization.pipeline.source_audit import SourceAudit, SourceReader, audit_source
from harmonization.pipeline.staged_table import StagedTable


@dataclass(frozen=True, kw_only=True)
class RowsRead:
    """The rows of a text: what Python saw in it, and what Polars made of it."""

    audit: SourceAudit
    converted: Converted


class Tell(Protocol):
    """Is told the share of the work done, and the step."""

    def __call__(self, share: float, step: str, /) -> None: ...


class RowsReader(Protocol):
    """Anything that reads rows as :func:`read_rows` does."""

    def __call__(
        self,
        *,
        table: StagedTable,
        mapping: Mapping,
        plan: Plan,
        reader: SourceReader,
        folder: Path,
        limits: FileLimits,
        tell: Tell,
    ) -> RowsRead: ...


def read_rows(
    *,
    table: StagedTable,
    mapping: Mapping,
    plan: Plan,
    reader: SourceReader,
    folder: Path,
    limits: FileLimits,
    tell: Tell,
) -> RowsRead:
    """Python adds the source's own figures up, apart from Polars, which converts. ``folder`` is for files in between.

    Raises HarmonizationRefused where rows cannot be told apart, or there are too many.
    """
    tell(0.15, "Adding up the source's own totals")
    audit = audit_source(table=table, mapping=mapping, reader=reader, limits=limits)
    tell(0.4, "Converting rows")
    return _convert(table, mapping=mapping, plan=plan, audit=audit, folder=folder)


def _convert(table: StagedTable, *, mapping: Mapping, plan: Plan, audit: SourceAudit, folder: Path) -> RowsRead:
    """Convert as it lies; where quotes are doubtful, a properly quoted copy."""
    plain = compile_conversion(mapping=mapping, plan=plan, cells=table.plain_cells())

    def lenient() -> Conversion:
        return compile_conversion(mapping=mapping, plan=plan, cells=table.lenient_cells())

    def read() -> RowsRead:
        converted = convert(table=table, plain=plain, lenient=lenient, audit=audit, folder=folder)
        return RowsRead(audit=audit, converted=converted)

    if not table.names_rows:
        try:
            if not audit.has_quotes:
                return read()
        except RowsUnclear:
            pass
        table = requoted(table=table, folder=folder)
    return read()
