"""Weights from safetensors bytes, bfloat16 included, without a model runtime."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import safetensors
from numpy.typing import NDArray
from safetensors.numpy import save

from agents.federation.refusal import AdapterRefused

Weights = Mapping[str, NDArray[np.float32]]

LARGEST_BYTES = 2 << 30
DESERIALIZE: Any = safetensors.deserialize  # the library's own types leave it out
PLAIN = {"F32": np.float32, "F16": np.float16, "F64": np.float64}


def read_weights(*, content: bytes) -> dict[str, NDArray[np.float32]]:
    """Every tensor as float32, by name.

    Raises AdapterRefused for bytes that are no safetensors file (a pickle, a cut-off download), tensors of another kind
    than floating point, or values that are no numbers.
    """
    if len(content) > LARGEST_BYTES:
        raise AdapterRefused("The adapter is too large", f"At most {LARGEST_BYTES >> 20} MiB are read.", "weights")
    try:
        found = DESERIALIZE(content)
    except safetensors.SafetensorError as error:
        raise AdapterRefused(
            "This is no safetensors file", f"{error}. Pickled weights are never read.", "weights"
        ) from error
    weights = {name: _array(name, described) for name, described in found}
    for name, array in weights.items():
        if not np.all(np.isfinite(array)):
            raise AdapterRefused("A weight is no number", "Train the adapter again.", name)
    return weights


def write_weights(*, weights: Weights) -> bytes:
    """The bytes of a safetensors file, in the order of names, so that equal weights give equal bytes."""
    return save({name: np.ascontiguousarray(weights[name], dtype=np.float32) for name in sorted(weights)})


def _array(name: str, described: Mapping[str, Any]) -> NDArray[np.float32]:
    kind, shape, content = described["dtype"], tuple(described["shape"]), described["data"]
    if kind == "BF16":
        halves = np.frombuffer(content, dtype=np.uint16).astype(np.uint32)
        return (halves << 16).view(np.float32).reshape(shape)
    if kind not in PLAIN:
        raise AdapterRefused("A tensor is of another kind", f"{kind} is not floating point.", name)
    return np.frombuffer(content, dtype=PLAIN[kind]).astype(np.float32).reshape(shape)
