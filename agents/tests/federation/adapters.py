"""Adapters with random factors, as PEFT would write them."""

from typing import Any

import numpy as np

from agents.federation.adapter import Adapter, read_adapter
from agents.federation.tensors import write_weights

BASE = "b" * 64
MODULES = {"model.layers.0.self_attn.q_proj": (24, 16), "model.layers.0.mlp.up_proj": (24, 40)}


def config(*, rank: int = 4, **changed: Any) -> dict[str, Any]:
    return {"peft_type": "LORA", "r": rank, "lora_alpha": 2 * rank, "bias": "none"} | changed


def content(*, seed: int, rank: int = 4, modules=MODULES) -> bytes:
    rng = np.random.default_rng(seed)
    weights = {}
    for name, (ins, outs) in modules.items():
        weights[f"base_model.model.{name}.lora_A.weight"] = rng.normal(size=(rank, ins)).astype(np.float32)
        weights[f"base_model.model.{name}.lora_B.weight"] = rng.normal(size=(outs, rank)).astype(np.float32)
    return write_weights(weights=weights)


def adapter(*, seed: int, rank: int = 4, modules=MODULES, base: str = BASE, **changed: Any) -> Adapter:
    return read_adapter(
        config=config(rank=rank, **changed),
        content=content(seed=seed, rank=rank, modules=modules),
        base_digest=base,
    )


def change(one: Adapter, module: str) -> np.ndarray:
    """What the adapter adds to a module's weights."""
    if module not in one.modules:
        ins, outs = MODULES[module]
        return np.zeros((outs, ins))
    factors = one.modules[module]
    return one.scaling * factors.up.astype(float) @ factors.down.astype(float)
