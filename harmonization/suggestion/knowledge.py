"""What mappings that people wrote teach about header words: a table that grows with every mapping added."""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field

from harmonization.mapping.spec import Mapping, OutcomeMapping
from harmonization.suggestion.header_words import HeaderReading, read_header
from harmonization.suggestion.suggestion import CORE_OF_METRIC

OWN = "own"
Signature = tuple[frozenset[str], frozenset[str], str | None]


@dataclass(frozen=True, kw_only=True)
class Example:
    """A column whose meaning somebody has settled; ``meaning`` is empty where it must not be mapped.

    Attributes:
        network: whose layout it is; layouts of one network count once. ``own`` is the tenant's and suffices alone.
    """

    header: str
    meaning: str
    network: str


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """Meanings by the words of a header, each with the networks where it is so."""

    meanings: Dictionary[Signature, Dictionary[str, frozenset[str]]] = field(default_factory=dict)

    def networks(self, *, reading: HeaderReading, meaning: str) -> int:
        """In how many networks headers of the same words have this meaning; a tenant's own mapping counts twice."""
        found = self._found(reading).get(meaning, frozenset())
        return len(found) + (OWN in found)

    def _found(self, reading: HeaderReading) -> Dictionary[str, frozenset[str]]:
        return self.meanings.get(signature(reading=reading), {})

    def settled(self, *, reading: HeaderReading) -> str | None:
        """The one meaning that known mappings give these words; empty where they leave the column out.

        The tenant's own mapping decides alone. Of others two networks must agree and none differ, and only on odd
        words: common ones are the grammar's to judge, for an “amount” is revenue in one file and cost in another.
        """
        found = self._found(reading)
        own = [meaning for meaning, networks in found.items() if OWN in networks]
        if own:
            return own[0] if len(own) == 1 else None
        often = [meaning for meaning, networks in found.items() if len(networks) > 1]
        return often[0] if reading.unknown and len(often) == 1 and len(found) == 1 else None


def examples_of(*, mapping: Mapping, network: str) -> tuple[Example, ...]:
    """Every column a mapping file speaks of."""
    settled: list[tuple[str, str]] = []
    settled += [(column, one.name) for one in mapping.fields for column in one.columns]
    settled += [(column, one.metric) for one in mapping.checks for column in one.columns]
    settled += [(column, "") for column in mapping.ignored]
    settled += [(column, "currency") for column in mapping.currency.columns]
    settled += [(column, _meaning(one)) for one in mapping.outcomes for column in one.columns]
    return tuple(Example(header=column, meaning=meaning, network=network) for column, meaning in settled)


def learn(*, examples: Iterable[Example]) -> Knowledge:
    """What the words of the examples mean, and in which networks."""
    found: defaultdict[Signature, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for example in examples:
        found[signature(reading=read_header(header=example.header))][example.meaning].add(example.network)
    return Knowledge(
        meanings={
            words: {meaning: frozenset(networks) for meaning, networks in meanings.items()}
            for words, meanings in found.items()
        }
    )


def signature(*, reading: HeaderReading) -> Signature:
    """The words that decide, without window and touch; a scope of the total says nothing."""
    scope = reading.scope if reading.scope != "total" else None
    return reading.concepts - {"ad", "count"}, frozenset(reading.unknown), scope


def _meaning(outcome: OutcomeMapping) -> str:
    name = CORE_OF_METRIC.get(outcome.metric, outcome.metric)
    scope = str(outcome.qualifier.scope or "")
    if str(outcome.qualifier.sales_channel or "") == "in_store":
        return f"{name}_in_store"
    if scope.startswith("halo"):
        return f"{outcome.metric}_halo"
    return f"{outcome.metric}_same_sku" if scope == "same_sku" else name
