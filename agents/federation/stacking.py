"""One module of a composite: its members' ranks next to each other, put together when somebody asks."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.federation.adapter import Factors
from agents.federation.tensors import Stored, as_float32


@dataclass(frozen=True, kw_only=True, eq=False)
class Share:
    """What one member gives a module: its factors, or zeros where it has none, and what they are multiplied by."""

    factors: Factors | None
    rank: int
    scale: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Stack:
    """[s₁B₁ … sₙBₙ] and [A₁; …; Aₙ], padded with zeros to ``rank``.

    Attributes:
        ins, outs: sizes of the module.
        common: the scale of every share where all are in bfloat16 and scaled alike: then the stored halves are stacked
            bit for bit and ``common`` is left to whoever multiplies; None puts the scales into float32 factors.
    """

    shares: tuple[Share, ...]
    rank: int
    ins: int
    outs: int
    common: float | None

    @property
    def kind(self) -> np.dtype[Any]:
        return np.dtype(np.float32 if self.common is None else np.uint16)

    @property
    def stored_down(self) -> Stored:
        """Rows below each other: shape (rank, ins)."""
        stacked, first = self._empty((self.rank, self.ins)), 0
        for share in self.shares:
            rows, first = slice(first, first + share.rank), first + share.rank
            if share.factors is not None:
                stacked[rows] = share.factors.stored_down if self.common is not None else share.factors.down
        return stacked

    @property
    def stored_up(self) -> Stored:
        """Columns beside each other: shape (outs, rank)."""
        stacked, first = self._empty((self.outs, self.rank)), 0
        for share in self.shares:
            columns, first = slice(first, first + share.rank), first + share.rank
            if share.factors is not None and self.common is not None:
                stacked[:, columns] = share.factors.stored_up
            elif share.factors is not None:
                stacked[:, columns] = share.factors.up * np.float32(share.scale)
        return stacked

    @property
    def down(self) -> NDArray[np.float32]:
        return as_float32(self.stored_down)

    @property
    def up(self) -> NDArray[np.float32]:
        """With every scale in it: ``up @ down`` is the whole change."""
        found = as_float32(self.stored_up)
        return found if self.common is None else found * np.float32(self.common)

    def _empty(self, shape: tuple[int, int]) -> NDArray[Any]:
        """Zeros only where something is left to be padded: a composite of large shapes is mostly memory traffic."""
        is_full = sum(share.rank for share in self.shares if share.factors is not None) == self.rank
        return np.empty(shape, dtype=self.kind) if is_full else np.zeros(shape, dtype=self.kind)
