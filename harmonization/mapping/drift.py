"""How the header of a known layout changed, and what each change means for what is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from harmonization.mapping.differences import use_in_words
from harmonization.mapping.editing import Part, uses_of
from harmonization.mapping.header import matched, normal
from harmonization.mapping.spec import Mapping

ALIKE = 0.6  # names as like as “Ad Spend” and “Ad Spend (EUR)” are taken for one column under another name


class ChangeKind(StrEnum):
    """What happened to a column, or to their order."""

    MISSING = "missing"
    RENAMED = "renamed"
    REMOVED = "removed"
    ADDED = "added"
    REORDERED = "reordered"


@dataclass(frozen=True, kw_only=True)
class HeaderChange:
    """One header against an earlier one; ``renamed`` holds pairs of the old and the new name."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    is_reordered: bool

    @property
    def is_none(self) -> bool:
        return not (self.added or self.removed or self.renamed or self.is_reordered)


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One change in words.

    Attributes:
        was: the old name of a column that was renamed.
    """

    kind: ChangeKind
    column: str
    meaning: str
    was: str = ""


def compare_headers(*, before: Sequence[str], after: Sequence[str]) -> HeaderChange:
    """What changed from one header to the next; case and spaces do not count, nor does the order of new columns."""
    old, new = {normal(one): one for one in before if one}, {normal(one): one for one in after if one}
    gone, came = [key for key in old if key not in new], [key for key in new if key not in old]
    renamed = _renamed(gone, came, old=list(old), new=list(new))
    kept_before, kept_after = [key for key in old if key in new], [key for key in new if key in old]
    return HeaderChange(
        added=tuple(new[key] for key in came if key not in renamed.values()),
        removed=tuple(old[key] for key in gone if key not in renamed),
        renamed=tuple((old[one], new[other]) for one, other in renamed.items()),
        is_reordered=kept_before != kept_after,
    )


def change_lines(*, change: HeaderChange, mapping: Mapping, header: Sequence[str]) -> tuple[ChangeLine, ...]:
    """What each change means with this mapping, the worst first."""
    lacking = [group for group in mapping.required_groups if not matched(names=header, groups=[group])]
    missing = {normal(column) for group in lacking for column in group}
    lines = [
        ChangeLine(
            kind=ChangeKind.MISSING,
            column=" or ".join(group),
            meaning="The mapping needs it: nothing is imported before another column is named for it.",
        )
        for group in lacking
    ]
    lines += [_renamed_line(old, new, mapping, missing) for old, new in change.renamed]
    lines += [
        ChangeLine(kind=ChangeKind.REMOVED, column=column, meaning=_loss(column, mapping))
        for column in change.removed
        if normal(column) not in missing
    ]
    lines += [
        ChangeLine(kind=ChangeKind.ADDED, column=column, meaning=_gain(column, mapping)) for column in change.added
    ]
    if change.is_reordered:
        meaning = "Columns are found by their names: nothing is read otherwise than before."
        lines.append(ChangeLine(kind=ChangeKind.REORDERED, column="", meaning=meaning))
    return tuple(lines)


def _renamed(gone: list[str], came: list[str], *, old: list[str], new: list[str]) -> dict[str, str]:
    """Old names with the new ones that are most like them, or stand at their place between the same neighbours."""
    pairs = [(_likeness(one, other, old, new), one, other) for one in gone for other in came]
    found: dict[str, str] = {}
    for likeness, one, other in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness >= ALIKE and one not in found and other not in found.values():
            found[one] = other
    return found


def _likeness(one: str, other: str, old: list[str], new: list[str]) -> float:
    if one in other or other in one:
        return 1.0
    likeness = SequenceMatcher(None, one, other).ratio()
    is_same_place = _neighbours(one, old) == _neighbours(other, new)
    return max(likeness, ALIKE) if is_same_place and likeness > ALIKE / 2 else likeness


def _neighbours(name: str, names: list[str]) -> tuple[str, str]:
    place = names.index(name)
    return (names[place - 1] if place else "", names[place + 1] if place + 1 < len(names) else "")


def _renamed_line(old: str, new: str, mapping: Mapping, missing: set[str]) -> ChangeLine:
    before, after = uses_of(mapping=mapping, columns=[old, new])
    if after.part is not Part.NONE:
        meaning = f"It is known too: {use_in_words(after)}."
    elif normal(old) in missing:
        meaning = f"It looks like the column that is needed: {use_in_words(before)}. Name it in the mapping."
    elif before.part in (Part.NONE, Part.IGNORED):
        meaning = "It was not read before, and is not now."
    else:
        meaning = f"It is not read any more: {use_in_words(before)} is empty until the mapping names it."
    return ChangeLine(kind=ChangeKind.RENAMED, column=new, was=old, meaning=meaning)


def _loss(column: str, mapping: Mapping) -> str:
    use = uses_of(mapping=mapping, columns=[column])[0]
    if use.part in (Part.NONE, Part.IGNORED):
        return "It was not read: nothing is lost."
    return f"Nothing is read for it any more: {use_in_words(use)}."


def _gain(column: str, mapping: Mapping) -> str:
    use = uses_of(mapping=mapping, columns=[column])[0]
    if use.part is Part.NONE:
        return "The mapping does not know it: it is not imported."
    return f"The mapping knows it: {use_in_words(use)}."
