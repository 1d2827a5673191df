from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from training.fine_tuning.memory import Shape, advice, needed_bytes, what_fits
from training.fine_tuning.specification import Dials

LLAMA_8B = Shape(parameters=8_030_000_000, hidden=4096, layers=32, intermediate=14336, vocabulary=128_256, heads=32)
SMALL = Shape(parameters=1_000_000, hidden=128, layers=4, intermediate=352, vocabulary=4096, heads=4)


def test_quantized_weights_take_a_seventh():
    plain = needed_bytes(shape=LLAMA_8B, dials=Dials(), recipe="sft")
    quantized = needed_bytes(shape=LLAMA_8B, dials=Dials(quantize=True), recipe="sft")

    assert plain - quantized == int(LLAMA_8B.parameters * 4) - int(LLAMA_8B.parameters * 0.57)


@given(
    limit=st.integers(600_000_000, 200_000_000_000),
    batch_size=st.integers(1, 256),
    max_tokens=st.integers(16, 8192),
    recipe=st.sampled_from(["sft", "dpo", "kto", "reward"]),
)
def test_what_is_said_to_fit_fits_and_is_no_larger(limit, batch_size, max_tokens, recipe):
    dials = Dials(batch_size=batch_size, max_tokens=max_tokens)

    fitting = what_fits(shape=SMALL, dials=dials, recipe=recipe, limit=limit)

    if fitting is None:
        least = replace(dials, batch_size=1, max_tokens=min(64, max_tokens), quantize=True)
        assert needed_bytes(shape=SMALL, dials=least, recipe=recipe) > limit
    else:
        assert needed_bytes(shape=SMALL, dials=fitting, recipe=recipe) <= limit
        assert fitting.batch_size <= batch_size
        assert fitting.max_tokens <= max_tokens


def test_advice_names_settings_or_says_that_none_fits():
    dials = Dials(batch_size=64, max_tokens=2048)

    assert "batch_size" in advice(shape=SMALL, dials=dials, recipe="sft", limit=2_000_000_000)
    assert "quantize" in advice(shape=LLAMA_8B, dials=dials, recipe="sft", limit=16_000_000_000)
    assert "smaller base" in advice(shape=LLAMA_8B, dials=dials, recipe="sft", limit=1_000_000_000)
    assert "smaller batch" in advice(shape=SMALL, dials=dials, recipe="sft", limit=None)
