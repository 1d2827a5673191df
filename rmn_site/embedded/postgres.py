"""PostgreSQL of the laptop: its own cluster with checksums and a password, on the loopback interface only."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psycopg

from rmn_site.embedded.binaries import find_postgres, major_version
from rmn_site.embedded.endpoints import Endpoint, save_endpoint
from rmn_site.embedded.errors import EmbeddedError
from rmn_site.embedded.places import reachable_program
from rmn_site.embedded.ports import LOOPBACK
from rmn_site.embedded.server import Server, Site

USER, DATABASE = "postgres", "rmn"
BUILT_IN_LOCALES_SINCE = 17
STATUS_LINE = 7  # of postmaster.pid, counted from 0
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "log_timezone": "UTC",
}
if sys.platform == "linux":  # after a crash: one call for the file system, not one for each of a thousand files
    SETTINGS["recovery_init_sync_method"] = "syncfs"
UNSAFE_BUT_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresServer(Server):
    """The database server of one checkout."""

    name = "postgres"
    stop_signal = signal.SIGINT  # "fast": end sessions, write a checkpoint, leave

    def __init__(self, *, site: Site) -> None:
        super().__init__(site=site)
        self.data = self.home / "data"
        if site.ephemeral:
            self.stop_signal = signal.SIGQUIT  # "immediate": the files are thrown away anyway

    @property
    def url(self) -> str:
        return f"postgres://{USER}:{self.endpoint.password}@{LOOPBACK}:{self.endpoint.port}/{DATABASE}"

    def prepare(self) -> None:
        """Make the cluster once; clear the leavings of a server that was killed (its lock is free, so it is gone)."""
        self._postgres = reachable_program(program=find_postgres(), account=self.site.account, folder=self.site.folder)
        version = major_version(self._postgres)
        if not self.data.exists():
            self._make_cluster(version=version)
        made_by = int((self.data / "PG_VERSION").read_text(encoding="ascii"))
        if made_by != version:
            raise EmbeddedError(
                what=f"The database was made by PostgreSQL {made_by}, but {self._postgres} is version {version}",
                where=str(self.data),
                fix=f"Point RMN_PG_BIN at version {made_by}, or discard the demo's data with `make clean`.",
            )
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _make_cluster(self, *, version: int) -> None:
        """``initdb`` aside, then rename: a start that is killed here leaves no half-made cluster."""
        save_endpoint(path=self._endpoint_path, endpoint=self.endpoint)
        half, password_file = self.home / "data.half", self.home / "password"
        shutil.rmtree(half, ignore_errors=True)
        password_file.write_text(self.endpoint.password, encoding="ascii")
        os.chown(password_file, self.site.account.user_id, self.site.account.group_id)
        try:
            self._run_initdb(half=half, password_file=password_file, version=version)
        finally:
            password_file.unlink()
        half.rename(self.data)

    def _run_initdb(self, *, half: Path, password_file: Path, version: int) -> None:
        locale = ["--locale=C"]
        if version >= BUILT_IN_LOCALES_SINCE:  # letters beyond ASCII fold too, without the ICU the wheel lacks
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options = ["-D", str(half), "-U", USER, "--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8"]
        done = subprocess.run(
            [str(self._postgres.with_name("initdb")), *options, *locale, "--data-checksums"]
            + (["--no-sync"] if self.site.ephemeral else []),
            cwd=self.home,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self.site.account.popen_options(),
        )
        if done.returncode != 0:
            raise EmbeddedError(what="initdb failed", where=str(half), fix=done.stderr.strip()[-600:])

    def command(self, *, endpoint: Endpoint) -> Sequence[str]:
        settings = SETTINGS | {"port": str(endpoint.port)} | (UNSAFE_BUT_QUICK if self.site.ephemeral else {})
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self._postgres), "-D", str(self.data), *options]

    def answers(self) -> bool:
        """Sign in, make sure it is our cluster, and make the database if it is missing."""
        if not self._says_ready():
            return False
        try:
            with psycopg.connect(
                host=LOOPBACK,
                port=self.endpoint.port,
                user=USER,
                password=self.endpoint.password,
                dbname="postgres",
                connect_timeout=2,
                autocommit=True,
            ) as connection:
                row = connection.execute(
                    "SELECT current_setting('data_directory'), EXISTS (SELECT FROM pg_database WHERE datname = %s)",
                    [DATABASE],
                ).fetchone()
                if row is None or Path(row[0]).resolve() != self.data.resolve():
                    return False
                if not row[1]:
                    with suppress(psycopg.errors.DuplicateDatabase):
                        connection.execute(f"CREATE DATABASE {DATABASE}")
                return True
        except psycopg.OperationalError:
            return False

    def _says_ready(self) -> bool:
        """Its own status line; not proof, but asking earlier only fills the log with refusals."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready"
