"""Members in bfloat16 stay what they are; files that lie about their sizes are refused, not read."""

import json
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import deserialize
from safetensors.numpy import load

from agents.federation.adapter import read_adapter
from agents.federation.composition import Weighted, compose
from agents.federation.refusal import AdapterRefused
from agents.federation.tensors import read_stored, read_weights, write_weights
from agents.tests.federation.adapters import BASE, MODULES, change, config, content

NAME = next(iter(MODULES))


def half_content(*, seed: int, rank: int = 4) -> bytes:
    """As trainers write: bfloat16."""
    weights = read_weights(content=content(seed=seed, rank=rank))
    return write_weights(weights={name: (one.view(np.uint32) >> 16).astype(np.uint16) for name, one in weights.items()})


def half(*, seed: int, rank: int = 4, alpha: int | None = None):
    asked = config(rank=rank) | ({"lora_alpha": alpha} if alpha else {})
    return read_adapter(config=asked, content=half_content(seed=seed, rank=rank), base_digest=BASE)


def read_again(composite):
    return read_adapter(config=composite.config(), content=composite.content(), base_digest=BASE)


def test_halves_that_are_scaled_alike_stay_bit_for_bit():
    members = [half(seed=seed) for seed in range(4)]

    composite = compose(members=[Weighted(adapter=one) for one in members])

    assert {kind["dtype"] for _, kind in deserialize(composite.content())} == {"BF16"}
    assert (composite.rank, composite.scaling, composite.config()["lora_alpha"]) == (16, 2.0, 32)
    assert composite.widening == 2
    stored = read_stored(content=composite.content())[f"base_model.model.{NAME}.lora_A.weight"]
    assert (stored[4:8] == members[1].modules[NAME].stored_down).all()
    for module in MODULES:
        together = sum(change(one, module) for one in members)
        assert change(read_again(composite), module) == pytest.approx(together, rel=1e-6, abs=1e-9)
        stack = composite.modules[module]
        assert stack.up.astype(float) @ stack.down.astype(float) == pytest.approx(together, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("members", [[(1, 4, 8, 1.0), (2, 4, 4, 1.0)], [(1, 4, 8, 1.0), (2, 4, 8, 0.3)]])
def test_halves_that_are_scaled_apart_are_composed_in_thirty_two_bits(members):
    weighted = [Weighted(adapter=half(seed=s, rank=r, alpha=a), weight=weight) for s, r, a, weight in members]

    composite = compose(members=weighted)

    assert {kind["dtype"] for _, kind in deserialize(composite.content())} == {"F32"}
    assert composite.widening == 1
    for module in MODULES:
        together = sum(one.weight * change(one.adapter, module) for one in weighted)
        assert change(read_again(composite), module) == pytest.approx(together, abs=1e-4)


def test_padding_of_halves_is_zeros():
    composite = compose(members=[Weighted(adapter=half(seed=1, rank=4)), Weighted(adapter=half(seed=2, rank=1))])

    down = read_stored(content=composite.content())[f"base_model.model.{NAME}.lora_A.weight"]

    assert (composite.rank, down.shape[0]) == (8, 8)
    assert not down[5:].any()


def test_what_is_written_is_what_the_library_reads():
    weights = {"b": np.arange(6, dtype=np.float32).reshape(2, 3), "a": np.ones((1, 2), dtype=np.float32)}

    found = load(write_weights(weights=weights))

    assert all((found[name] == weights[name]).all() for name in weights)


def test_numbers_are_an_array_of_their_own():
    found = read_weights(content=content(seed=1))

    assert all(one.flags.writeable for one in found.values())


@pytest.mark.parametrize("bits", [0x7F80, 0xFF80, 0x7FC0])
def test_half_that_is_no_number_is_refused(bits):
    weights = {"w": np.array([[1, bits]], dtype=np.uint16)}

    with pytest.raises(AdapterRefused, match="no number"):
        read_stored(content=write_weights(weights=weights))


def written(header: object, tail: bytes = b"\0" * 8) -> bytes:
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + tail


@pytest.mark.parametrize(
    "header",
    [
        [],
        {"w": 1},
        {"w": {}},
        {"w": {"dtype": "BF16", "shape": [2, 2], "data_offsets": [0, 16]}},
        {"w": {"dtype": "BF16", "shape": [2, 3], "data_offsets": [0, 8]}},
        {"w": {"dtype": "BF16", "shape": [2, 1], "data_offsets": [0, 4]}},
        {"w": {"dtype": "BF16", "shape": [-2, -2], "data_offsets": [0, 8]}},
        {"w": {"dtype": "BF16", "shape": [2, 2], "data_offsets": [8, 0]}},
        {"w": {"dtype": "BF16", "shape": [2, 2.0], "data_offsets": [0, 8]}},
        {"w": {"dtype": "BF16", "shape": [True, 4], "data_offsets": [0, 8]}},
        {"w": {"dtype": "BF16", "shape": 4, "data_offsets": [0, 8]}},
        {"w": {"dtype": "BF16", "shape": [2, 2], "data_offsets": [0]}},
    ],
)
def test_header_that_says_other_sizes_is_refused(header):
    with pytest.raises(AdapterRefused, match="no safetensors file"):
        read_stored(content=written(header))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.binary(max_size=60).map(lambda tail: written({"w": {}}, tail))))
def test_any_bytes_are_read_or_refused(content):
    with suppress(AdapterRefused):
        read_stored(content=content)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 400), st.integers(0, 255))
def test_file_with_one_byte_changed_is_read_or_refused(place, byte):
    whole = bytearray(half_content(seed=1))
    whole[place % len(whole)] = byte

    with suppress(AdapterRefused):
        read_stored(content=bytes(whole))
