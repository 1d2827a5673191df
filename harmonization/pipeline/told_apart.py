"""Rows that name the window or the touch of their own figures: each figure goes into a column of its own meaning."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from harmonization.mapping.header import normal
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Mapping, column_where

Numbered = Iterator[tuple[int, list[str]]]
Words = tuple[str, ...]
MOST_NAMED = 10


@dataclass(frozen=True, kw_only=True)
class ToldApart:
    """A table whose figures stand in a column for each meaning that its rows name.

    Attributes:
        by: places of the columns that name the meaning.
        figures: places of the columns whose cells move.
        targets: for each meaning of a row, where its figures go, in the order of ``figures``.
    """

    names: tuple[str, ...]
    by: tuple[int, ...]
    figures: tuple[int, ...]
    targets: dict[Words, tuple[int, ...]]
    remark: str

    def rows(self, rows: Numbered) -> Numbered:
        """The rows with their figures moved; every row stays one."""
        width, moved = len(self.names), set(self.figures)
        for number, cells in rows:
            wide = ["" if place in moved else _cell(cells, place) for place in range(width)]
            for place, target in zip(self.figures, self.targets[_words(cells, self.by)], strict=True):
                wide[target] = _cell(cells, place)
            yield number, wide


def told_apart(*, rows: Numbered, names: Sequence[str], mapping: Mapping, where: str) -> ToldApart | None:
    """How the rows are told apart; None where the file has no column that names a meaning.

    Raises HarmonizationRefused where rows name a meaning that the mapping does not know.
    """
    known = [normal(name) for name in names]
    by = tuple(known.index(normal(column)) for column in mapping.told_apart_by if normal(column) in known)
    figures = tuple(dict.fromkeys(known.index(one) for one in _figures(mapping) if one in known))
    if not by or not figures:
        return None
    counts: Counter[Words] = Counter()
    first: dict[Words, int] = {}
    for number, cells in rows:
        words = _words(cells, by)
        counts[words] += 1
        first.setdefault(words, number)
    meanings = {
        (normal(column), frozenset((normal(key), word.casefold()) for key, word in one.where))
        for one in mapping.outcomes
        for column in one.columns
    }
    made, targets = list(names), {}
    for words in sorted(counts):
        named = [(names[place], word) for place, word in zip(by, words, strict=True) if word]
        meaning = frozenset((normal(key), word) for key, word in named)
        if any((known[place], meaning) not in meanings for place in figures):
            raise _unknown(named, where=f"{where}, row {first[words]}")
        columns = [column_where(names[place], named) for place in figures]
        made += [column for column in columns if column not in made]
        targets[words] = tuple(made.index(column) for column in columns)
    return ToldApart(names=tuple(made), by=by, figures=figures, targets=targets, remark=_remark(counts))


def _figures(mapping: Mapping) -> Iterable[str]:
    return (normal(column) for one in mapping.outcomes if one.where for column in one.columns)


def _words(cells: Sequence[str], places: tuple[int, ...]) -> Words:
    return tuple(_cell(cells, place).strip().casefold() for place in places)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _unknown(named: list[tuple[str, str]], *, where: str) -> HarmonizationRefused:
    said = ", ".join(f"{column} “{word[:60]}”" for column, word in named) or "nothing"
    return HarmonizationRefused(
        title="Rows count their sales in a way the mapping does not know",
        detail=f"A row says {said}; its figures would be added to those of another window or touch.",
        where=where,
        fix="Add an outcome with this “where” to the mapping, with what the network means by it.",
    )


def _remark(counts: Counter[Words]) -> str:
    named = [
        f"{count:,} of {', '.join(word for word in words if word) or 'none stated'}"
        for words, count in counts.most_common(MOST_NAMED)
    ]
    return f"Rows name the window or touch of their own figures, which are kept apart: {'; '.join(named)}."
