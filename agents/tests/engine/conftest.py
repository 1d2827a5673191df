"""One engine process for all its tests, with a random base; torch is loaded there and not here."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from agents.backends.base_files import digest_of_base
from agents.backends.local_engine import LocalEngine
from agents.tests.engine.asking import served
from agents.tests.engine.tiny_base import write_base

START_SECONDS = 240
ROOM_FOR = 5


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory) -> Path:
    return write_base(folder=tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="session")
def tiny_adapters(tiny_base, tmp_path_factory):
    digest, home = digest_of_base(folder=tiny_base), tmp_path_factory.mktemp("adapters")
    return [served(folder=home, seed=seed, base_digest=digest) for seed in range(8)]


class EngineProcess:
    """A real engine on a socket of its own."""

    def __init__(self, *, base: Path, cache_bytes: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="rmn-engine-"))
        self.socket = self.folder / "engine.sock"
        self._command = [sys.executable, "-m", "agents.engine", "--socket", str(self.socket), "--base", str(base)]
        self._command += ["--device", "cpu", "--cache-bytes", str(cache_bytes)]
        self.backend = LocalEngine(path=self.socket)
        self.start()

    def start(self) -> None:
        environment = os.environ | {"OMP_NUM_THREADS": "1"}
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self._command, env=environment, stdout=log, stderr=log)

    def wait(self, *, ready: bool = True) -> None:
        end = time.monotonic() + START_SECONDS
        while self.backend.health().is_ready is not ready or not (ready or self.socket.exists()):
            assert self.process.poll() is None, (self.folder / "log").read_text()[-2000:]
            assert time.monotonic() < end
            time.sleep(0.1)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)

    def remove(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder)


@pytest.fixture(scope="session")
def engine(tiny_base, tiny_adapters):
    process = EngineProcess(base=tiny_base, cache_bytes=ROOM_FOR * tiny_adapters[0].size)
    process.wait()
    yield process
    process.remove()


@pytest.fixture(scope="session")
def backend(engine) -> LocalEngine:
    return engine.backend
