"""What is read as an adapter, and what is refused."""

import pickle

import numpy as np
import pytest
from safetensors.numpy import save

from agents.federation.adapter import read_adapter
from agents.federation.refusal import AdapterRefused
from agents.federation.tensors import read_weights, write_weights
from agents.tests.federation.adapters import BASE, adapter, config, content


def read(*, of: bytes | None = None, **changed):
    return read_adapter(config=config(**changed), content=of or content(seed=1), base_digest=BASE)


def test_scaling_is_alpha_over_rank():
    assert adapter(seed=1, rank=4).scaling == 2.0


def test_rank_stabilised_scaling_is_alpha_over_the_root():
    assert adapter(seed=1, rank=16, use_rslora=True).scaling == 8.0


def test_names_with_the_default_adapter_are_read_too():
    weights = {
        name.replace(".weight", ".default.weight"): array
        for name, array in read_weights(content=content(seed=1)).items()
    }

    assert len(read(of=write_weights(weights=weights)).modules) == 2


def test_bfloat16_is_read():
    values = np.array([[1.5, -2.0], [0.25, 1024.0]], dtype=np.float32)
    halves = (values.view(np.uint32) >> 16).astype(np.uint16)
    header = b'{"w":{"dtype":"BF16","shape":[2,2],"data_offsets":[0,8]}}'
    header += b" " * (-len(header) % 8)

    found = read_weights(content=len(header).to_bytes(8, "little") + header + halves.tobytes())

    assert (found["w"] == values).all()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("peft_type", "IA3"),
        ("use_dora", True),
        ("modules_to_save", ["lm_head"]),
        ("rank_pattern", {"q_proj": 8}),
        ("alpha_pattern", {"q_proj": 8}),
        ("trainable_token_indices", [1]),
        ("bias", "all"),
        ("init_lora_weights", "pissa_niter_4"),
        ("r", 0),
        ("r", 100_000),
        ("lora_alpha", None),
    ],
)
def test_what_is_not_exact_is_refused(name, value):
    with pytest.raises(AdapterRefused) as refused:
        read(of=content(seed=1), **({"rank": 4} | {name: value}))

    assert refused.value.where in {name, "r"}


@pytest.mark.parametrize("of", [b"", b"not weights", pickle.dumps({"w": [1, 2]}), content(seed=1)[:-40]])
def test_bytes_that_are_no_safetensors_are_refused(of):
    with pytest.raises(AdapterRefused, match="safetensors"):
        read(of=of or b"\x00")


def test_factor_without_its_partner_is_refused():
    weights = dict(read_weights(content=content(seed=1)))
    weights.pop(next(name for name in weights if "lora_B" in name))

    with pytest.raises(AdapterRefused, match="fit each other"):
        read(of=write_weights(weights=weights))


def test_tensor_that_is_no_factor_is_refused():
    weights = read_weights(content=content(seed=1)) | {"base_model.model.lm_head.weight": np.ones((2, 2), np.float32)}

    with pytest.raises(AdapterRefused) as refused:
        read(of=write_weights(weights=weights))

    assert refused.value.where == "base_model.model.lm_head.weight"


def test_weight_that_is_no_number_is_refused():
    weights = dict(read_weights(content=content(seed=1)))
    name = next(iter(weights))
    weights[name] = np.full_like(weights[name], np.nan)

    with pytest.raises(AdapterRefused, match="no number"):
        read(of=write_weights(weights=weights))


def test_tensor_of_whole_numbers_is_refused():
    with pytest.raises(AdapterRefused, match="another kind"):
        read(of=save({"base_model.model.q.lora_A.weight": np.ones((4, 4), dtype=np.int64)}))
