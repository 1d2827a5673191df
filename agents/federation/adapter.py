"""A LoRA adapter as PEFT writes it: a pair of factors per module, and nothing only its runtime would understand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.federation.refusal import AdapterRefused
from agents.federation.tensors import Stored, as_float32, read_stored

FACTOR = re.compile(r"^base_model\.model\.(?P<module>.+)\.lora_(?P<factor>[AB])(\.default)?\.weight$")
PLAIN_BIAS = ("none", None)
EDITS_THE_BASE = ("pissa", "olora", "corda", "loftq", "eva", "lora_ga")
MOST_RANK = 256


@dataclass(frozen=True, kw_only=True, eq=False)
class Factors:
    """The change of one module: scaling · up @ down; kept as its file has it until somebody computes with it.

    Attributes:
        stored_down: lora_A, shape (r, in_features).
        stored_up: lora_B, shape (out_features, r).
    """

    stored_down: Stored
    stored_up: Stored

    @property
    def down(self) -> NDArray[np.float32]:
        return as_float32(self.stored_down)

    @property
    def up(self) -> NDArray[np.float32]:
        return as_float32(self.stored_up)

    @property
    def is_half(self) -> bool:
        """Whether both are kept in bfloat16."""
        return self.stored_down.dtype == self.stored_up.dtype == np.uint16


@dataclass(frozen=True, kw_only=True, eq=False)
class Adapter:
    """One adapter.

    Attributes:
        rank, alpha: of every module.
        scaling: alpha / r, or alpha / √r where it was trained so (rsLoRA, Kalajdzievski 2023).
        modules: factors by module name.
        base_digest: fingerprint of the base model it was trained on.
    """

    rank: int
    alpha: float
    scaling: float
    modules: Mapping[str, Factors]
    base_digest: str


def read_adapter(*, config: Mapping[str, Any], content: bytes, base_digest: str) -> Adapter:
    """An adapter from its ``adapter_config.json`` and the bytes of its safetensors file.

    Raises AdapterRefused where composing would not be exact: DoRA, biases, whole modules saved, initialisations that
    change the base, ranks or alphas by pattern, factors without their partner.
    """
    _refuse_what_is_not_plain(config)
    rank, alpha = config.get("r"), config.get("lora_alpha")
    if not isinstance(rank, int) or not 1 <= rank <= MOST_RANK or not isinstance(alpha, int | float):
        raise AdapterRefused("Rank or alpha is missing", f"A rank from 1 to {MOST_RANK} and an alpha are needed.", "r")
    modules = _modules(read_stored(content=content), rank=rank)
    scaling = alpha / rank**0.5 if config.get("use_rslora") else alpha / rank
    return Adapter(rank=rank, alpha=float(alpha), scaling=scaling, modules=modules, base_digest=base_digest)


def _refuse_what_is_not_plain(config: Mapping[str, Any]) -> None:
    if str(config.get("peft_type", "")).upper() != "LORA":
        raise AdapterRefused("This is no LoRA adapter", "Only LoRA adapters are composed.", "peft_type")
    for name, why in (
        ("use_dora", "DoRA also scales the base's weights"),
        ("modules_to_save", "whole modules would replace the base's"),
        ("rank_pattern", "ranks differ by module"),
        ("alpha_pattern", "alphas differ by module"),
        ("trainable_token_indices", "it changes tokens of the base"),
    ):
        if config.get(name):
            raise AdapterRefused("The adapter cannot be composed exactly", f"{why}: train it without {name}.", name)
    if config.get("bias", "none") not in PLAIN_BIAS:
        raise AdapterRefused(
            "The adapter cannot be composed exactly", "It trains biases: train it with bias none.", "bias"
        )
    start = str(config.get("init_lora_weights", True)).lower()
    if start.startswith(EDITS_THE_BASE):
        raise AdapterRefused(
            "The adapter cannot be composed exactly", f"{start} changes the base.", "init_lora_weights"
        )


def _modules(weights: Mapping[str, Stored], *, rank: int) -> dict[str, Factors]:
    halves: dict[str, dict[str, Stored]] = {}
    for name, array in weights.items():
        matched = FACTOR.fullmatch(name)
        if matched is None or array.ndim != 2:
            raise AdapterRefused("A tensor is no factor of a linear module", "Only lora_A and lora_B are read.", name)
        halves.setdefault(matched["module"], {})[matched["factor"]] = array
    if not halves:
        raise AdapterRefused("The adapter is empty", "It has no factors.", "weights")
    modules = {}
    for name, pair in sorted(halves.items()):
        if set(pair) != {"A", "B"} or pair["A"].shape[0] != rank or pair["B"].shape[1] != rank:
            raise AdapterRefused("The factors do not fit each other", f"Both of rank {rank} are needed.", name)
        modules[name] = Factors(stored_down=pair["A"], stored_up=pair["B"])
    return modules
