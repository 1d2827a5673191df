"""Choose how the reader of a delimited text may parse each column, by the mapping and a look at the first rows."""

from collections import Counter
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from harmonization.mapping.spec import Unit, WhenEmpty
from harmonization.pipeline.numbers import EXACT, Cells
from harmonization.pipeline.plan import FieldSource, OutcomeSource, Plan
from harmonization.pipeline.quick_source import FINE, TEXT, fine_number
from harmonization.pipeline.source_audit import SourceReader
from harmonization.pipeline.staged_table import ROW, StagedTable
from harmonization.rmis.registry import FIELDS, METRICS, FieldType

SAMPLE_ROWS, SAMPLE_BYTES = 2000, 1 << 21
MOST_WORDS = 64
AMOUNTS = {FieldType.MONEY, FieldType.QUANTITY, FieldType.RATIO}
WHOLE = r"^-?\d{1,12}$"


@dataclass(frozen=True, kw_only=True)
class Look:
    """What the first rows of a column show.

    Attributes:
        is_whole: whether each cell is a whole number or empty.
        repeats: whether texts come again and again, and none needs trimming.
    """

    is_whole: bool
    repeats: bool


@dataclass(frozen=True, kw_only=True)
class QuickColumns:
    """How each column is parsed, by its place; columns that are not named are read as text.

    Attributes:
        words: of enums read as categories, the words seen.
    """

    kinds: Dictionary[int, pl.DataType]
    words: Dictionary[int, tuple[str, ...]]

    def cells(self, table: StagedTable) -> Cells:
        """How the conversion reads these columns."""
        numbers = frozenset(place for place, kind in self.kinds.items() if not isinstance(kind, pl.Categorical))
        words = {place: self.words.get(place, ()) for place in self.kinds if place not in numbers}
        return replace(table.plain_cells(), numbers=numbers, words=words, are_judged_after=True)

    @property
    def fine(self) -> list[int]:
        """Places of amounts whose text is read to twelve decimals; the text stays beside."""
        return [place for place, kind in self.kinds.items() if kind == FINE]

    def texts(self) -> pl.Series:
        """All texts of the columns read as categories, once these have been read."""
        kinds = {kind for kind in self.kinds.values() if isinstance(kind, pl.Categorical)}
        texts = [kind.categories.to_series().cast(pl.String).alias("text") for kind in kinds]
        return pl.concat(texts) if texts else pl.Series("text", [], dtype=pl.String)

    def scan(self, table: StagedTable) -> pl.LazyFrame:
        """The rows, parsed. Collecting them raises ComputeError where a cell is not what its column should hold."""
        names = range(len(table.header.names))
        kinds = {**self.kinds, **dict.fromkeys(self.fine, pl.String())}
        rows = pl.scan_csv(
            table.path,
            separator=table.header.separator,
            has_header=False,
            skip_lines=table.header.lines,
            schema={f"c{place}": kinds.get(place, pl.String()) for place in names},
            empty_string_is_null=False,
            raise_if_empty=False,
            glob=False,
            row_index_name=ROW,
            row_index_offset=table.first_row,
        )
        return rows.with_columns(
            expression
            for place in self.fine
            for expression in (
                pl.col(f"c{place}").alias(TEXT.format(place)),
                fine_number(pl.col(f"c{place}"), decimal=table.decimal).alias(f"c{place}"),
            )
        )


def quick_columns(*, table: StagedTable, plan: Plan, reader: SourceReader) -> QuickColumns:
    """The cheapest exact way to read each column that a single entry of the mapping reads."""
    sample = table.scan(_head(table.path)).head(SAMPLE_ROWS).collect()
    category = pl.Categorical(pl.Categories.random(namespace="harmonization"))
    exact_text = {figure.place for figure in reader.figures}
    kinds: dict[int, pl.DataType] = {}
    words: dict[int, tuple[str, ...]] = {}
    sources = _alone(plan)
    looks = _looks(sample, places=[one.place for one in sources])
    for source in sources:
        seen = sample[f"c{source.place}"]
        kind = _kind(source, looks[source.place], decimal=table.decimal, category=category)
        if kind is not None:
            kinds[source.place] = FINE if kind == EXACT and source.place in exact_text else kind
        if kind == category and isinstance(source, FieldSource) and source.mapping.values:
            words[source.place] = tuple(dict.fromkeys([*seen.unique().sort(), *_spellings(source)]))
    return QuickColumns(kinds=kinds, words=words)


def _looks(sample: pl.DataFrame, *, places: list[int]) -> dict[int, Look]:
    """How the columns at these places look, by one query over the sample."""
    texts = {place: pl.col(f"c{place}") for place in places}
    whole = {place: (text.str.contains(WHOLE) | (text == "")).all() for place, text in texts.items()}
    trimmed = {place: (text.str.strip_chars() == text).all() for place, text in texts.items()}
    again = {place: trimmed[place] & (2 * text.n_unique() <= pl.len()) for place, text in texts.items()}
    found = sample.select(
        *(one.alias(f"whole {place}") for place, one in whole.items()),
        *(one.alias(f"again {place}") for place, one in again.items()),
    ).row(0, named=True)
    return {place: Look(is_whole=found[f"whole {place}"], repeats=found[f"again {place}"]) for place in places}


def _head(path: Path) -> bytes:
    """The first whole lines of a text."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    return head if len(head) < SAMPLE_BYTES else head[: head.rfind(b"\n") + 1]


def _alone(plan: Plan) -> list[FieldSource | OutcomeSource]:
    """Sources whose column nothing else reads."""
    places = [one.place for one in plan.checks]
    sources: list[FieldSource | OutcomeSource] = [*plan.fields, *plan.outcomes]
    places += [one.place for one in sources]
    places += [one for one in (plan.retailer_id, plan.retailer_name, plan.currency, plan.unique) if one is not None]
    uses = Counter(places)
    return [one for one in sources if uses[one.place] == 1]


def _kind(
    source: FieldSource | OutcomeSource, look: Look, *, decimal: str, category: pl.Categorical
) -> pl.DataType | None:
    """None for text."""
    if isinstance(source, OutcomeSource):
        return _number(METRICS[source.mapping.metric].type, source.mapping.unit, look, decimal=decimal)
    field, mapping = FIELDS[source.mapping.name], source.mapping
    if field.type in {FieldType.TEXT, FieldType.ENUM}:
        is_optional = field.type is FieldType.ENUM or mapping.when_empty is not WhenEmpty.REJECT
        return category if is_optional and look.repeats else None
    if mapping.formats or field.type not in {FieldType.COUNT, *AMOUNTS}:
        return None
    return _number(field.type, mapping.unit, look, decimal=decimal)


def _number(kind: FieldType, unit: Unit, look: Look, *, decimal: str) -> pl.DataType | None:
    if unit is not Unit.ONE:
        return None
    if look.is_whole and kind in {FieldType.COUNT, FieldType.QUANTITY}:
        return pl.Int64()
    return EXACT if kind in AMOUNTS and decimal == "." else None


def _spellings(source: FieldSource) -> list[str]:
    """The mapping's words as networks write them."""
    known = list(source.mapping.values)[:MOST_WORDS]
    return [spelling for word in known for spelling in (word, word.title(), word.upper(), word.capitalize())]
