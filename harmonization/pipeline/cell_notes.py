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
        *_cut_words(daily),
        *_totals_words(daily),
        *_encoding_words(table.encoding),
    )


def _cut_words(daily: pl.DataFrame) -> list[str]:
    texts = (pl.col(name) for name in IDENTIFIERS)
    firsts = daily.select(
        text.filter(text.str.contains("+", literal=True) & text.str.contains(SCIENTIFIC)).first() for text in texts
    )
    return [
        f"{name} stands in scientific notation, such as {cut}: a spreadsheet cut its digits, which cannot be "
        "restored, and different items may have become one. Export the report without opening it in a spreadsheet."
        for name, cut in firsts.row(0, named=True).items()
        if cut is not None
    ]


def _totals_words(daily: pl.DataFrame) -> list[str]:
    labels = (pl.col(name) for name in LABELS)
    short = daily.select(
        label.filter(label.str.len_bytes() <= LONGEST_TOTAL).unique(maintain_order=True).implode() for label in labels
    ).row(0, named=True)
    found = [(name, [text for text in texts if text.lower() in TOTALS]) for name, texts in short.items()]
    return [
        f"{name} is “{totals[0]}” in rows that were kept. If they are sums, name their column in totals_in."
        for name, totals in found
        if totals
    ]


def _encoding_words(encoding: str) -> tuple[str, ...]:
    if not encoding or encoding.startswith("utf"):
        return ()
    return (f"The text is not Unicode; it was read as {encoding}. If names look wrong, state encoding in the mapping.",)
