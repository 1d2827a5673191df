"""Start a recipe or the harness in a process of its own: torch never enters the caller, and memory is given back."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LAST_LINES = 3
STANDARD_ERROR = 2


class JobFailed(Exception):
    """The process ended badly.

    Attributes:
        title, detail, where: what happened, its last words, which recipe.
    """

    def __init__(self, title: str, detail: str, where: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where = title, detail, where


def run_module(*, module: str, arguments: Sequence[str], root: Path) -> None:
    """Run ``python -m module`` and wait. Raises JobFailed with its last words; its progress goes to standard error."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=root,
        stdout=STANDARD_ERROR,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        last = " ".join(done.stderr.strip().splitlines()[-LAST_LINES:])
        raise JobFailed("The run did not finish", last or f"It ended with code {done.returncode}.", module)


def read_result(*, path: Path, where: str) -> dict[str, Any]:
    """The JSON a run wrote. Raises JobFailed where there is none."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise JobFailed("The run left no result", f"{error}", where) from error
    return found
