"""What mappings that people wrote teach about header words: a table that grows with every mapping added."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from harmonization.mapping.spec import Mapping
from harmonization.suggestion.header_words import HeaderReading, read_header

RMIS_NAMES = {
    "units": "units_sold",
    "ntb_orders": "new_to_brand_orders",
    "ntb_units": "new_to_brand_units",
    "ntb_revenue": "new_to_brand_revenue",
}
Signature = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Example:
    """A column whose meaning somebody has settled; ``field`` is None where it must not be mapped."""

    header: str
    field: str | None


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """Field by the words of a header, where all examples with these words agree."""

    fields: dict[Signature, str | None]


def examples_of(*, mapping: Mapping) -> tuple[Example, ...]:
    """Every column a mapping file speaks of."""
    settled: list[tuple[str, str | None]] = []
    settled += [(column, field.name) for field in mapping.fields for column in field.columns]
    settled += [(column, check.metric) for check in mapping.checks for column in check.columns]
    settled += [(column, None) for column in mapping.ignored]
    for outcome in mapping.outcomes:
        name = RMIS_NAMES.get(outcome.metric, outcome.metric)
        scope = str(outcome.qualifier.scope or "")
        field = f"{name}_{scope[:4] if scope.startswith('halo') else scope}" if name == "revenue" else name
        field = field if scope == "same_sku" or scope.startswith("halo") else name
        settled += [(column, field) for column in outcome.columns]
    return tuple(Example(header=column, field=field) for column, field in settled)


def learn(*, examples: Iterable[Example]) -> Knowledge:
    """The words on whose field all examples agree; contradicting examples teach nothing."""
    votes: defaultdict[Signature, Counter[str | None]] = defaultdict(Counter)
    for example in examples:
        votes[signature(reading=read_header(header=example.header))][example.field] += 1
    return Knowledge(fields={words: next(iter(found)) for words, found in votes.items() if len(found) == 1})


def signature(*, reading: HeaderReading) -> Signature:
    """The words that decide, without window and touch."""
    scope = (reading.scope,) if reading.scope else ()
    return reading.concepts, frozenset((*reading.unknown, *reading.blocked, *scope))
