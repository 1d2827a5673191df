"""Publish what a run made: signed by this installation, verified like any other, a candidate until it is promoted."""

import json
from pathlib import Path
from typing import Any

from agents.federation.adapter import PLAIN_BIAS
from agents.federation.axes import Axis
from agents.federation.digests import content_digest
from agents.federation.manifests import Manifest, sign_manifest
from agents.models import AdapterRow, OwnAdapter, SharedAdapter
from agents.services.adapter_files import read_weights_file
from agents.services.adapter_keys import signing_key
from agents.services.registry import AdapterPackage, current_slug, register_adapter
from training.fine_tuning.refusal import TrainingRefused
from training.models import TrainingRun
from training.services.folders import run_folder

WEIGHTS, CONFIGURATION = "adapter_model.safetensors", "adapter_config.json"
OF_THIS_MACHINE = ("base_model_name_or_path", "auto_mapping", "peft_version", "revision")


def publish_adapter(*, run: TrainingRun) -> AdapterRow:
    """Sign the run's weights as the tenant's next version and register them."""
    folder = run_folder(run=run) / "adapter"
    content = (folder / WEIGHTS).read_bytes()
    slug = current_slug()
    name = f"{slug}-{run.axis}-{run.member}"
    manifest = Manifest(
        adapter_id=name,
        version=_next_version(name=name, sha256=content_digest(content)),
        axis=Axis(run.axis),
        member=run.member,
        owner=slug,
        sha256=content_digest(content),
        config=_configuration(folder / CONFIGURATION),
        base_digest=run.base_digest,
        parents=(run.start_from,) if run.start_from else (),
    )
    package = AdapterPackage(
        manifest=manifest,
        signature=sign_manifest(manifest=manifest, key=signing_key()),
        content=content,
        training_data=run.dataset.described() | {"run": str(run.pk), "recipe": run.recipe, "seed": run.seed},
    )
    return register_adapter(package=package, shared=False, by=run.created_by)


def adapter_folder_of(*, sha256: str, into: Path) -> Path:
    """A registered adapter's files as PEFT reads them, in the run's folder. Raises TrainingRefused where it is gone."""
    row = find_by_digest(sha256=sha256)
    if row is None:
        raise TrainingRefused("The adapter to go on from is gone", f"{sha256[:12]} is not registered.", "start_from")
    folder = into / "start_from"
    folder.mkdir(exist_ok=True)
    (folder / WEIGHTS).write_bytes(read_weights_file(row=row))
    (folder / CONFIGURATION).write_text(json.dumps(row.signed_manifest().config), encoding="utf-8")
    return folder


def find_by_digest(*, sha256: str) -> AdapterRow | None:
    """One of this tenant's adapters or a shared one."""
    own = OwnAdapter.objects.filter(sha256=sha256).first()
    return own or SharedAdapter.objects.filter(sha256=sha256).first()


def _next_version(*, name: str, sha256: str) -> int:
    """The same weights keep their version: an effect that is repeated registers nothing new."""
    known = {row.sha256: row.version for row in OwnAdapter.objects.filter(name=name)}
    return known.get(sha256) or max(known.values(), default=0) + 1


def _configuration(path: Path) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    plain = {key: value for key, value in kept.items() if key not in OF_THIS_MACHINE}
    if plain.get("bias", "none") not in PLAIN_BIAS:
        raise TrainingRefused("The adapter cannot be composed", "It trained biases.", "bias")
    return plain | {"target_modules": sorted(plain["target_modules"]), "inference_mode": True}
