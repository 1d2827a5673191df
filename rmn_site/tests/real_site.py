"""A database of its own with committed rows, a real broker, and real worker processes, for tests that kill things."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUEUES = "web,harmonize,optimize,train"


@dataclass(kw_only=True)
class RealSite:
    """What a test needs to run the product's own processes beside itself."""

    database_url: str
    redis_url: str
    data_dir: Path
    variables: dict[str, str] = field(default_factory=dict)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        return (
            os.environ
            | self.variables
            | {
                "DATABASE_URL": self.database_url,
                "REDIS_URL": self.redis_url,
                "DATA_DIR": str(self.data_dir),
                "DJANGO_SETTINGS_MODULE": "rmn_site.settings.development",
                "OPERATION_LEASE_SECONDS": "2",
                "OPERATION_REDELIVERY_SECONDS": "3",
                "LOG_LEVEL": "WARNING",
            }
        )

    def start_worker(self) -> subprocess.Popen[bytes]:
        options = ["-Q", QUEUES, "--concurrency", "1", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
        return self._start("-m", "celery", "-A", "rmn_site", "worker", *options)

    def relay_once(self) -> int:
        """One round of the relay, to its end, in which nothing counts as lost however slow the machine; its status."""
        command = [sys.executable, "manage.py", "run_relay", "--once"]
        environment = self.environment() | {"OPERATION_REDELIVERY_SECONDS": "600"}
        return subprocess.run(command, cwd=ROOT, env=environment, check=False, timeout=60).returncode

    def start_relay(self) -> subprocess.Popen[bytes]:
        return self._start("manage.py", "run_relay")

    def start_web(self, *, port: int) -> subprocess.Popen[bytes]:
        options = ["--worker-class", "gthread", "--threads", "8", "--log-level", "warning"]
        return self._start("-m", "gunicorn", "rmn_site.wsgi:application", "--bind", f"127.0.0.1:{port}", *options)

    @staticmethod
    def is_ready(*, port: int) -> bool:
        """Whether the web server and all it needs answer."""
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
            return True
        return False

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=self.environment(), start_new_session=True)
        self.processes.append(process)
        return process

    @staticmethod
    def kill_dead(process: subprocess.Popen[bytes]) -> None:
        """SIGKILL to the process and its children at once: no clean-up of any kind."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                self.kill_dead(process)


def wait_until(claim: Callable[[], bool], *, seconds: float, every: float = 0.02) -> None:
    """Poll until the claim holds; AssertionError when it does not in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if claim():
            return
        time.sleep(every)
    raise AssertionError(f"did not become true in {seconds} s")


@contextmanager
def stopping(site: RealSite) -> Iterator[RealSite]:
    try:
        yield site
    finally:
        site.stop()
