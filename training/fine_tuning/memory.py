"""How much memory a run would take, and which smaller one would fit: an estimate, checked against real runs."""

from dataclasses import dataclass, replace

from training.fine_tuning.specification import Dials

RUNTIME_BYTES = 450_000_000  # PyTorch and its neighbours, before any weight
BYTES_PER_WEIGHT, BYTES_PER_QUANTIZED_WEIGHT = 4.0, 0.57
BYTES_PER_TRAINED = 16.0  # weight, gradient, and AdamW's two moments, all in 32 bits
COPIES_PER_ROW = {"sft": 1, "dpo": 4, "kto": 4, "reward": 2}  # chosen and rejected, by policy and by reference


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What decides a model's memory: counts, no units."""

    parameters: int
    hidden: int
    layers: int
    intermediate: int
    vocabulary: int
    heads: int


def needed_bytes(*, shape: Shape, dials: Dials, recipe: str) -> int:
    """Peak of a run, in bytes: weights + trained factors and their optimizer + activations of one step.

    Activations per token and layer after Korthikanti et al. 2022, eq. 2, in 32 bits and without recomputation.
    """
    weights = shape.parameters * (BYTES_PER_QUANTIZED_WEIGHT if dials.quantize else BYTES_PER_WEIGHT)
    width = 4 * 2 * shape.hidden + 3 * (shape.hidden + shape.intermediate)
    trained = shape.layers * dials.rank * width * BYTES_PER_TRAINED
    tokens = dials.batch_size * dials.max_tokens * COPIES_PER_ROW[recipe]
    per_layer = 4.0 * (16 * shape.hidden + 6 * shape.intermediate + 2 * shape.heads * dials.max_tokens)
    activations = tokens * (shape.layers * per_layer + 3 * 4.0 * shape.vocabulary)
    return int(RUNTIME_BYTES + weights + trained + activations)


def what_fits(*, shape: Shape, dials: Dials, recipe: str, limit: int) -> Dials | None:
    """The same run with smaller batches, then shorter rows, then a quantized base, until it fits; else None."""
    for quantize in (dials.quantize, True):
        for max_tokens in _halving(dials.max_tokens, least=64):
            for batch_size in _halving(dials.batch_size, least=1):
                smaller = replace(dials, quantize=quantize, max_tokens=max_tokens, batch_size=batch_size)
                if needed_bytes(shape=shape, dials=smaller, recipe=recipe) <= limit:
                    return smaller
    return None


def advice(*, shape: Shape, dials: Dials, recipe: str, limit: int | None) -> str:
    """A sentence that says what would fit."""
    if limit is None:
        return "Choose a smaller batch or shorter rows, or a machine with more memory."
    fitting = what_fits(shape=shape, dials=dials, recipe=recipe, limit=limit)
    if fitting is None:
        needed = needed_bytes(shape=shape, dials=replace(dials, batch_size=1, max_tokens=64), recipe=recipe)
        return f"Even a batch of one needs about {needed / 1e9:.1f} GB: choose a smaller base or a larger machine."
    words = f"batch_size {fitting.batch_size} and max_tokens {fitting.max_tokens}"
    quantized = " with quantize on" if fitting.quantize and not dials.quantize else ""
    return f"About {limit / 1e9:.1f} GB are allowed; {words}{quantized} would fit."


def _halving(start: int, *, least: int) -> list[int]:
    sizes = [start]
    while sizes[-1] > least:
        sizes.append(max(least, sizes[-1] // 2))
    return sizes
