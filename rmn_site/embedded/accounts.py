"""Whom the servers run as: PostgreSQL refuses root, so root lends them an unprivileged account."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rmn_site.embedded.errors import EmbeddedError

CANDIDATES = ("nobody", "postgres", "daemon", "www-data")


@dataclass(frozen=True, kw_only=True)
class Account:
    """An operating-system account; ``is_self`` when it is the one we run as anyway."""

    name: str
    user_id: int
    group_id: int
    is_self: bool

    def popen_options(self) -> dict[str, Any]:
        """Options of ``subprocess`` that drop from root to this account."""
        if self.is_self:
            return {}
        return {"user": self.user_id, "group": self.group_id, "extra_groups": []}

    def can_run(self, *command: str) -> bool:
        """Whether this account can run the command to a good end."""
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, cwd="/", check=False, **self.popen_options()
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return done.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        """Whether this account can step into the folder."""
        return self.can_run("/bin/sh", "-c", 'cd "$1"', "sh", str(folder))

    def give_folder(self, folder: Path) -> None:
        """Make the folder if it is missing, this account's own and closed to others."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if not self.is_self:
            os.chown(folder, self.user_id, self.group_id)


def server_account() -> Account:
    """Ourselves, or as root the first of CANDIDATES that can run anything; EmbeddedError when none can."""
    if os.geteuid() != 0:
        return Account(name="", user_id=os.geteuid(), group_id=os.getegid(), is_self=True)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        account = Account(name=name, user_id=entry.pw_uid, group_id=entry.pw_gid, is_self=False)
        if account.user_id != 0 and account.can_run("/bin/sh", "-c", ":"):
            return account
    raise EmbeddedError(
        what="PostgreSQL refuses to run as root and no unprivileged account can be used",
        where=", ".join(CANDIDATES),
        fix="Run as a plain user, or set DATABASE_URL and REDIS_URL.",
    )
