"""Which cells lie under which path, for many cells and many paths."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ANY = "*"


class PathIndex:
    """The names of each level of the cells' paths as numbers; -1 where a path is shorter."""

    def __init__(self, paths: Sequence[Sequence[str]]) -> None:
        self._count = len(paths)
        self._numbers: list[dict[str, int]] = []
        self._columns: list[NDArray[np.intp]] = []
        for level in range(max(map(len, paths), default=0)):
            names = [path[level] if len(path) > level else None for path in paths]
            numbers = {name: number for number, name in enumerate(dict.fromkeys(names)) if name is not None}
            column = [-1 if name is None else numbers[name] for name in names]
            self._numbers.append(numbers)
            self._columns.append(np.array(column, dtype=np.intp))

    def under(self, path: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each cell lies at or below ``path``, shape (n_cells,); ``*`` stands for any name."""
        inside = np.full(self._count, len(path) <= len(self._columns))
        for part, numbers, column in zip(path, self._numbers, self._columns, strict=False):
            inside &= column >= 0 if part == ANY else column == numbers.get(part, -2)
        return inside
