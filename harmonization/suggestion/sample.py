"""A look at a file of an unknown layout: its column names and the first values of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class FileSample:
    """The head of a report, as texts.

    Attributes:
        name: of the file, for messages.
        columns: header names in the order of the file; where one stands twice, the first is kept.
        values: texts of the first rows by column; empty where only the header is known.
        banner: the lines above the header.
    """

    name: str
    columns: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    banner: str = ""
    separator: str = ","

    def texts(self, column: str) -> tuple[str, ...]:
        """The values of a column that hold something."""
        return tuple(value.strip() for value in self.values.get(column, ()) if value.strip())
