"""Put a trained base and its adapters where the product looks for them, signed.

Run: ``python -m training.recipes.ship --run DIR --adapters DIR --to training/shipped --key FILE``. The key file (raw
Ed25519, base64) is made where there is none and never committed; its public half is printed for settings.
"""

import argparse
import base64
import json
import os
import shutil
import sys
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from training.datasets.examples import Member
from training.recipes.adapter_files import CONFIG, WEIGHTS, base_digest, sign
from training.recipes.members import ORDER, name_of

EVALUATIONS = "evaluations.json"
BASE_FILES = (
    "model.safetensors", "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json",
    "chat_template.jinja", "recipe.json",
)  # fmt: skip


def main() -> None:
    """Read the arguments and ship."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--adapters", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--version", type=int, default=1)
    given = parser.parse_args()
    key = kept_key(path=given.key)
    ship_base(run=given.run, to=given.to / "base")
    for member in ORDER:
        if (given.adapters / name_of(member) / CONFIG).exists():
            ship_adapter(member=member, given=given.adapters, to=given.to, version=given.version, key=key)
    ship_evaluations(adapters=given.adapters, to=given.to)
    sys.stdout.write(public_half(key=key) + "\n")


def kept_key(*, path: Path) -> Ed25519PrivateKey:
    """The signing key in a file only its owner can read; made at the first time."""
    if not path.exists():
        raw = Ed25519PrivateKey.generate().private_bytes_raw()
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(base64.b64encode(raw).decode())
    return Ed25519PrivateKey.from_private_bytes(
        base64.b64decode(path.read_text(encoding="ascii").strip(), validate=True)
    )


def public_half(*, key: Ed25519PrivateKey) -> str:
    """What may be published: raw 32 bytes in base64."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def ship_base(*, run: Path, to: Path) -> None:
    """The base's files, without corpus and checkpoint."""
    to.mkdir(parents=True, exist_ok=True)
    for name in BASE_FILES:
        if (run / name).exists():
            shutil.copyfile(run / name, to / name)


def ship_evaluations(*, adapters: Path, to: Path) -> None:
    """What the harness found, where it was for this base; an older file goes, since it is about other adapters."""
    source, target = adapters / EVALUATIONS, to / "adapters" / EVALUATIONS
    target.unlink(missing_ok=True)
    if source.exists() and json.loads(source.read_text())["base_digest"] == base_digest(folder=to / "base"):
        shutil.copyfile(source, target)


def folder_of(*, member: Member, to: Path) -> Path:
    """All lie side by side; the manifest says whose each is."""
    return to / "adapters" / name_of(member)


def ship_adapter(*, member: Member, given: Path, to: Path, version: int, key: Ed25519PrivateKey) -> Path:
    """One adapter's weights, config and signed manifest."""
    source, folder = given / name_of(member), folder_of(member=member, to=to)
    folder.mkdir(parents=True, exist_ok=True)
    for name in (WEIGHTS, CONFIG):
        shutil.copyfile(source / name, folder / name)
    told = json.loads((source / "recipe.json").read_text())
    sign(
        folder=folder,
        member=member,
        version=version,
        base=base_digest(folder=to / "base"),
        trained_against=tuple(told.pop("trained_against")),
        training=told,
        key=key,
    )
    return folder


if __name__ == "__main__":
    main()
