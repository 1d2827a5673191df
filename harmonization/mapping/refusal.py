"""Why a file is not harmonized, in words its owner can act on, and the limits it is held to."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20
GIBIBYTE = 1 << 30


class HarmonizationRefused(Exception):
    """The file cannot be harmonized as it is: what is wrong, where, and how to fix it."""

    def __init__(self, *, title: str, detail: str, where: str = "", fix: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.title = title
        self.detail = detail
        self.where = where
        self.fix = fix


@dataclass(frozen=True, kw_only=True)
class FileLimits:
    """What one file may cost. Defaults are for a single machine; sizes in bytes.

    Attributes:
        file_bytes: size as uploaded.
        expanded_bytes: size once unpacked, counted while unpacking.
        expansion: how many times larger unpacked than packed, looked at from ``expansion_floor`` unpacked bytes on.
        workbook_bytes: unpacked size of a workbook, which has to be held in memory.
        workbook_cells: cells of the rectangle that a sheet fills, empty ones between them included; also in memory.
        partitions: retailers times months in one file.
    """

    file_bytes: int = 2 * GIBIBYTE
    expanded_bytes: int = 16 * GIBIBYTE
    expansion: int = 250
    expansion_floor: int = 32 * MEBIBYTE
    workbook_bytes: int = GIBIBYTE // 2
    workbook_cells: int = 40_000_000
    columns: int = 2000
    rows: int = 200_000_000
    partitions: int = 2000


DEFAULT_LIMITS = FileLimits()


def refuse_expansion(*, packed: int, expanded: int, limits: FileLimits, where: str) -> None:
    """Raise HarmonizationRefused where unpacking has gone beyond the limits; called while unpacking."""
    is_bomb = expanded > limits.expansion_floor and expanded > limits.expansion * max(packed, 1)
    if expanded > limits.expanded_bytes or is_bomb:
        raise HarmonizationRefused(
            title="The file unpacks to too much",
            detail=f"{packed:,} bytes unpack to more than {expanded:,} bytes; unpacking was stopped.",
            where=where,
            fix="Upload the export unpacked, or split it by month.",
        )
