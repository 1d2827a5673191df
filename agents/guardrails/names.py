"""A figure that stands beside a name must be that name's: two right figures that changed places are a lie."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agents.guardrails.figures import DATES, FIGURE, is_value

CLAUSES = re.compile(r"(?:[.;!?]|,)\s+|\s(?:and|but|while|whereas|against|versus|than)\s", re.IGNORECASE)
OWN = ("mean", "low", "high", "proposed", "current")  # parts of one figure, no names


@dataclass(frozen=True, kw_only=True)
class _Named:
    """A number, and the names on the way to it; without names it belongs to all."""

    value: float
    names: frozenset[str]


def misplaced_figures(*, text: str, results: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Figures of clauses that name other entries of the results than those that hold the figure.

    Entries are keys of mappings inside a result (``spend_by_retailer.amazon``). Clauses are cut small, so that a
    sentence with figures of several names keeps each name beside its figure, or is refused: refusing is safe.
    """
    values = [value for result in results for inner in result.values() for value in _named(inner, frozenset())]
    known = {name for value in values for name in value.names}
    found, said = [], set[str]()
    for clause in CLAUSES.split(DATES.sub(" ", text)):
        said = {name for name in known if _says(clause, name)} or said  # “it” is whoever was named last
        for figure in FIGURE.finditer(clause):
            owners = [value.names for value in values if is_value(figure, value.value)]
            if said and owners and all(names and not names & said for names in owners):
                found.append(figure.group().strip())
    return tuple(found)


def _says(clause: str, name: str) -> bool:
    words = re.escape(name.replace("_", " ").casefold())
    return re.search(rf"(?<!\w){words}(?!\w)", clause.replace("_", " ").casefold()) is not None


def _named(value: Any, names: frozenset[str]) -> Iterator[_Named]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield _Named(value=float(value), names=names)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _named(inner, names if key in OWN else names | {str(key)})
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _named(inner, names)
