"""The product's engine in a process of its own, with the base and the composed adapters that are shipped."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psutil

from agents.backends.base_files import digest_of_base
from agents.backends.local_engine import LocalEngine
from agents.federation.adapter import read_adapter
from agents.federation.composition import Weighted, compose
from agents.federation.generation import ServedAdapter

SHIPPED = Path(__file__).resolve().parents[1] / "training" / "shipped"
INDUSTRY = "industry-retail_media"
RETAILERS = ("retailer-amazon", "retailer-walmart", "retailer-instacart")
BRANDS = ("brand-acme", "brand-globex")
START_SECONDS = 300.0


@contextmanager
def shipped_engine(*, folder: Path) -> Iterator[LocalEngine]:
    """An engine that is ready; it ends with the block."""
    path = folder / "engine.sock"
    command = [sys.executable, "-m", "agents.engine", "--socket", str(path), "--base", str(SHIPPED / "base")]
    engine = subprocess.Popen([*command, "--device", "cpu"])
    try:
        backend, deadline = LocalEngine(path=path), time.monotonic() + START_SECONDS
        while not backend.health().is_ready:
            if engine.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("The engine did not start.")
            time.sleep(0.5)
        yield backend
    finally:
        engine.terminate()
        engine.wait()


def cpu_seconds() -> float:
    """CPU that this process and the engines it started have used: a busy machine's wall time says little."""
    mine = psutil.Process()
    return sum(sum(one.cpu_times()[:2]) for one in (mine, *mine.children(recursive=True)))


def composed(*, members: Sequence[str], folder: Path) -> ServedAdapter:
    """Shipped adapters as one, written where the engine can read it."""
    digest = digest_of_base(folder=SHIPPED / "base")
    adapters = []
    for member in members:
        home = SHIPPED / "adapters" / member
        config = json.loads((home / "adapter_config.json").read_text(encoding="utf-8"))
        content = (home / "adapter_model.safetensors").read_bytes()
        adapters.append(Weighted(adapter=read_adapter(config=config, content=content, base_digest=digest)))
    made = compose(members=adapters)
    content = made.content()
    name = sha256(" ".join(members).encode()).hexdigest()
    home = folder / name
    home.mkdir()
    (home / "adapter_config.json").write_text(json.dumps(made.config()), encoding="utf-8")
    (home / "adapter_model.safetensors").write_bytes(content)
    return ServedAdapter(name=name, folders=(home,), size=len(content), base_digest=digest)


def lattice(*, task: str, folder: Path) -> tuple[ServedAdapter, ...]:
    """A task's adapter with the industry and every retailer and brand: six composites of four."""
    sets = [(INDUSTRY, retailer, brand, f"task-{task}") for retailer in RETAILERS for brand in BRANDS]
    return tuple(composed(members=members, folder=folder) for members in sets)
