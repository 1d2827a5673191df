"""The demo's supervisor: services, migrations, seed, portal, worker, relay and engine, in one terminal until Ctrl-C."""

import fcntl
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from rmn_site.embedded.children import Child, demo_children
from rmn_site.embedded.errors import EmbeddedError
from rmn_site.embedded.locked_process import LockedProcess
from rmn_site.embedded.places import ROOT
from rmn_site.embedded.ports import LOOPBACK, free_port
from rmn_site.embedded.services import Services, start_services
from rmn_site.embedded.stopping import Stopped, stoppable

READY_SECONDS = 120.0
SUPERVISOR = "supervisor"


def serve(*, port: int, state_dir: Path, ready_file: Path | None) -> int:
    """Serve until a signal asks to stop; 0 then. ``port`` 0 is any free one, a taken one is replaced.

    Raises:
        EmbeddedError: the demo of this folder runs already, or a part of it does not start.
    """
    started = time.monotonic()
    (state_dir / "logs").mkdir(parents=True, exist_ok=True)
    with stoppable():
        try:
            with _only_supervisor(state_dir=state_dir), _services(state_dir=state_dir) as services:
                _serve(port=port, state_dir=state_dir, ready_file=ready_file, services=services, started=started)
        except Stopped:
            _say("Stopped.")
    return 0


def _serve(*, port: int, state_dir: Path, ready_file: Path | None, services: Services, started: float) -> None:
    chosen = free_port(wanted=port)
    if port and chosen != port:
        _say(f"Port {port} is taken; using {chosen}.")
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "rmn_site.settings.development", "PYTHONUNBUFFERED": "1"}
    environment |= services.environment()
    children = demo_children(port=chosen, environment=environment, folder=state_dir)
    web, worker, relay, engine, trainer = children
    try:
        _manage("prepare_site", environment=environment)
        web.start()  # it wakes while the seed is checked; worker and relay wait, so the seed's work is its own
        sign_in = _manage("seed_demo", environment=environment).get("sign_in", {})
        worker.start()
        relay.start()
        _wait_until_ready(port=chosen, web=web)
        ready = {"url": f"http://localhost:{chosen}/", "sign_in": sign_in, **_addresses(services)}
        _announce(ready=ready, seconds=time.monotonic() - started, ready_file=ready_file)
        engine.start()  # loading a model runtime takes its time; until then answers are rules' own, and say so
        trainer.start()
        _keep(services=services, children=children)
    except Stopped:
        _say("Stopping …")
        raise
    finally:
        for child in (web, relay, worker, engine, trainer):
            child.stop()
        if ready_file:
            ready_file.unlink(missing_ok=True)


def _keep(*, services: Services, children: Sequence[Child]) -> None:
    while True:
        for name in services.revive():
            _say(f"{name} was gone; started again on the same port.")
        for child in children:
            child.keep(say=_say)
        time.sleep(0.2)


@contextmanager
def _services(*, state_dir: Path) -> Iterator[Services]:
    database_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    with start_services(state_dir=state_dir, database_url=database_url, redis_url=redis_url) as services:
        yield services


@contextmanager
def _only_supervisor(*, state_dir: Path) -> Iterator[None]:
    """Hold the folder's supervisor lock; EmbeddedError when another demo holds it."""
    supervisor = LockedProcess(name=SUPERVISOR, folder=state_dir)
    lock = os.open(supervisor.lock_path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(lock, 0)
        os.write(lock, str(os.getpid()).encode())
        yield
    except BlockingIOError:
        raise EmbeddedError(
            what=f"The demo runs already, as process {supervisor.process_id()}",
            where=str(state_dir),
            fix="Stop it with Ctrl-C there, or with `python -m rmn_site.embedded stop`.",
        ) from None
    finally:
        os.close(lock)


def _manage(command: str, *, environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "manage.py", command, "--json"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise EmbeddedError(what=f"manage.py {command} failed:\n{(done.stdout + done.stderr)[-3000:].strip()}")
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def _wait_until_ready(*, port: int, web: Child) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        if web.has_ended():
            raise EmbeddedError(what=f"The portal ended at its start:\n{web.log_tail()}", where=str(web.log_path))
        with suppress(OSError), urllib.request.urlopen(f"http://{LOOPBACK}:{port}/readyz", timeout=5):
            return
        time.sleep(0.05)
    raise EmbeddedError(what=f"The portal was not ready in {READY_SECONDS:.0f} s", where=str(web.log_path))


def _addresses(services: Services) -> dict[str, str]:
    return {"database_url": services.database_url, "redis_url": services.redis_url}


def _announce(*, ready: dict[str, Any], seconds: float, ready_file: Path | None) -> None:
    if ready_file:
        half = ready_file.with_name(f"{ready_file.name}.half")
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(ready | {"seconds": round(seconds, 2)}, file)
        half.rename(ready_file)
    _say(f"READY {ready['url']} in {seconds:.1f} s")
    if sign_in := ready["sign_in"]:
        _say(f"Sign in as {sign_in['email']} with password {sign_in['password']} — Ctrl-C stops everything")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
