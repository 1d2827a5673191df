"""Propose a mapping for a file of an unknown layout, with what known mappings teach."""

from collections.abc import Iterable
from functools import cache

from harmonization.mapping.library import available_mappings, load_mapping
from harmonization.mapping.spec import Mapping
from harmonization.suggestion.knowledge import OWN, Example, examples_of, learn
from harmonization.suggestion.sample import FileSample
from harmonization.suggestion.suggest import suggest
from harmonization.suggestion.suggestion import Suggestion


def suggest_for(
    *, sample: FileSample, is_header_only: bool = False, saved: Iterable[Mapping] = ()
) -> tuple[Suggestion, ...]:
    """One proposal per column. ``saved`` are mappings of the tenant's own, from which it learns as well."""
    taught = [
        *_shipped_examples(),
        *(example for mapping in saved for example in examples_of(mapping=mapping, network=OWN)),
    ]
    values = {} if is_header_only else sample.values
    return suggest(header=sample.columns, values=values, knowledge=learn(examples=taught), banner=sample.banner)


@cache
def _shipped_examples() -> tuple[Example, ...]:
    return tuple(
        example
        for name in available_mappings()
        for example in examples_of(mapping=load_mapping(name), network=name.split("_")[0])
    )
