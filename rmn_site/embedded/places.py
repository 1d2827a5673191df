"""Where the servers keep their files: beside the checkout, or outside it when their account cannot enter."""

import hashlib
import os
import shutil
import stat
import tempfile
from pathlib import Path

from rmn_site.embedded.accounts import Account
from rmn_site.embedded.binaries import Program
from rmn_site.embedded.errors import EmbeddedError

ROOT = Path(__file__).resolve().parents[2]


def default_state_dir() -> Path:
    """``RMN_STATE_DIR``, or ``.dev`` in the checkout."""
    return Path(os.environ.get("RMN_STATE_DIR") or ROOT / ".dev").resolve()


def server_folder(*, state_dir: Path, account: Account) -> Path:
    """A folder that the account can enter: in ``state_dir``, or in the persistent temporary folder.

    The outside folder carries a hash of ``state_dir`` in its name, so each checkout has its own, and it is refused
    when somebody else made it first. EmbeddedError then.
    """
    if account.is_self or account.can_enter(state_dir):
        return _own_folder(state_dir / "servers")
    key = hashlib.sha256(str(state_dir).encode()).hexdigest()[:16]
    lasting = Path("/var/tmp")  # noqa: S108 - named by a hash, owner checked, never a predictable file to overwrite
    parent = lasting if lasting.is_dir() else Path(tempfile.gettempdir())
    return _own_folder(parent / f"rmn-{key}")


def _own_folder(folder: Path) -> Path:
    folder.mkdir(mode=0o711, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise EmbeddedError(what="The servers' folder belongs to somebody else", where=str(folder), fix="Remove it.")
    folder.chmod(0o711)
    return folder


def reachable_program(*, program: Program, account: Account, folder: Path) -> Path:
    """The program's path, or that of a copy in ``folder`` when the account cannot run it where it lies."""
    if not program.parts or account.is_self or account.can_run(str(program.path), "--version"):
        return program.path
    key = hashlib.sha256(f"{program.path} {program.path.stat().st_mtime_ns}".encode()).hexdigest()[:16]
    copies = folder / f"programs-{key}"
    if not copies.exists():
        half = folder / f"programs-{key}.{os.getpid()}"
        for part in program.parts:
            _copy(source=program.home / part, target=half / part)
        half.chmod(0o755)
        half.rename(copies)
    return copies / program.path.relative_to(program.home)


def _copy(*, source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
