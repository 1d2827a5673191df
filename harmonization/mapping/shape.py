"""How a table that is not one row per event becomes one: levels left out, columns turned into rows, nested lists."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Level:
    """The rows that are read where a report mixes levels, such as campaigns, ad groups and ads in a bulk sheet.

    Attributes:
        column: names the level of a row.
        values: the words of the level that is read, lower case; rows of others are left out and counted by word.
    """

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Unpivot:
    """Columns that become rows, such as one column a day.

    Attributes:
        columns: a pattern with one group, which finds what goes into the column ``name``; or with two, of which the
            first is the name of the column the cell goes into and the second what goes into ``name``.
        name: the column made of what the header says, such as the day.
        value: the column made of the cells, where the pattern has one group.
    """

    columns: str
    name: str
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What is done to a table before its columns are read.

    Attributes:
        totals_in: columns in which a word of ``totals`` marks a row of totals, besides the first.
        rows_from: in JSON, the path of keys to the lists whose items are the rows, joined by dots.
    """

    level: Level | None = None
    totals_in: tuple[str, ...] = ()
    unpivot: Unpivot | None = None
    rows_from: str = ""

    @property
    def reshapes(self) -> bool:
        """Whether rows have to be gone through before they are read."""
        return bool(self.level or self.totals_in or self.unpivot)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that this alone reads."""
        return (*((self.level.column,) if self.level else ()), *self.totals_in)


AS_IT_IS = Shape()
