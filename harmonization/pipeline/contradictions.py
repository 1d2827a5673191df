"""Refuse a file whose own cells show that the mapping reads its days or its decimal mark in the wrong order.

Such a file has rows that cannot be read and others that can, but say something else: 13/01 is no month, so 05/01 is no
fifth of January either. Rejecting only the first kind would keep the second, wrong.
"""

from collections.abc import Sequence

import polars as pl

from harmonization.mapping.file_kind import Format
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Mapping, swapped_day_and_month
from harmonization.pipeline.numbers import FOLDED, column_text, folded
from harmonization.pipeline.plan import Plan
from harmonization.pipeline.staged_table import StagedTable
from harmonization.rmis.registry import FIELDS, METRICS, FieldType

NUMBERS = {FieldType.MONEY, FieldType.QUANTITY, FieldType.RATIO}
AS_DECIMALS = {
    ".": r"^[-+]?\d+,\d{1,2}$|^[-+]?\d{1,3}(\.\d{3})+,\d+$",
    ",": r"^[-+]?\d+\.\d{1,2}$|^[-+]?\d{1,3}(,\d{3})+\.\d+$",
}
AS_THOUSANDS = {".": r"^[-+]?\d{1,3},\d{3}$", ",": r"^[-+]?\d{1,3}\.\d{3}$"}
SURE = {".": r"\d\.\d", ",": r"\d,\d"}
OTHER_MARK = {".": ",", ",": "."}


def refuse_contradictions(*, table: StagedTable, mapping: Mapping, plan: Plan, has_rejects: bool) -> None:
    """Raise HarmonizationRefused where the file contradicts the mapping; it is read again only where that may be."""
    is_european = table.format is Format.CSV and table.header.separator == ";" != mapping.separator
    may_be_comma = is_european and table.decimal == "."
    if not has_rejects and not may_be_comma:
        return
    try:
        if has_rejects:
            _refuse_swapped_days(table, plan)
        _refuse_other_mark(table, plan, no_proof_needed=may_be_comma)
    except pl.exceptions.ComputeError:
        return


def _refuse_swapped_days(table: StagedTable, plan: Plan) -> None:
    source = plan.field_named("event_date")
    if source is None:
        return
    formats = source.mapping.formats
    swapped = [other for form in formats if (other := swapped_day_and_month(form))]
    if not swapped:
        return
    text = folded(column_text(source.place))
    wrong = _day(text, formats).is_null() & _day(text, swapped).is_not_null()
    found = table.scan().filter(wrong).select(text.alias("text")).head(1).collect()["text"]
    if len(found):
        raise HarmonizationRefused(
            title="Days and months are the other way round",
            detail=f"“{found[0]}” is no day written {formats[0]}, but is one written {swapped[0]}; "
            "days up to the twelfth would be read wrong.",
            where=f"{table.path.name}, column {plan.names[source.place]}",
            fix=f"Write {swapped[0]} as the format in the mapping, or export the report with ISO dates.",
        )


def _day(text: pl.Expr, formats: Sequence[str]) -> pl.Expr:
    plain = [form.replace(".%f", "%.f") for form in formats]
    return pl.coalesce(
        text.str.to_datetime(form, strict=False).dt.date() if "%H" in form else text.str.to_date(form, strict=False)
        for form in plain
    )


def _refuse_other_mark(table: StagedTable, plan: Plan, *, no_proof_needed: bool) -> None:
    """Thousands beside decimals of the other mark; in a file of another country's separator, thousands alone."""
    places = [one.place for one in plan.fields if FIELDS[one.mapping.name].type in NUMBERS]
    places += [one.place for one in plan.outcomes if METRICS[one.mapping.metric].type in NUMBERS]
    if not places:
        return
    mark = table.decimal
    columns = list(dict.fromkeys(places))
    if not _has_thousands(table, columns, mark=OTHER_MARK[mark]):
        return
    marks = [
        folded(column_text(place)).str.contains(pattern).any().alias(f"{kind}_{place}")
        for place in columns
        for kind, pattern in (("thousands", AS_THOUSANDS[mark]), ("other", AS_DECIMALS[mark]), ("own", SURE[mark]))
    ]
    seen = table.scan().select(marks).collect().row(0, named=True)
    doubtful = [place for place in columns if seen[f"thousands_{place}"] and not seen[f"own_{place}"]]
    is_proven = any(seen[f"other_{place}"] for place in doubtful)
    has_own = any(seen[f"own_{place}"] for place in columns)
    if is_proven or (doubtful and no_proof_needed and not has_own):
        raise HarmonizationRefused(
            title="The decimal mark cannot be told",
            detail=f"The mapping says “{mark}”, but amounts have “{OTHER_MARK[mark]}” where decimals would be; "
            "some could be read as thousands.",
            where=table.path.name,
            fix=f"Write decimal: “{OTHER_MARK[mark]}” in the mapping, or export the report with “{mark}”.",
        )


def _has_thousands(table: StagedTable, places: Sequence[int], *, mark: str) -> bool:
    """Whether the mark, in any script, stands in some cell at all: few files have it, and this look is cheap."""
    written = [mark, *(other for other, folds_to in FOLDED.items() if folds_to == mark)]
    seen = [pl.col(f"c{place}").str.contains_any(written).any() for place in places]
    return bool(table.scan().select(pl.any_horizontal(seen)).collect(engine="streaming").item())
