"""The source's own totals from the cells as they stand in the text, in exact decimals, day by day.

They are added up before anything is converted, by the text of the day, at twice the decimals that rows keep. Units are
applied to the sums.
"""

from collections.abc import Collection, Sequence
from decimal import Decimal, localcontext

import polars as pl

from harmonization.pipeline.source_audit import SourceReader, Totals
from harmonization.pipeline.source_numbers import EXPONENTS
from harmonization.pipeline.staged_table import StagedTable

FINE = pl.Decimal(38, 12)
LONGEST = 13  # characters: a number of so many cannot have more than twelve decimals, unless it has an exponent
PRECISION = 60
ROWS, DAY, SUM, DOUBT, TEXT = "__rows", "__day", "source_{}", "doubt_{}", "text_{}"


def source_sums(*, reader: SourceReader, table: StagedTable, numbers: Collection[int]) -> list[pl.Expr]:
    """The figures of a group as they stand; ``numbers`` are places of whole numbers, and of twelve decimals."""
    sums: list[pl.Expr] = []
    for figure in reader.figures:
        cell = pl.col(f"c{figure.place}")
        value = cell if figure.place in numbers else fine_number(cell.str.strip_chars(), decimal=table.decimal)
        sums.append(any_sum(value).alias(SUM.format(figure.metric)))
    return sums


def any_sum(value: pl.Expr) -> pl.Expr:
    """The sum; null where no row has a value."""
    return pl.when(value.count() > 0).then(value.sum())


def source_groups(*, rows: pl.LazyFrame, reader: SourceReader, sums: Sequence[pl.Expr]) -> pl.LazyFrame:
    """Sums by the day's text."""
    return rows.group_by(pl.col(f"c{reader.day_place}").alias(DAY)).agg(pl.len().alias(ROWS), *sums)


def regrouped(groups: pl.DataFrame, *, reader: SourceReader) -> pl.DataFrame:
    """The same of smaller groups that tell the day's text."""
    sums = (any_sum(pl.col(name)).alias(name) for name in (SUM.format(one.metric) for one in reader.figures))
    return groups.group_by(DAY).agg(pl.col(ROWS).sum(), *sums)


def source_doubts(*, reader: SourceReader, numbers: Collection[int], fine: Collection[int]) -> list[pl.Expr]:
    """Whether a cell that is added up may have more decimals than the sums keep, or is no number; over all rows."""
    doubts: list[pl.Expr] = []
    for figure in reader.figures:
        if figure.place in numbers and figure.place not in fine:
            continue
        text = pl.col(TEXT.format(figure.place) if figure.place in fine else f"c{figure.place}")
        doubt = (text.str.len_bytes().max() > LONGEST) | text.str.contains("[eE]").any()
        if figure.place in fine:
            doubt |= (pl.col(f"c{figure.place}").is_null() & (text != "")).any()
        doubts.append(doubt.alias(DOUBT.format(figure.metric)))
    return doubts


def source_totals(sources: pl.DataFrame, *, reader: SourceReader) -> Totals:
    """The sums by metric and day, the day's text read by Python."""
    totals: Totals = {}
    with localcontext() as context:
        context.prec = PRECISION
        for row in sources.iter_rows(named=True):
            day = reader.day(row[DAY])
            for figure in reader.figures:
                if (found := row[SUM.format(figure.metric)]) is not None:
                    value = Decimal(found).scaleb(EXPONENTS[figure.unit])
                    totals[figure.metric, day] = totals.get((figure.metric, day), Decimal(0)) + value
    return {key: _short(value) for key, value in totals.items()}


def fine_number(text: pl.Expr, *, decimal: str) -> pl.Expr:
    """The text as a number of twelve decimals; null where it is none."""
    return (text.str.replace(",", ".", literal=True) if decimal == "," else text).cast(FINE, strict=False)


def _short(value: Decimal) -> Decimal:
    """Without zeros at the end of its decimals."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
