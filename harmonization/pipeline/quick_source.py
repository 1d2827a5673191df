"""The source's own totals from the cells as they stand in the text, in exact decimals, day by day.

They are added up before anything is converted, by the text of the day, at twice the decimals that rows keep. Units are
applied to the sums.
"""

from collections.abc import Collection
from decimal import Decimal, localcontext

import polars as pl

from harmonization.pipeline.source_audit import SourceReader, Totals
from harmonization.pipeline.source_numbers import EXPONENTS
from harmonization.pipeline.staged_table import StagedTable

FINE = pl.Decimal(38, 12)
LONGEST = 13  # characters: a number of so many cannot have more than twelve decimals, unless it has an exponent
PRECISION = 60
ROWS, DAY, CELL = "__rows", "__day", "__cell_{}"


def source_cells(reader: SourceReader) -> list[pl.Expr]:
    """The cells that are added up, as they stand in the text, to be carried beside the converted rows."""
    figures = [pl.col(f"c{one.place}").alias(CELL.format(one.metric)) for one in reader.figures]
    return [pl.col(f"c{reader.day_place}").alias(DAY), *figures]


def source_groups(
    *, rows: pl.LazyFrame, reader: SourceReader, table: StagedTable, numbers: Collection[int]
) -> pl.LazyFrame:
    """Sums by the day's text; ``numbers`` are places that the reader of the text parsed to whole numbers."""
    sums: list[pl.Expr] = []
    for figure in reader.figures:
        cell = pl.col(CELL.format(figure.metric))
        value = cell if figure.place in numbers else _number(cell, decimal=table.decimal)
        sums += [value.sum().alias(f"sum_{figure.metric}"), value.count().alias(f"count_{figure.metric}")]
        if figure.place not in numbers:
            is_doubtful = (cell.str.len_bytes() > LONGEST) | cell.str.contains("[eE]")
            sums.append(is_doubtful.any().alias(f"doubt_{figure.metric}"))
    return rows.group_by(pl.col(DAY).alias("day")).agg(pl.len().alias(ROWS), *sums)


def is_exact(sources: pl.DataFrame, *, reader: SourceReader) -> bool:
    """Whether no cell has more decimals than the sums keep."""
    names = [name for figure in reader.figures if (name := f"doubt_{figure.metric}") in sources.columns]
    return not any(bool(sources[name].any()) for name in names)


def source_totals(sources: pl.DataFrame, *, reader: SourceReader) -> Totals:
    """The sums by metric and day, the day's text read by Python."""
    totals: Totals = {}
    with localcontext() as context:
        context.prec = PRECISION
        for row in sources.iter_rows(named=True):
            day = reader.day(row["day"])
            for figure in reader.figures:
                if row[f"count_{figure.metric}"]:
                    value = Decimal(row[f"sum_{figure.metric}"]).scaleb(EXPONENTS[figure.unit])
                    totals[figure.metric, day] = totals.get((figure.metric, day), Decimal(0)) + value
    return {key: _short(value) for key, value in totals.items()}


def _number(cell: pl.Expr, *, decimal: str) -> pl.Expr:
    text = cell.str.strip_chars()
    return (text.str.replace(",", ".", literal=True) if decimal == "," else text).cast(FINE, strict=False)


def _short(value: Decimal) -> Decimal:
    """Without zeros at the end of its decimals."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
