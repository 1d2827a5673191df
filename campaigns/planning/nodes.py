"""Nodes of the tree of cells that constraints speak of: each placement of each retailer, one brand everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.planning.cells import PlannedCell
from campaigns.planning.history import LEVELS

ALL = "*"
LABELS = {"product_detail": "product detail", "in_store": "in-store"}


class UnknownName(Exception):
    """A constraint names a retailer, placement or brand that the history does not have."""

    def __init__(self, *, name: str, known: Sequence[str]) -> None:
        self.title = "Nothing is called that"
        self.detail = f"No spend was found for “{name}”. Known here: {', '.join(known)}."
        self.where = "constraints"
        super().__init__(self.detail)


@dataclass(frozen=True, kw_only=True)
class Node:
    """Some cells: those whose path agrees with ``path``, in which ``*`` stands for any name."""

    path: tuple[str, ...]
    label: str

    def holds(self, cell: PlannedCell) -> bool:
        return all(part in (ALL, own) for part, own in zip(self.path, cell.history.path, strict=False))


def nodes_of(*, cells: Sequence[PlannedCell], level: str, name: str | None) -> tuple[Node, ...]:
    """The nodes a limit holds for.

    With a name: that retailer, placement or brand as a whole. Without: each one; placements then count per retailer.

    Raises:
        UnknownName: no cell has this name at this level.
    """
    if name:
        return (_named(cells=cells, level=level, name=name),)
    if level == "placement":
        pairs = sorted({cell.history.path[1:3] for cell in cells})
        names = {cell.history.path[1]: cell.history.retailer_name for cell in cells}
        return tuple(
            Node(path=(ALL, retailer, placement), label=f"{names[retailer]} {_label(placement)}")
            for retailer, placement in pairs
        )
    return tuple(_at(cells=cells, level=level, name=each) for each in _names(cells=cells, level=level))


def node_called(*, cells: Sequence[PlannedCell], name: str) -> Node:
    """The retailer, placement, brand or channel of this name, looked for in that order."""
    for level in ("retailer", "placement", "brand", "channel"):
        found = _find(cells=cells, level=level, name=name)
        if found:
            return _at(cells=cells, level=level, name=found)
    raise UnknownName(name=name, known=[each for level in LEVELS for each in _names(cells=cells, level=level)])


def _named(*, cells: Sequence[PlannedCell], level: str, name: str) -> Node:
    found = _find(cells=cells, level=level, name=name)
    if found is None:
        raise UnknownName(name=name, known=_names(cells=cells, level=level))
    return _at(cells=cells, level=level, name=found)


def _find(*, cells: Sequence[PlannedCell], level: str, name: str) -> str | None:
    wanted = name.strip().casefold()
    if level == "retailer":
        for cell in cells:
            if wanted in {cell.history.path[1].casefold(), cell.history.retailer_name.casefold()}:
                return cell.history.path[1]
        return None
    return next((own for own in _names(cells=cells, level=level) if _plain(own) == _plain(wanted)), None)


def _at(*, cells: Sequence[PlannedCell], level: str, name: str) -> Node:
    position = LEVELS.index(level)
    path = (*(ALL for _ in range(position)), name)
    shown = next(cell.history.retailer_name for cell in cells if cell.history.path[position] == name)
    return Node(path=path, label=shown if level == "retailer" else _label(name))


def _names(*, cells: Sequence[PlannedCell], level: str) -> list[str]:
    return sorted({cell.history.path[LEVELS.index(level)] for cell in cells})


def _label(name: str) -> str:
    return LABELS.get(name, name)


def _plain(name: str) -> str:
    return name.casefold().replace("_", " ").replace("-", " ")
