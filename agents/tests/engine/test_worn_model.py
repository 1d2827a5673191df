"""What the model wears, in this process: sums are exact, and without the lock answers are somebody else's."""

import json
import sys
import time
from contextlib import nullcontext
from threading import Barrier, Thread

import numpy as np
import pytest
import torch

from agents.engine.worn_model import WornModel
from agents.federation.adapter import read_adapter
from agents.federation.composition import Weighted, compose
from agents.federation.generation import Message, Request, Sampling
from agents.services.adapter_files import write_once
from agents.tests.engine.asking import LETTERS, served
from agents.tests.engine.tiny_base import adapter_config, adapter_content

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def model(tiny_base) -> WornModel:
    torch.set_num_threads(1)
    return WornModel(folder=tiny_base, device="cpu", cache_bytes=64 << 20)


@pytest.fixture(scope="module")
def adapters(model, tmp_path_factory):
    home = tmp_path_factory.mktemp("worn")
    return [served(folder=home, seed=seed, base_digest=model.base_digest) for seed in range(4)]


def answer(model, adapter, text="Plan") -> str:
    request = Request(
        messages=(Message(role="user", content=text),),
        json_schema=LETTERS,
        composite=adapter,
        sampling=Sampling(max_tokens=16),
    )
    row, prompt = model.begin(request=request, deadline=time.monotonic() + 60)
    model.generate(rows=[row], prompts=[prompt])
    return model.text(row)


def race(model, adapters, *, rounds: int) -> int:
    """How many answers were not those of the adapter that was asked, with a thread an adapter."""
    alone = [answer(model, one) for one in adapters]
    wrong, start = [], Barrier(len(adapters))

    def ask(place):
        start.wait()
        for _ in range(rounds):
            try:
                wrong.append(answer(model, adapters[place]) != alone[place])
            except Exception:
                wrong.append(True)

    threads = [Thread(target=ask, args=(place,)) for place in range(len(adapters))]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    return sum(wrong)


def test_threads_get_the_answers_of_their_own_adapters(model, adapters):
    assert race(model, adapters, rounds=10) == 0


def test_without_the_lock_they_do_not(model, adapters, monkeypatch):
    """The lock is what keeps tenants apart here: taken out, the test above would fail."""
    monkeypatch.setattr(model, "turn", nullcontext())

    assert race(model, adapters, rounds=10) > 0


@pytest.mark.parametrize("seed", range(3))
def test_composite_does_what_its_members_do_together(model, tmp_path, seed):
    members = [
        read_adapter(
            config=adapter_config(), content=adapter_content(seed=10 * seed + place, strength=0.05), base_digest="b"
        )
        for place in range(4)
    ]
    composite = compose(members=[Weighted(adapter=one) for one in members])
    parts = [compose(members=[Weighted(adapter=one)]) for one in members]
    for name, one in {"whole": composite, **{f"part{place}": one for place, one in enumerate(parts)}}.items():
        write_once(path=tmp_path / name / "adapter_config.json", content=json.dumps(one.config()).encode())
        write_once(path=tmp_path / name / "adapter_model.safetensors", content=one.content())
        model._put_on(f"{name}-{seed}", tmp_path / name)
    ids = torch.tensor([np.random.default_rng(seed).integers(2, 250, size=40).tolist()])

    whole = logits(model, [f"whole-{seed}"], ids)
    together = logits(model, [f"part{place}-{seed}" for place in range(4)], ids)
    bare = logits(model, ["nobody"], ids)

    assert (whole - together).abs().max() <= 1e-5
    assert (whole - bare).abs().max() > 0.1


def logits(model, names, ids):
    model.model.base_model.set_adapter(names)
    model._settle()
    with torch.inference_mode():
        found = model.model(ids).logits
    model.model.base_model.set_adapter("nobody")
    model._settle()
    return found


def test_nothing_worn_is_in_training(model, adapters):
    for one in adapters:
        model.ensure(one)

    assert not any(module.training for module in model.model.modules())
    assert not any(parameter.requires_grad for parameter in model.model.parameters())


def test_adapter_that_was_put_out_is_gone_from_memory(model, adapters):
    model.ensure(adapters[0])

    model.evict(adapters[0].name)

    assert not any(adapters[0].name in name for name, _ in model.model.named_parameters())
    assert answer(model, adapters[0])
