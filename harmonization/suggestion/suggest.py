"""Propose a field, qualifier and transform for every column of a header, or abstain and say why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from harmonization.suggestion.arithmetic import SCALES, scale_of
from harmonization.suggestion.header_words import HeaderReading, read_header
from harmonization.suggestion.knowledge import Knowledge, signature
from harmonization.suggestion.suggestion import Suggestion
from harmonization.suggestion.values import contradicts, kind_of, numbers
from harmonization.suggestion.vocabulary import FIELD_OF_CONCEPTS, OUTCOMES

LEARNED, BY_WORDS, THRESHOLD = 0.95, 0.9, 0.6
SINGLE = frozenset(["event_date", "impressions", "clicks", "cost", "currency", "campaign_id", "campaign_name"])
RATES = {"ctr": ("clicks", "impressions"), "cpc": ("cost", "clicks"), "roas": ("revenue", "cost")}
UNCERTAIN_REVENUE = "the values are counts, so these sales are orders or units, not money"
Values = Mapping[str, tuple[str, ...]]


def suggest(*, header: Sequence[str], values: Values, knowledge: Knowledge) -> tuple[Suggestion, ...]:
    """One proposal per column; ``values`` holds texts per column and may be empty (header only)."""
    proposals = [_by_words(name, values.get(name, ()), knowledge) for name in header]
    return _with_units(_counts_apart(_without_rivals(proposals), values), values)


def _by_words(column: str, values: tuple[str, ...], knowledge: Knowledge) -> Suggestion:
    reading = read_header(header=column)
    field, confidence, why = _field(reading, knowledge)
    kind = kind_of(values=values)
    if field and contradicts(field=field, kind=kind):
        field, confidence, why = None, 0.0, f"its words say {field}, but its values are of kind {kind}: please confirm"
    if field and field not in OUTCOMES and reading.scope in ("same_sku", "halo"):
        field, confidence, why = None, 0.0, f"it is the part “{reading.scope}” of {field} only"
    is_outcome = field in OUTCOMES
    return Suggestion(
        source_column=column,
        field=field,
        window=reading.window if is_outcome or field == "roas" else None,
        touch=reading.touch if is_outcome else None,
        scope=(reading.scope or "total") if is_outcome else None,
        transform="percent_to_ratio" if reading.is_percent and field == "ctr" else "",
        confidence=confidence,
        why=why,
    )


def _field(reading: HeaderReading, knowledge: Knowledge) -> tuple[str | None, float, str]:
    words = signature(reading=reading)
    if words in knowledge.fields:
        field = knowledge.fields[words]
        meaning = field or "nothing RMIS holds"
        return field, LEARNED if field else 0.0, f"columns with the same words mean {meaning} in known mappings"
    if reading.blocked:
        return None, 0.0, f"“{reading.blocked[0]}” says that it counts something else"
    if reading.unknown:
        return None, 0.0, f"the word “{reading.unknown[0]}” is not known"
    by_concepts = {frozenset(key.split()): field for key, field in FIELD_OF_CONCEPTS.items()}
    field = by_concepts.get(reading.concepts)
    if field is None:
        return None, 0.0, "its words together name no field"
    if field == "revenue" and reading.scope in ("same_sku", "halo"):
        field = f"revenue_{reading.scope}"
    return field, BY_WORDS, f"its words speak of {', '.join(sorted(reading.concepts))}"


def _without_rivals(proposals: list[Suggestion]) -> list[Suggestion]:
    """A field of events has one column, or twins of the same words; of other equals none is taken."""
    best = {
        field: max(item.confidence for item in proposals if item.field == field)
        for field in {item.field for item in proposals} & SINGLE
    }
    words = {item.source_column: signature(reading=read_header(header=item.source_column)) for item in proposals}
    tops = Counter(
        field
        for field, _ in {
            (item.field, words[item.source_column])
            for item in proposals
            if item.confidence == best.get(item.field or "")
        }
    )
    kept = []
    for item in proposals:
        is_rival = item.field in best and (item.confidence < best[item.field] or tops[item.field] > 1)
        is_weak = item.confidence < THRESHOLD
        kept.append(
            _abstained(item, f"another column also looks like {item.field}") if is_rival and not is_weak else item
        )
    return kept


def _counts_apart(proposals: list[Suggestion], values: Values) -> list[Suggestion]:
    """Sales in whole numbers beside costs with decimals are likely counts: they are asked about."""
    kinds = {item.source_column: kind_of(values=values.get(item.source_column, ())) for item in proposals}
    if not any(item.field == "cost" and kinds[item.source_column] == "decimal" for item in proposals):
        return proposals
    return [
        _abstained(item, UNCERTAIN_REVENUE)
        if (item.field or "").startswith("revenue") and kinds[item.source_column] == "count"
        else item
        for item in proposals
    ]


def _abstained(item: Suggestion, why: str) -> Suggestion:
    return replace(item, field=None, window=None, touch=None, scope=None, transform="", confidence=0.0, why=why)


def _with_units(proposals: list[Suggestion], values: Values) -> tuple[Suggestion, ...]:
    series = {item.field: numbers(values=values.get(item.source_column, ())) for item in proposals if item.field}
    return tuple(_settled(item, series) for item in proposals)


def _settled(item: Suggestion, series: dict[str, list[float] | None]) -> Suggestion:
    over, under = RATES.get(item.field or "", ("", ""))
    stated, above, below = series.get(item.field or ""), series.get(over), series.get(under)
    if not (stated and above and below):
        return item
    scale = scale_of(stated=stated, above=above, below=below)
    if scale is None:
        return item
    why = f"{item.why}; its values are {over} / {under}" + (f" × {scale:.0f}" if scale != 1 else "")
    return replace(item, transform=SCALES[scale], confidence=0.99, why=why)
