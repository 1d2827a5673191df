"""Run one command with the services it needs, and leave nothing behind."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from rmn_site.embedded.errors import EmbeddedError
from rmn_site.embedded.places import default_state_dir
from rmn_site.embedded.services import Services, remove_if_unused, start_services
from rmn_site.embedded.stopping import Stopped, stoppable, stopped_afterwards

EPHEMERAL_PREFIX = "rmn-ephemeral-"
FORGOTTEN_SECONDS = 60.0
GRACE_SECONDS = 20.0


def run_command(*, command: Sequence[str], ephemeral: bool) -> int:
    """Its exit status; 128 + the signal's number when a signal ended it or us."""
    with ExitStack() as stack:
        stack.enter_context(stoppable())
        try:
            services = stack.enter_context(_services(ephemeral=ephemeral))
            return _run_in_own_group(command=command, environment=os.environ | services.environment())
        except Stopped as stopped:
            return 128 + stopped.number


@contextmanager
def _services(*, ephemeral: bool) -> Iterator[Services]:
    database_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if not ephemeral:
        with start_services(state_dir=default_state_dir(), database_url=database_url, redis_url=redis_url) as services:
            yield services
        return
    remove_forgotten(parent=Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=EPHEMERAL_PREFIX, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # the servers' account passes through, and sees nothing
        with start_services(
            state_dir=Path(folder), ephemeral=True, database_url=database_url, redis_url=redis_url
        ) as services:
            yield services


def remove_forgotten(*, parent: Path) -> None:
    """Put away ephemeral services whose starter was killed before it could."""
    for folder in parent.glob(f"{EPHEMERAL_PREFIX}*"):
        with suppress(OSError):
            found = folder.lstat()
            if found.st_uid == os.geteuid() and time.time() - found.st_mtime > FORGOTTEN_SECONDS:
                remove_if_unused(state_dir=folder)


def _run_in_own_group(*, command: Sequence[str], environment: dict[str, str]) -> int:
    process: subprocess.Popen[bytes] | None = None
    try:
        with stopped_afterwards():
            process = _start(command, environment)
        status = process.wait()
        return status if status >= 0 else 128 - status
    except Stopped as stopped:
        if process is not None:
            _signal_group(process.pid, stopped.number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=GRACE_SECONDS)
        raise
    finally:
        if process is not None:
            _signal_group(process.pid, signal.SIGKILL if process.poll() is None else signal.SIGTERM)
            process.wait()


def _start(command: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, env=environment, start_new_session=True)
    except OSError as error:
        raise EmbeddedError(what=f"Cannot run {command[0]}", fix=str(error)) from error


def _signal_group(group: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
