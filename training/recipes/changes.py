"""A low-rank change of every linear module, trained in place: W + others + s·BA, where others are frozen adapters."""

from collections.abc import Iterable, Mapping

import torch
from torch.nn.utils import parametrize
from transformers import LlamaForCausalLM

from agents.federation.adapter import Adapter

TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
Deltas = Mapping[str, torch.Tensor]


class Change(torch.nn.Module):
    """The trained factors of one module; ``others`` is what the adapters present add, without gradient."""

    others: torch.Tensor

    def __init__(self, *, weight: torch.Tensor, rank: int, scaling: float) -> None:
        super().__init__()
        outs, ins = weight.shape
        self.scaling = scaling
        self.down = torch.nn.Parameter(torch.empty(rank, ins))
        self.up = torch.nn.Parameter(torch.zeros(outs, rank))  # at the start nothing changes
        torch.nn.init.kaiming_uniform_(self.down, a=5**0.5)
        self.register_buffer("others", torch.zeros_like(weight), persistent=False)

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        """The changed weight. The sum is formed once a step, so a step costs what one of the plain model costs."""
        return weight + self.others + self.scaling * (self.up @ self.down)


def add_changes(*, model: LlamaForCausalLM, rank: int, scaling: float) -> dict[str, Change]:
    """Freeze the model and put a change on every target; changes by module name."""
    model.requires_grad_(False)
    changes: dict[str, Change] = {}
    linear = [(name, each) for name, each in model.named_modules() if name.rsplit(".", 1)[-1] in TARGETS]
    for name, module in linear:
        changes[name] = Change(weight=module.weight, rank=rank, scaling=scaling)
        parametrize.register_parametrization(module, "weight", changes[name], unsafe=True)
    return changes


def delta_of(*, adapter: Adapter) -> dict[str, torch.Tensor]:
    """What an adapter adds to each weight."""
    return {
        name: adapter.scaling * torch.from_numpy(factors.up) @ torch.from_numpy(factors.down)
        for name, factors in adapter.modules.items()
    }


def go_on_from(*, changes: Mapping[str, Change], adapter: Adapter) -> None:
    """Start from the factors of an adapter of the same rank and scaling; raises ValueError where they differ."""
    with torch.no_grad():
        for name, change in changes.items():
            factors = adapter.modules[name]
            if adapter.scaling != change.scaling or factors.down.shape != tuple(change.down.shape):
                raise ValueError(f"{name}: the adapter of the round before has another rank or scaling.")
            change.down.copy_(torch.from_numpy(factors.down))
            change.up.copy_(torch.from_numpy(factors.up))


def wear(*, changes: Mapping[str, Change], present: Iterable[Deltas]) -> None:
    """Let exactly these frozen adapters be present."""
    some = list(present)
    for name, change in changes.items():
        change.others.zero_()
        for each in some:
            if name in each:
                change.others.add_(each[name])


def as_peft(*, changes: Mapping[str, Change]) -> dict[str, torch.Tensor]:
    """The factors under the names PEFT gives them."""
    named: dict[str, torch.Tensor] = {}
    for name, change in changes.items():
        named[f"base_model.model.{name}.lora_A.weight"] = change.down
        named[f"base_model.model.{name}.lora_B.weight"] = change.up
    return named
