"""The keys that seal sources' secrets: from the environment, or a laptop's own file."""

import base64
import os
import secrets
from pathlib import Path

from django.conf import settings

from tenants.governance.sealed_secrets import KEY_BYTES, KeyInvalid, SealingKey, sealing_key


class KeysMissing(Exception):
    """This site has no key to seal secrets with, or one that cannot be used."""


def credential_keys() -> tuple[SealingKey, ...]:
    """All keys, the sealing one first. Raises KeysMissing."""
    texts = list(settings.CREDENTIAL_KEYS)
    if not texts and settings.CREDENTIAL_KEY_FILE is not None:
        texts = [_own_key(Path(settings.CREDENTIAL_KEY_FILE))]
    if not texts:
        raise KeysMissing("CREDENTIAL_KEYS is not set.")
    try:
        return tuple(sealing_key(text) for text in texts)
    except KeyInvalid as error:
        raise KeysMissing(f"A key of CREDENTIAL_KEYS cannot be used. {error}") from error


def new_key() -> str:
    """A fresh key as text."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _own_key(path: Path) -> str:
    """The key in the file, made at the first time; of two processes that make it at once, one wins for both."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(new_key())
        try:
            os.link(half, path)
        except FileExistsError:
            pass
        finally:
            half.unlink()
    return path.read_text(encoding="ascii")
