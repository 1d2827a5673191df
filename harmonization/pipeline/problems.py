"""Expressions of a conversion, and the reasons for which a row has to be rejected."""

from dataclasses import dataclass

import polars as pl

SHOWN_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A reason to reject a row: when it holds, and what to say of the text in ``column``."""

    holds: pl.Expr
    field: str
    column: str
    text: pl.Expr
    wrong: str

    @property
    def words(self) -> pl.Expr:
        """The reason, with the row's own text where ``wrong`` has braces for it."""
        before = f"{self.field} ({self.column}): "
        if "{}" not in self.wrong:
            return pl.lit(before + self.wrong)
        return pl.format(escaped(before) + self.wrong, self.text.str.slice(0, SHOWN_LENGTH))


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """Expressions over the table's text columns.

    Attributes:
        values: the RMIS columns of a row, outcomes as ``outcome_0`` ..., checks as ``check_ctr`` ...
        problems: reasons to reject a row; a row without any is kept.
        unreadable: names of the columns that tell which attributes could not be read.
    """

    values: tuple[pl.Expr, ...]
    problems: tuple[Problem, ...]
    unreadable: tuple[str, ...]

    @property
    def is_bad(self) -> pl.Expr:
        """Whether a row has to be rejected."""
        return pl.any_horizontal(
            [pl.lit(value=False), *(problem.holds.fill_null(value=False) for problem in self.problems)]
        )

    @property
    def reason(self) -> pl.Expr:
        """Every reason for rejecting a row, naming field, column and the text that stands there."""
        said = [pl.when(problem.holds).then(problem.words) for problem in self.problems]
        return pl.concat_str(said, separator="; ", ignore_nulls=True)


def escaped(text: str) -> str:
    """Braces stand for values in a format, so a text's own are doubled."""
    return text.replace("{", "{{").replace("}", "}}")
