"""The demo under test: started as ``make demo`` starts it, in a folder and on ports of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rmn_site.embedded.put_away import forget_everything
from rmn_site.smoke.steps import SmokeFailed

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 240
PASSWORD = "a-passphrase-for-smoke-only"


@dataclass(frozen=True, kw_only=True)
class Demo:
    """A running demo and the environment in which its management commands run."""

    url: str
    environment: dict[str, str]
    folder: Path
    seconds_to_ready: float

    def manage(self, *command: str) -> dict[str, Any]:
        """Run one management command with ``--json``; its answer."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command, "--json"],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise SmokeFailed(step=f"manage.py {command[0]}", reason=(done.stdout + done.stderr)[-600:])
        return json.loads(done.stdout.strip().splitlines()[-1])


@contextmanager
def running_demo(*, folder: Path) -> Iterator[Demo]:
    """Serve on a free port with state below ``folder``; at the end all it started has stopped and is removed."""
    ready_file, log = folder / "ready.json", folder / "serve.log"
    environment = os.environ | {"RMN_STATE_DIR": str(folder / "state"), "DATA_DIR": str(folder / "data")}
    started = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "rmn_site.embedded", "serve", "--port", "0", "--ready-file", str(ready_file)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            ready = _wait_for(ready_file=ready_file, process=process, log=log)
            yield Demo(
                url=ready["url"].rstrip("/"),
                environment=environment | {"DATABASE_URL": ready["database_url"], "REDIS_URL": ready["redis_url"]},
                folder=folder,
                seconds_to_ready=round(time.monotonic() - started, 2),
            )
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
            forget_everything(state_dir=folder / "state")  # the servers' files may lie outside the folder


def _wait_for(*, ready_file: Path, process: subprocess.Popen[bytes], log: Path) -> dict[str, Any]:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        if ready_file.exists():
            return json.loads(ready_file.read_text(encoding="utf-8"))
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SmokeFailed(step="start the demo", reason=log.read_text(encoding="utf-8", errors="replace")[-1500:])
