"""The demo's own processes: portal, worker, relay and engine, each started again when it ends by itself."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rmn_site.embedded.locked_process import LockedProcess
from rmn_site.embedded.places import ROOT
from rmn_site.embedded.ports import LOOPBACK

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STABLE_SECONDS = 20.0
STOP_SECONDS = 10.0


@dataclass(kw_only=True)
class Child:
    """One process under supervision; ``pause`` seconds pass before the next start after a crash."""

    process: LockedProcess
    command: Sequence[str]
    environment: Mapping[str, str]
    log_path: Path
    pause: float = FIRST_PAUSE
    running: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0

    @property
    def name(self) -> str:
        return self.process.name

    def start(self) -> None:
        """Start it; one left over from a supervisor that was killed is ended first."""
        self.process.stop(seconds=STOP_SECONDS)
        self.running = self.process.start(
            command=[sys.executable, *self.command],
            log_path=self.log_path,
            environment=self.environment,
            work_folder=ROOT,
        )
        self.started_at = time.monotonic()

    def has_ended(self) -> bool:
        return self.running is not None and self.running.poll() is not None

    def keep(self, *, say: Callable[[str], None]) -> None:
        """Start it again after a pause that doubles while it keeps ending early."""
        if self.running is None:
            if time.monotonic() >= self.due_at:
                self.start()
            return
        status = self.running.poll()
        if status is None:
            return
        lived = time.monotonic() - self.started_at
        self.pause = FIRST_PAUSE if lived > STABLE_SECONDS else min(LONGEST_PAUSE, self.pause * 2)
        self.running, self.due_at = None, time.monotonic() + self.pause
        say(f"{self.name} ended ({_how(status)}); starting it again in {self.pause:.0f} s, see {self.log_path}")

    def stop(self) -> None:
        self.process.stop(by=signal.SIGTERM, seconds=STOP_SECONDS)
        if self.running:
            self.running.wait()

    def log_tail(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace")[-2000:].strip()


def demo_children(
    *, port: int, environment: Mapping[str, str], folder: Path
) -> tuple[Child, Child, Child, Child, Child]:
    """Portal, worker, relay, engine and trainer, not yet started; locks in ``folder``, logs in ``folder/logs``."""
    commands = {
        "web": f"-m gunicorn rmn_site.wsgi:application --bind {LOOPBACK}:{port} --worker-class gthread --threads 8 "
        "--timeout 120 --graceful-timeout 5 --log-level warning --no-control-socket",
        "worker": "-m celery -A rmn_site worker -Q web,harmonize,optimize --concurrency 2 --prefetch-multiplier 1 "
        "--loglevel WARNING --without-gossip --without-mingle",
        "relay": "manage.py run_relay",
        "engine": "manage.py run_engine",
        "trainer": "-m celery -A rmn_site worker -Q train --pool solo --prefetch-multiplier 1 "
        "--loglevel WARNING --without-gossip --without-mingle",
    }
    web, worker, relay, engine, trainer = (
        Child(
            process=LockedProcess(name=name, folder=folder),
            command=command.split(),
            environment=environment,
            log_path=folder / "logs" / f"{name}.log",
        )
        for name, command in commands.items()
    )
    return web, worker, relay, engine, trainer


def _how(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
