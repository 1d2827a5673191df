"""Weights from and to safetensors bytes, bfloat16 included, without a model runtime and without needless copies."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.federation.refusal import AdapterRefused

Weights = Mapping[str, NDArray[np.float32]]
Stored = NDArray[np.float32] | NDArray[np.uint16]  # 16 bits are those of a bfloat16: numpy has no such kind

LARGEST_BYTES = 2 << 30
LARGEST_HEADER = 100 << 20
LENGTH = 8  # bytes that hold the header's length, little-endian
PLAIN = {"F32": np.float32, "F16": np.float16, "F64": np.float64}
EXPONENT = np.uint16(0x7F80)  # all ones in a bfloat16 that is infinite or no number
PICKLED = "Pickled weights are never read."


@dataclass(frozen=True, kw_only=True)
class Described:
    """A tensor that is not made yet: ``kind`` is float32, or uint16 for bfloat16."""

    kind: np.dtype[Any]
    shape: tuple[int, ...]


def read_weights(*, content: bytes) -> dict[str, NDArray[np.float32]]:
    """Every tensor as float32, by name. Raises AdapterRefused as ``read_stored`` does."""
    return {name: as_float32(stored) for name, stored in read_stored(content=content).items()}


def read_stored(*, content: bytes) -> dict[str, Stored]:
    """Every tensor by name, bfloat16 and float32 as views of the bytes.

    Raises AdapterRefused for bytes that are no safetensors file (a pickle, a cut-off download), tensors of another kind
    than floating point, or values that are no numbers.
    """
    if len(content) > LARGEST_BYTES:
        raise AdapterRefused("The adapter is too large", f"At most {LARGEST_BYTES >> 20} MiB are read.", "weights")
    described, first = _header(content)
    weights = {name: _array(name, one, content=content, first=first) for name, one in described.items()}
    ends = [one["data_offsets"][1] for one in described.values()]
    if max(ends, default=0) != len(content) - first:
        raise _no_safetensors("The file is cut, or longer than its header says.")
    for name, stored in weights.items():
        if not _is_finite(stored):
            raise AdapterRefused("A weight is no number", "Train the adapter again.", name)
    return weights


def as_float32(stored: Stored) -> NDArray[np.float32]:
    """The numbers, in an array of their own."""
    if stored.dtype == np.uint16:
        return (stored.astype(np.uint32) << 16).view(np.float32)
    return stored.astype(np.float32)


def write_weights(*, weights: Mapping[str, Stored]) -> bytes:
    """The bytes of a safetensors file, in the order of names, so that equal weights give equal bytes."""
    sizes = {name: Described(kind=array.dtype, shape=array.shape) for name, array in weights.items()}
    return b"".join(written_parts(described=sizes, array=lambda name: weights[name]))


def written_parts(
    *, described: Mapping[str, Described], array: Callable[[str], Stored]
) -> Iterator[bytes | memoryview]:
    """The same, piece by piece: each tensor is asked for in its turn, and nothing is copied."""
    header, at = {}, 0
    for name in sorted(described):
        one = described[name]
        end = at + math.prod(one.shape) * one.kind.itemsize
        kind = "BF16" if one.kind == np.uint16 else "F32"
        header[name] = {"dtype": kind, "shape": list(one.shape), "data_offsets": [at, end]}
        at = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % LENGTH)
    yield len(text).to_bytes(LENGTH, "little") + text
    for name in sorted(described):
        yield np.ascontiguousarray(array(name)).data.cast("B")


def _header(content: bytes) -> tuple[dict[str, dict[str, Any]], int]:
    """Descriptions of the tensors, and where their bytes begin."""
    length = int.from_bytes(content[:LENGTH], "little")
    if len(content) < LENGTH or length > min(LARGEST_HEADER, len(content) - LENGTH):
        raise _no_safetensors("Its header is longer than the file.")
    try:
        found = json.loads(content[LENGTH : LENGTH + length])
    except (ValueError, RecursionError) as error:
        raise _no_safetensors("Its header is no JSON.") from error
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise _no_safetensors("Its header is no table of tensors.")
    found.pop("__metadata__", None)
    return found, LENGTH + length


def _array(name: str, described: Mapping[str, Any], *, content: bytes, first: int) -> Stored:
    kind: Any = described.get("dtype")
    shape, place = _sizes(described.get("shape")), _sizes(described.get("data_offsets"))
    if kind != "BF16" and kind not in PLAIN:
        raise AdapterRefused("A tensor is of another kind", f"{kind} is not floating point.", name)
    if len(place) != 2:
        raise _no_safetensors("Its header has no sizes.")
    stored_as = np.dtype(np.uint16 if kind == "BF16" else PLAIN[kind])
    count, (begin, end) = math.prod(shape), place
    if not begin <= end <= len(content) - first or end - begin != count * stored_as.itemsize:
        raise _no_safetensors("The file is cut, or its header says other sizes.")
    found = np.frombuffer(content, dtype=stored_as, count=count, offset=first + begin).reshape(shape)
    return found if stored_as in (np.uint16, np.float32) else found.astype(np.float32)


def _sizes(given: Any) -> list[int]:
    if not isinstance(given, list) or not all(type(one) is int and 0 <= one <= LARGEST_BYTES for one in given):
        raise _no_safetensors("Its header has no sizes.")
    return given


def _is_finite(stored: Stored) -> bool:
    if stored.dtype == np.uint16:
        return not stored.size or bool(np.bitwise_and(stored, EXPONENT).max() != EXPONENT)
    return bool(np.all(np.isfinite(stored)))


def _no_safetensors(why: str) -> AdapterRefused:
    return AdapterRefused("This is no safetensors file", f"{why} {PICKLED}", "weights")
