"""Seal secrets at rest: AES-256-GCM under one of several keys, bound to the place where the secret belongs.

The place (tenant and row) is authenticated with the ciphertext: a sealed value copied to another row, or to another
tenant, does not open. NIST SP 800-38D; 96-bit nonces, never used twice under one key.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION = "1"


class SealBroken(Exception):
    """The value cannot be opened: another key, another place, or altered. The message never holds the value."""


class KeyInvalid(Exception):
    """A key is not 32 bytes in base64."""


@dataclass(frozen=True, kw_only=True)
class SealingKey:
    """A key and the short name by which a sealed value tells which key it needs."""

    name: str
    octets: bytes = field(repr=False)


def sealing_key(text: str) -> SealingKey:
    """A key from its base64 text (either alphabet). Raises KeyInvalid; the text is not repeated in the message."""
    try:
        octets = base64.b64decode(text.strip().replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyInvalid("It is not base64.") from error
    if len(octets) != KEY_BYTES:
        raise KeyInvalid(f"It has {len(octets)} bytes; {KEY_BYTES} are needed.")
    return SealingKey(name=hashlib.sha256(b"sealing-key" + octets).hexdigest()[:8], octets=octets)


def seal(*, plain: bytes, key: SealingKey, place: str, nonce: bytes) -> str:
    """The sealed value as text: version, key name, nonce and ciphertext. ``nonce``: 12 fresh random bytes."""
    box = AESGCM(key.octets).encrypt(nonce, plain, _bound(key_name=key.name, place=place))
    return f"{VERSION}.{key.name}.{base64.urlsafe_b64encode(nonce + box).decode()}"


def unseal(*, sealed: str, keys: Sequence[SealingKey], place: str) -> bytes:
    """The plain bytes. Raises SealBroken."""
    version, _, rest = sealed.partition(".")
    name, _, text = rest.partition(".")
    key = next((one for one in keys if one.name == name), None)
    if version != VERSION or key is None:
        raise SealBroken(f"No key named {name or '?'} is known here.")
    try:
        octets = base64.urlsafe_b64decode(text)
        nonce, box = octets[:NONCE_BYTES], octets[NONCE_BYTES:]
        return AESGCM(key.octets).decrypt(nonce, box, _bound(key_name=name, place=place))
    except (InvalidTag, ValueError) as error:
        raise SealBroken("It was sealed for another place, or altered.") from error


def key_name_of(sealed: str) -> str:
    """Which key sealed it."""
    return sealed.split(".")[1] if sealed.count(".") == 2 else ""


def _bound(*, key_name: str, place: str) -> bytes:
    return f"{VERSION}|{key_name}|{place}".encode()
