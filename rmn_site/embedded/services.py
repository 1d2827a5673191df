"""Start the database and the broker that the environment does not name; the last user of a folder stops them."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from rmn_site.embedded.accounts import server_account
from rmn_site.embedded.broker import BrokerServer
from rmn_site.embedded.places import server_folder
from rmn_site.embedded.postgres import PostgresServer
from rmn_site.embedded.server import Server, Site


@dataclass(kw_only=True)
class Services:
    """Running services. A context manager: leaving it is ``stop()``.

    Attributes:
        database_url, redis_url: what DATABASE_URL and REDIS_URL should be.
        started: False when nothing had to be started (named by the environment, or shared with a living start).
    """

    database_url: str
    redis_url: str
    started: bool = False
    _servers: tuple[Server, ...] = ()
    _folder: Path | None = None
    _ephemeral: bool = False
    _use: int | None = field(default=None, repr=False)

    def environment(self) -> dict[str, str]:
        """The two variables for a child process."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}

    def revive(self) -> list[str]:
        """Start again, on the same port, each server that died; their names. EmbeddedError when one cannot."""
        dead = [server for server in self._servers if not server.process.is_alive()]
        if dead and self._folder:
            with _turn(self._folder):
                for server in dead:
                    server.restart()
        return [server.name for server in dead]

    def stop(self) -> None:
        """Stop the servers unless another process uses them too; calling it twice is harmless."""
        if self._use is None or self._folder is None:
            return
        with _turn(self._folder):
            if _is_last_user(self._use):
                for server in reversed(self._servers):
                    server.stop()
                if self._ephemeral:
                    shutil.rmtree(self._folder, ignore_errors=True)
            os.close(self._use)
            self._use = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.stop()


def start_services(
    *, state_dir: Path, ephemeral: bool = False, database_url: str = "", redis_url: str = ""
) -> Services:
    """Serve what is not named, from ``state_dir``; processes that share a ``state_dir`` share the servers.

    Args:
        state_dir: made if missing; keep it for the same data at the next start.
        ephemeral: quick and without safety against power loss; the data is removed at the end.
        database_url, redis_url: services that exist already and are left alone.

    Raises:
        EmbeddedError: a program is missing, or a server does not start or answer.
    """
    wanted = [kind for kind, url in ((PostgresServer, database_url), (BrokerServer, redis_url)) if not url]
    if not wanted:
        return Services(database_url=database_url, redis_url=redis_url)
    state_dir.mkdir(parents=True, exist_ok=True)
    account = server_account()
    folder = server_folder(state_dir=state_dir.resolve(), account=account)
    site = Site(folder=folder, account=account, ephemeral=ephemeral)
    use = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    services = Services(database_url=database_url, redis_url=redis_url, _folder=folder, _ephemeral=ephemeral, _use=use)
    try:
        with _turn(folder):
            fcntl.flock(use, fcntl.LOCK_SH)
            services._servers = tuple(kind(site=site) for kind in wanted)
            for server in services._servers:
                services.started |= server.start()
    except BaseException:
        services.stop()
        raise
    for server in services._servers:
        if isinstance(server, PostgresServer):
            services.database_url = server.url
        else:
            services.redis_url = server.url
    return services


def stop_leftovers(*, state_dir: Path) -> tuple[str, ...]:
    """Stop the servers of ``state_dir`` whoever uses them; names of those that were alive."""
    account = server_account()
    folder = server_folder(state_dir=state_dir.resolve(), account=account)
    site = Site(folder=folder, account=account, ephemeral=False)
    with _turn(folder):
        living = [s for s in (BrokerServer(site=site), PostgresServer(site=site)) if s.process.is_alive()]
        for server in living:
            server.stop()
    return tuple(server.name for server in living)


def remove_if_unused(*, state_dir: Path) -> bool:
    """Stop the servers of ``state_dir`` and remove it, unless a process uses them; whether it was removed."""
    folder = server_folder(state_dir=state_dir.resolve(), account=server_account())
    use = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _is_last_user(use):
            return False
    finally:
        os.close(use)
    stop_leftovers(state_dir=state_dir)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(state_dir, ignore_errors=True)
    return True


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """One start or stop at a time."""
    lock = os.open(folder / "turn.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _is_last_user(use: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
