"""Processes that outlive their starter, known by the lock they hold rather than by a number that may be reused.

A started process inherits an open, locked file. The kernel frees the lock when the process and all its children
are gone, however they ended, so a stale process number is never believed and a living server never overlooked.
"""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rmn_site.embedded.accounts import Account

# The child writes its own number into the lock file (its first standard output) and then becomes the command,
# whose standard output is the log: nothing is lost if the starter dies in between.
_ANNOUNCE_AND_BECOME = 'echo $$; exec "$@" >&2'


ANNOUNCE_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class LockedProcess:
    """One process of a kind (``name``) in one folder: ``<folder>/<name>.lock`` says whether it lives."""

    name: str
    folder: Path

    @property
    def lock_path(self) -> Path:
        return self.folder / f"{self.name}.lock"

    def start(
        self,
        *,
        command: Sequence[str],
        log_path: Path,
        environment: Mapping[str, str],
        work_folder: Path,
        account: Account | None = None,
        standard_input: bytes = b"",
    ) -> subprocess.Popen[bytes]:
        """Start it in a session of its own; BlockingIOError when one of this name lives already."""
        lock = os.open(self.lock_path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(lock, 0)
            log = os.open(log_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            try:
                process = subprocess.Popen(
                    ["/bin/sh", "-c", _ANNOUNCE_AND_BECOME, "sh", *command],
                    stdin=subprocess.PIPE if standard_input else subprocess.DEVNULL,
                    stdout=lock,
                    stderr=log,
                    pass_fds=(lock,),
                    cwd=work_folder,
                    env=dict(environment),
                    start_new_session=True,
                    **(account.popen_options() if account else {}),
                )
            finally:
                os.close(log)
        finally:
            os.close(lock)
        if process.stdin:
            with suppress(BrokenPipeError), process.stdin as pipe:
                pipe.write(standard_input)
        return process

    def is_alive(self) -> bool:
        """Whether the process or any child of it still holds the lock."""
        try:
            lock = os.open(self.lock_path, os.O_RDONLY)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(lock)
        return False

    def process_id(self) -> int | None:
        """Number of the living process, which is also its group's; None when it is gone."""
        if not self.is_alive():
            return None
        written = self.lock_path.read_text(encoding="ascii").strip()
        return int(written) if written else None

    def stop(self, *, by: signal.Signals = signal.SIGTERM, seconds: float = 10.0) -> bool:
        """Ask it to end; after ``seconds`` end its whole group. True when it went of its own accord."""
        wait_until(lambda: self.process_id() is not None or not self.is_alive(), seconds=ANNOUNCE_SECONDS)
        process_id = self.process_id()
        if process_id is None:
            return True
        with suppress(ProcessLookupError):
            os.kill(process_id, by)
        if wait_until(lambda: not self.is_alive(), seconds=seconds):
            return True
        with suppress(ProcessLookupError):
            os.killpg(process_id, signal.SIGKILL)
        wait_until(lambda: not self.is_alive(), seconds=5)
        return False


def wait_until(claim: Callable[[], bool], *, seconds: float, every: float = 0.02) -> bool:
    """Whether the claim came true in time."""
    end = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > end:
            return False
        time.sleep(every)
    return True
