"""The keys that adapters are signed with and verified by."""

import base64
import binascii
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


class SigningKeyMissing(Exception):
    """This installation has no key to sign adapters with, or one that cannot be used."""


def trusted_keys() -> tuple[Ed25519PublicKey, ...]:
    """Keys of releases (``ADAPTER_PUBLIC_KEYS``) and our own. Raises SigningKeyMissing for bad ones."""
    keys = [Ed25519PublicKey.from_public_bytes(_octets(text)) for text in settings.ADAPTER_PUBLIC_KEYS]
    if settings.ADAPTER_SIGNING_KEY or _key_file().exists():
        keys.append(signing_key().public_key())
    return tuple(keys)


def signing_key() -> Ed25519PrivateKey:
    """The installation's own key: from ``ADAPTER_SIGNING_KEY``, or a file of its own, made at the first time."""
    text = settings.ADAPTER_SIGNING_KEY or _kept_key(_key_file())
    return Ed25519PrivateKey.from_private_bytes(_octets(text))


def _key_file() -> Path:
    return Path(settings.DATA_DIR) / "adapter-signing.key"


def _octets(text: str) -> bytes:
    try:
        found = base64.b64decode(text.strip(), validate=True)
    except binascii.Error as error:
        raise SigningKeyMissing("A key of adapters is not base64.") from error
    if len(found) != 32:
        raise SigningKeyMissing("A key of adapters is not 32 bytes.")
    return found


def _kept_key(path: Path) -> str:
    """The key in the file; of two processes that make it at once, one wins for both."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(base64.b64encode(secrets.token_bytes(32)).decode())
        try:
            os.link(half, path)
        except FileExistsError:
            pass
        finally:
            half.unlink()
    return path.read_text(encoding="ascii")
