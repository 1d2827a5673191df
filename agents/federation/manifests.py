"""Signed manifests: whose adapter it is, on which base, of which bytes; verified before any weight is read."""

import base64
import json
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from agents.federation.axes import Axis
from agents.federation.digests import content_digest
from agents.federation.refusal import AdapterRefused


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What is signed.

    Attributes:
        adapter_id: unique in the registry.
        owner: slug of the tenant it belongs to, or empty for one shared with all.
        member: which retailer, brand or task it is for; empty for the industry.
        sha256: of the weights' bytes.
        config: its ``adapter_config.json``.
        base_digest: of the base model it was trained on.
        trained_against: digests of adapters that were present, frozen, while it trained.
        parents: digests of the versions it came from.
    """

    adapter_id: str
    version: int
    axis: Axis
    member: str
    owner: str
    sha256: str
    config: dict[str, Any]
    base_digest: str
    trained_against: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()

    def canonical(self) -> bytes:
        """The bytes that are signed: JSON with sorted keys and no spaces."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sign_manifest(*, manifest: Manifest, key: Ed25519PrivateKey) -> str:
    """The Ed25519 signature (RFC 8032), base64."""
    return base64.b64encode(key.sign(manifest.canonical())).decode()


def verify_manifest(
    *, manifest: Manifest, signature: str, content: bytes, keys: tuple[Ed25519PublicKey, ...], base_digest: str
) -> None:
    """Raise AdapterRefused unless a known key signed this manifest, the bytes are the signed ones and the base is ours.

    The order matters: nothing of the file is parsed before all three hold.
    """
    if not any(_signed(manifest, signature, key) for key in keys):
        raise AdapterRefused("The signature is not valid", "No trusted key signed this manifest.", manifest.adapter_id)
    if content_digest(content) != manifest.sha256:
        raise AdapterRefused("The weights are not the signed ones", "The file was changed or cut.", manifest.adapter_id)
    if manifest.base_digest != base_digest:
        detail = f"It was trained on {manifest.base_digest[:12]}, and {base_digest[:12]} serves here."
        raise AdapterRefused("The adapter is for another base model", detail, manifest.adapter_id)


def _signed(manifest: Manifest, signature: str, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(base64.b64decode(signature, validate=True), manifest.canonical())
    except (InvalidSignature, ValueError):
        return False
    return True
