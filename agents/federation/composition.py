"""Several adapters as one: their ranks side by side, which is exact."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.federation.adapter import Adapter
from agents.federation.refusal import AdapterRefused
from agents.federation.stacking import Share, Stack
from agents.federation.tensors import Described, Stored, written_parts

PREFIX, BETWEEN, SUFFIX = "base_model.model.", ".lora_", ".weight"  # as PEFT names factors
# Ranks that servers of adapters take; a composite is padded with zeros to the next.
SERVED_RANKS = (1, 8, 16, 32, 64, 128, 256, 320, 512)


@dataclass(frozen=True, kw_only=True, eq=False)
class Weighted:
    """A member of a composite; ``weight`` multiplies its whole change."""

    adapter: Adapter
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Composite:
    """One adapter that does what all members do together.

    Attributes:
        rank: sum of the members' ranks, padded to one that is served.
        scaling: alpha over rank. 1 where the members' own scalings are in the weights; members in bfloat16 that are all
            scaled alike stay bit for bit what they are, and this scales them.
        modules: factors by module; where a member lacks a module its ranks are zero there.
    """

    rank: int
    modules: Mapping[str, Stack]
    base_digest: str
    scaling: float = 1.0

    @property
    def widening(self) -> int:
        """Bytes in memory for a byte in its file, where a runtime holds 32 bits: what bounds of memory count."""
        return 1 if self.kind == np.float32 else 2

    @property
    def kind(self) -> np.dtype[Any]:
        """Of its factors: float32, or uint16 for bfloat16."""
        return next(iter(self.modules.values())).kind

    def config(self) -> dict[str, Any]:
        """The ``adapter_config.json`` that PEFT and vLLM read."""
        return {
            "peft_type": "LORA",
            "r": self.rank,
            "lora_alpha": _whole(self.rank * self.scaling),
            "lora_dropout": 0.0,
            "bias": "none",
            "task_type": "CAUSAL_LM",
            "inference_mode": True,
            "target_modules": sorted({name.rsplit(".", 1)[-1] for name in self.modules}),
        }

    def content(self) -> bytes:
        """The bytes of its ``adapter_model.safetensors``."""
        return b"".join(self.parts())

    def parts(self) -> Iterator[bytes | memoryview]:
        """The same, piece by piece, for a writer of files; each factor is made when it is asked for, and let go."""
        sizes: dict[str, Described] = {}
        for name, stack in self.modules.items():
            sizes[_key(name, "A")] = Described(kind=stack.kind, shape=(stack.rank, stack.ins))
            sizes[_key(name, "B")] = Described(kind=stack.kind, shape=(stack.outs, stack.rank))
        return written_parts(described=sizes, array=self._array)

    def _array(self, key: str) -> Stored:
        name, factor = key.removeprefix(PREFIX).removesuffix(SUFFIX).rsplit(BETWEEN, 1)
        return self.modules[name].stored_down if factor == "A" else self.modules[name].stored_up


def compose(*, members: Sequence[Weighted]) -> Composite:
    """Concatenate ranks: Σ wᵢ·sᵢ·BᵢAᵢ = [w₁s₁B₁ … wₙsₙBₙ] @ [A₁; …; Aₙ], exact in any order.

    Merging by sums of factors, SVD, TIES or DARE is not: it loses most of the effect.

    Raises AdapterRefused for no members, members of different base models, or shapes that do not fit.
    """
    if not members:
        raise AdapterRefused("There is nothing to compose", "Name at least one adapter.", "members")
    bases = {member.adapter.base_digest for member in members}
    if len(bases) > 1:
        detail = f"They were trained on {len(bases)} base models; all need the same."
        raise AdapterRefused("The adapters do not share a base", detail, "base_digest")
    if not all(np.isfinite(member.weight) for member in members):
        raise AdapterRefused("A weight is no number", "Give finite weights.", "weight")
    wanted = sum(member.adapter.rank for member in members)
    rank = next((served for served in SERVED_RANKS if served >= wanted), None)
    if rank is None:
        raise AdapterRefused(
            "The composite is too large", f"Ranks sum to {wanted}; at most {SERVED_RANKS[-1]}.", "members"
        )
    names = sorted({name for member in members for name in member.adapter.modules})
    common = _common_scaling(members)
    return Composite(
        rank=rank,
        modules={name: _side_by_side(name, members, rank=rank, common=common) for name in names},
        base_digest=bases.pop(),
        scaling=1.0 if common is None else common,
    )


def _common_scaling(members: Sequence[Weighted]) -> float | None:
    """Of members that are kept in bfloat16 and scaled alike, which need no arithmetic; None for others."""
    scalings = {member.weight * member.adapter.scaling for member in members}
    is_half = all(factors.is_half for member in members for factors in member.adapter.modules.values())
    return scalings.pop() if is_half and len(scalings) == 1 else None


def _side_by_side(name: str, members: Sequence[Weighted], *, rank: int, common: float | None) -> Stack:
    present = [member.adapter.modules[name] for member in members if name in member.adapter.modules]
    shapes = {(factors.stored_down.shape[1], factors.stored_up.shape[0]) for factors in present}
    if len(shapes) > 1:
        raise AdapterRefused("The adapters do not fit one module", f"Its sizes are {sorted(shapes)}.", name)
    ins, outs = shapes.pop()
    shares = tuple(
        Share(factors=one.adapter.modules.get(name), rank=one.adapter.rank, scale=one.weight * one.adapter.scaling)
        for one in members
    )
    return Stack(shares=shares, rank=rank, ins=ins, outs=outs, common=common)


def _key(module: str, factor: str) -> str:
    return f"{PREFIX}{module}{BETWEEN}{factor}{SUFFIX}"


def _whole(alpha: float) -> float:
    return int(alpha) if alpha == int(alpha) else alpha
