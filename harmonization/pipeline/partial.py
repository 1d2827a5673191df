"""The folder in which one attempt writes before anything is moved into place; its name tells whose attempt it is."""

import hashlib
import tempfile
from pathlib import Path

NAME_LENGTH = 12


def partial_prefix(*, input_path: Path) -> str:
    """How the folders of all attempts at one file begin."""
    return f".partial-{hashlib.sha256(input_path.name.encode()).hexdigest()[:NAME_LENGTH]}-"


def partial_folder(*, input_path: Path, output_dir: Path) -> Path:
    """A new folder for an attempt at a file; whoever makes the attempt removes it."""
    output_dir.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=partial_prefix(input_path=input_path), dir=output_dir))
