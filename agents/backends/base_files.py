"""The files of a base model, and the fingerprint that adapters are bound to."""

import hashlib
from pathlib import Path

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
CHUNK = 1 << 20


def digest_of_base(*, folder: Path) -> str:
    """SHA-256 over the weights' and the tokenizer's bytes: an adapter fits the two together."""
    found = hashlib.sha256()
    for name in (WEIGHTS, TOKENIZER):
        with (folder / name).open("rb") as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
    return found.hexdigest()
