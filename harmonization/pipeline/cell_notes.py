"""What the quality report says of cells that were kept as they stand, though they may not be what they seem."""

import polars as pl

from harmonization.pipeline.staged_table import StagedTable

IDENTIFIERS = ("sku_id", "campaign_id", "advertiser_id")
LABELS = ("campaign_name", "campaign_id", "product_name", "sku_id", "brand")
SCIENTIFIC = r"^\d([.,]\d+)?[eE]\+?\d{1,2}$"
TOTALS = ("total", "totals", "grand total", "gesamt", "summe", "итого", "всего", "합계", "총계", "合計", "总计", "總計")
LONGEST_TOTAL = max(len(word.encode()) for word in TOTALS)


def cell_notes(*, daily: pl.DataFrame, table: StagedTable) -> tuple[str, ...]:
    """Sentences on identifiers cut by a spreadsheet, on facts that look like totals, and on a guessed encoding."""
    return (
        *table.remarks,
        *(words for name in IDENTIFIERS if (words := _cut_words(daily[name]))),
        *(words for name in LABELS if (words := _totals_words(daily[name]))),
        *_encoding_words(table.encoding),
    )


def _cut_words(texts: pl.Series) -> str:
    suspect = texts.filter(texts.str.contains("+", literal=True))
    cut = suspect.filter(suspect.str.contains(SCIENTIFIC))
    if cut.is_empty():
        return ""
    return (
        f"{texts.name} stands in scientific notation, such as {cut[0]}: a spreadsheet cut its digits, which cannot be "
        "restored, and different items may have become one. Export the report without opening it in a spreadsheet."
    )


def _totals_words(texts: pl.Series) -> str:
    short = texts.filter(texts.str.len_bytes() <= LONGEST_TOTAL).unique()
    totals = short.filter(short.str.to_lowercase().is_in(TOTALS))
    if totals.is_empty():
        return ""
    return f"{texts.name} is “{totals[0]}” in rows that were kept. If they are sums, name their column in totals_in."


def _encoding_words(encoding: str) -> tuple[str, ...]:
    if not encoding or encoding.startswith("utf"):
        return ()
    return (f"The text is not Unicode; it was read as {encoding}. If names look wrong, state encoding in the mapping.",)
