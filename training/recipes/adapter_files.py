"""Adapters as files: weights, config and a signed manifest, as the registry takes them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from safetensors.torch import save

from agents.federation.adapter import Adapter, read_adapter
from agents.federation.axes import Axis
from agents.federation.digests import content_digest
from agents.federation.manifests import Manifest, sign_manifest
from training.datasets.examples import Member
from training.recipes.members import name_of

CONFIG, WEIGHTS, MANIFEST = "adapter_config.json", "adapter_model.safetensors", "manifest.json"


@dataclass(frozen=True, kw_only=True)
class Written:
    """An adapter on disk."""

    member: Member
    folder: Path
    sha256: str


def base_digest(*, folder: Path) -> str:
    """SHA-256 over the base's weights and tokenizer: an adapter fits the two together."""
    found = hashlib.sha256()
    for name in ("model.safetensors", "tokenizer.json"):
        found.update((folder / name).read_bytes())
    return found.hexdigest()


def write_adapter(*, folder: Path, weights: Mapping[str, torch.Tensor], config: dict[str, Any]) -> str:
    """Weights in bfloat16 and their config; the digest of the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    content = save({name: weights[name].detach().to(torch.bfloat16).contiguous() for name in sorted(weights)})
    (folder / WEIGHTS).write_bytes(content)
    (folder / CONFIG).write_text(json.dumps(config, indent=1, sort_keys=True) + "\n")
    return content_digest(content)


def read_written(*, folder: Path, base: str) -> Adapter:
    """An adapter of ours, from its folder."""
    config = json.loads((folder / CONFIG).read_text())
    return read_adapter(config=config, content=(folder / WEIGHTS).read_bytes(), base_digest=base)


def sign(
    *,
    folder: Path,
    member: Member,
    version: int,
    base: str,
    trained_against: tuple[str, ...],
    training: dict[str, Any],
    key: Ed25519PrivateKey,
) -> Manifest:
    """Write the signed manifest beside the weights. A brand's adapter belongs to the tenant of that name."""
    manifest = Manifest(
        adapter_id=name_of(member),
        version=version,
        axis=member[0],
        member="" if member[0] is Axis.INDUSTRY else member[1],
        owner=member[1] if member[0] is Axis.BRAND else "",
        sha256=content_digest((folder / WEIGHTS).read_bytes()),
        config=json.loads((folder / CONFIG).read_text()),
        base_digest=base,
        trained_against=trained_against,
    )
    kept = {
        "manifest": asdict(manifest),
        "signature": sign_manifest(manifest=manifest, key=key),
        "training_data": training,
    }
    (folder / MANIFEST).write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
    return manifest
