"""Several adapters as one: their ranks side by side, which is exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.federation.adapter import Adapter, Factors
from agents.federation.refusal import AdapterRefused
from agents.federation.tensors import write_weights

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
        rank: sum of the members' ranks, padded to one that is served; alpha equals it, so the scaling is 1.
        modules: factors by module; where a member lacks a module its ranks are zero there.
    """

    rank: int
    modules: Mapping[str, Factors]
    base_digest: str

    def config(self) -> dict[str, Any]:
        """The ``adapter_config.json`` that PEFT and vLLM read."""
        return {
            "peft_type": "LORA",
            "r": self.rank,
            "lora_alpha": self.rank,
            "lora_dropout": 0.0,
            "bias": "none",
            "task_type": "CAUSAL_LM",
            "inference_mode": True,
            "target_modules": sorted({name.rsplit(".", 1)[-1] for name in self.modules}),
        }

    def content(self) -> bytes:
        """The bytes of its safetensors file; equal members give equal bytes."""
        weights: dict[str, NDArray[np.float32]] = {}
        for name, factors in self.modules.items():
            weights[f"base_model.model.{name}.lora_A.weight"] = factors.down
            weights[f"base_model.model.{name}.lora_B.weight"] = factors.up
        return write_weights(weights=weights)


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
    return Composite(
        rank=rank,
        modules={name: _side_by_side(name, members, rank=rank) for name in names},
        base_digest=bases.pop(),
    )


def _side_by_side(name: str, members: Sequence[Weighted], *, rank: int) -> Factors:
    present = [member.adapter.modules[name] for member in members if name in member.adapter.modules]
    shapes = {(factors.down.shape[1], factors.up.shape[0]) for factors in present}
    if len(shapes) > 1:
        raise AdapterRefused("The adapters do not fit one module", f"Its sizes are {sorted(shapes)}.", name)
    ins, outs = shapes.pop()
    down, up = np.zeros((rank, ins), dtype=np.float32), np.zeros((outs, rank), dtype=np.float32)
    first = 0
    for member in members:
        rows = slice(first, first + member.adapter.rank)
        first = rows.stop
        factors = member.adapter.modules.get(name)
        if factors is not None:
            down[rows] = factors.down
            up[:, rows] = factors.up * np.float32(member.weight * member.adapter.scaling)
    return Factors(down=down, up=up)
