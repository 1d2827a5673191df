"""Adapters composed and served: composing, exactness, tokens a second, mixed batches, and 10 000 mixed-tenant answers.

Run: ``python -m benchmarks.federation [--answers 10000] [--sets 1000] [--large]``. The base is a small
random Llama; the process of the engine is the product's own. Wall times are the machine's: the
load is printed beside.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from agents.backends.base_files import digest_of_base
from agents.backends.local_engine import LocalEngine
from agents.federation.adapter import read_adapter
from agents.federation.composition import Weighted, compose
from agents.federation.generation import BASE_ALONE, Sampling, ServedAdapter
from agents.tests.engine.asking import ask, served
from agents.tests.engine.tiny_base import adapter_config, adapter_content, write_base

LARGE_SETS, ROWS, PEOPLE = 20, 8, 32
LLAMA_8B = {"hidden": 4096, "kv": 1024, "inner": 14336, "layers": 32}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--sets", type=int, default=1_000)
    parser.add_argument("--large", action="store_true", help="also compose true Llama-3.1-8B shapes (5 GB of memory)")
    parser.add_argument("--only", choices=["compose", "exact", "serve", "large"])
    given = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="rmn-bench-") as name:
        folder = Path(name)
        base = write_base(folder=folder / "base")
        if given.only in (None, "compose"):
            _compose_tiny()
        if given.only in (None, "exact"):
            _exactness(base, folder, sets=given.sets)
        if given.only in (None, "serve"):
            _serve(base, folder, answers=given.answers)
        if given.large or given.only == "large":
            _compose_large(folder)


def _compose_tiny() -> None:
    members = [(adapter_config(rank=16), adapter_content(seed=seed, rank=16)) for seed in range(4)]

    def cold() -> None:
        read = [read_adapter(config=config, content=content, base_digest="b") for config, content in members]
        compose(members=[Weighted(adapter=one) for one in read]).content()

    _print_times("compose 4 × r16 from bytes to bytes (limit 100 ms)", _times(cold, runs=50), limit=100)


def _exactness(base: Path, folder: Path, *, sets: int) -> None:
    """Logits of a composite against its four members active together, in a process of its own."""
    code = "from benchmarks.federation_exactness import main; main()"
    subprocess.run([sys.executable, "-c", code, str(base), str(folder), str(sets)], check=True)


def _serve(base: Path, folder: Path, *, answers: int) -> None:
    digest = digest_of_base(folder=base)
    adapters = [served(folder=folder, seed=seed, base_digest=digest) for seed in range(24)]
    path = folder / "engine.sock"
    command = [sys.executable, "-m", "agents.engine", "--socket", str(path), "--base", str(base), "--device", "cpu"]
    engine = subprocess.Popen([*command, "--cache-bytes", str(sum(one.size for one in adapters[:12]))])
    backend = LocalEngine(path=path)
    try:
        while not backend.health().is_ready:
            time.sleep(0.2)
        _tokens(backend, adapters[:ROWS])
        _isolation(backend, adapters, answers=answers)
    finally:
        engine.terminate()
        engine.wait()


def _tokens(backend: LocalEngine, adapters: list[ServedAdapter]) -> None:
    def write(one: ServedAdapter) -> int:
        bounds = Sampling(max_tokens=64, seconds=120)
        return ask(backend, of=one, schema=None, sampling=bounds).usage.completion_tokens

    for one in adapters:
        backend.ensure(composite=one)
    started = time.perf_counter()
    alone = sum(write(one) for one in adapters * 4) / (time.perf_counter() - started)
    with ThreadPoolExecutor(ROWS * 2) as people:
        started = time.perf_counter()
        mixed = sum(people.map(write, adapters * 4)) / (time.perf_counter() - started)
    print(f"tokens/s one by one {alone:,.0f}, mixed batches of {ROWS} adapters {mixed:,.0f}: {mixed / alone:.1f}×")


def _isolation(backend: LocalEngine, adapters: list[ServedAdapter], *, answers: int) -> None:
    """Every answer is compared with what each adapter answers when it is asked alone."""
    everyone = [BASE_ALONE, *adapters]
    alone = {one.name: ask(backend, of=one).text for one in everyone}
    if len(set(alone.values())) < len(everyone):
        print("some adapters answer alike: the comparison could not tell them apart")
    rng = np.random.default_rng(1)
    asked = [everyone[place] for place in rng.integers(len(everyone), size=answers)]
    started = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as people:
        found = list(people.map(lambda one: ask(backend, of=one), asked))
    seconds = time.perf_counter() - started
    pairs = list(zip(asked, found, strict=True))
    foreign = sum(answer.digest != one.name or answer.text in _others(alone, one.name) for one, answer in pairs)
    other = sum(answer.text != alone[one.name] for one, answer in pairs)
    print(
        f"{answers:,} answers of {len(everyone)} adapters by {PEOPLE} at once in {seconds:.0f} s: {foreign} of "
        f"another's adapter, {other} that differ at all; {len(backend.health().loaded)} held within the cache"
    )


def _others(alone: dict[str, str], name: str) -> set[str]:
    return {text for other, text in alone.items() if other != name}


def _compose_large(folder: Path) -> None:
    """Llama-3.1-8B, r = 16, attention and MLP: four files in, one file out."""
    paths = [_write_large(folder / f"large-{number}", seed=number) for number in range(4)]
    config = {"peft_type": "LORA", "r": 16, "lora_alpha": 32}

    def cold() -> None:
        read = [read_adapter(config=config, content=path.read_bytes(), base_digest="b") for path in paths]
        made = compose(members=[Weighted(adapter=one) for one in read])
        with (folder / "composite").open("wb") as file:
            file.writelines(made.parts())

    _print_times(
        "compose 4 × r16 of 8 B shapes by files (p95 limit 1 000 ms)", _times(cold, runs=LARGE_SETS), limit=1000
    )


def _write_large(path: Path, *, seed: int) -> Path:
    """As trainers write: bfloat16."""
    hidden, kv, inner = LLAMA_8B["hidden"], LLAMA_8B["kv"], LLAMA_8B["inner"]
    shapes = {
        "self_attn.q_proj": (hidden, hidden), "self_attn.k_proj": (hidden, kv), "self_attn.v_proj": (hidden, kv),
        "self_attn.o_proj": (hidden, hidden), "mlp.gate_proj": (hidden, inner), "mlp.up_proj": (hidden, inner),
        "mlp.down_proj": (inner, hidden),
    }  # fmt: skip
    rng, header, parts, at = np.random.default_rng(seed), {}, [], 0
    for layer in range(LLAMA_8B["layers"]):
        for name, (ins, outs) in shapes.items():
            for factor, shape in (("A", (16, ins)), ("B", (outs, 16))):
                octets = (rng.normal(size=shape).astype(np.float32).view(np.uint32) >> 16).astype(np.uint16).tobytes()
                key = f"base_model.model.model.layers.{layer}.{name}.lora_{factor}.weight"
                header[key] = {"dtype": "BF16", "shape": list(shape), "data_offsets": [at, at + len(octets)]}
                parts.append(octets)
                at += len(octets)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(parts))
    return path


def _times(work: Callable[[], None], *, runs: int) -> list[tuple[float, float]]:
    """Milliseconds on the wall and of this process's own computing, a pair a run."""
    work()
    found = []
    for _ in range(runs):
        started, computed = time.perf_counter(), time.process_time()
        work()
        found.append(((time.perf_counter() - started) * 1000, (time.process_time() - computed) * 1000))
    return found


def _print_times(what: str, times: list[tuple[float, float]], *, limit: float) -> None:
    wall, own = (sorted(one) for one in zip(*times, strict=True))
    last = int(len(times) * 0.95) - 1
    print(
        f"{what}: median {statistics.median(wall):.1f} ms, p95 {wall[last]:.1f} ms, {wall[last] / limit:.2f} of limit"
    )
    print(f"  of it computed: median {statistics.median(own):.1f} ms, p95 {own[last]:.1f} ms (else it waited)")


if __name__ == "__main__":
    main()
