"""Take an adapter into the registry: verified first, parsed after, then a candidate that waits for promotion."""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django_tenants.utils import schema_context

from agents.federation.adapter import Adapter, read_adapter
from agents.federation.axes import Axis
from agents.federation.manifests import Manifest, verify_manifest
from agents.federation.refusal import AdapterRefused
from agents.models import AdapterRow, OwnAdapter, SharedAdapter
from agents.selectors.base_model import base_digest
from agents.selectors.standing import inside_a_tenant
from agents.services.adapter_files import read_weights_file, weights_path, write_once
from agents.services.adapter_keys import trusted_keys
from tenants.database.current import connection
from tenants.models import Tenant, User
from tenants.services.audit import record_event

MANIFEST_FILE, WEIGHTS_FILE = "manifest.json", "adapter_model.safetensors"


@dataclass(frozen=True, kw_only=True)
class AdapterPackage:
    """An adapter as it travels: what was signed, the signature, and bytes nobody has looked into."""

    manifest: Manifest
    signature: str
    content: bytes
    training_data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True)
class _Turned:
    """A refused adapter in the audit log: it has no row."""

    pk: str


def read_package(*, folder: Path) -> AdapterPackage:
    """A package from its two files. Raises AdapterRefused where one is missing or cannot be read."""
    try:
        kept = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        content = (folder / WEIGHTS_FILE).read_bytes()
        signed = kept["manifest"]
        lists = {key: tuple(signed.get(key, ())) for key in ("trained_against", "parents")}
        manifest = Manifest(**(signed | {"axis": Axis(signed["axis"])} | lists))
        return AdapterPackage(
            manifest=manifest,
            signature=str(kept["signature"]),
            content=content,
            training_data=dict(kept.get("training_data", {})),
        )
    except OSError as error:
        detail = f"{Path(str(error.filename)).name}: {error.strerror}. Pickled weights are never read."
        raise AdapterRefused("The adapter's files are not complete", detail, folder.name) from error
    except (ValueError, KeyError, TypeError) as error:
        raise AdapterRefused("The manifest cannot be read", f"{error}", folder.name) from error


def write_package(*, folder: Path, package: AdapterPackage) -> None:
    """The two files that ``read_package`` reads."""
    kept = {
        "manifest": asdict(package.manifest),
        "signature": package.signature,
        "training_data": dict(package.training_data),
    }
    write_once(path=folder / WEIGHTS_FILE, content=package.content)
    write_once(path=folder / MANIFEST_FILE, content=json.dumps(kept, indent=1, sort_keys=True).encode())


def register_adapter(*, package: AdapterPackage, shared: bool, by: User | None) -> AdapterRow:
    """Verify and keep an adapter of the current tenant, or one shared with all; the same one again changes nothing.

    What serves goes on serving either way. Raises AdapterRefused (and notes it in the tenant's audit log) for a
    signature of no trusted key, changed bytes, another base, another owner, or weights that cannot be composed exactly.
    """
    try:
        adapter = verified_adapter(package=package, owner="" if shared else current_slug())
        if shared and package.manifest.axis == Axis.BRAND:
            detail = "Sign it for the one workspace whose brand it is."
            raise AdapterRefused("A brand's adapter cannot be shared", detail, package.manifest.adapter_id)
        with registry_of(shared=shared), transaction.atomic():
            return _kept(package=package, adapter=adapter, shared=shared, by=by)
    except AdapterRefused as refusal:
        if inside_a_tenant():
            after = {"title": refusal.title, "detail": refusal.detail, "where": refusal.where}
            record_event(kind="adapter.refused", about=_Turned(pk=package.manifest.adapter_id), by=by, after=after)
        raise


def verified_adapter(*, package: AdapterPackage, owner: str) -> Adapter:
    """Its factors, read only once signature, bytes, base and owner are what they must be. Raises AdapterRefused."""
    manifest, base = package.manifest, base_digest()
    if not base:
        raise AdapterRefused("There is no base model here", "Set BASE_MODEL_DIR or BASE_DIGEST.", manifest.adapter_id)
    verify_manifest(
        manifest=manifest, signature=package.signature, content=package.content, keys=trusted_keys(), base_digest=base
    )
    if manifest.owner != owner:
        whose = "this workspace" if owner else "all workspaces"
        raise AdapterRefused("The adapter is somebody else's", f"It was not signed for {whose}.", manifest.adapter_id)
    return read_adapter(config=manifest.config, content=package.content, base_digest=manifest.base_digest)


def adapter_of(*, row: AdapterRow) -> Adapter:
    """A registered adapter's factors, verified again from its file. Raises AdapterRefused."""
    package = AdapterPackage(
        manifest=row.signed_manifest(), signature=row.signature, content=read_weights_file(row=row)
    )
    return verified_adapter(package=package, owner="" if row.is_shared else current_slug())


def registry_of(*, shared: bool) -> AbstractContextManager[object]:
    """Shared rows are written from the public schema only: a tenant's role may not."""
    return schema_context("public") if shared and inside_a_tenant() else nullcontext()


def current_slug() -> str:
    """The current tenant's; raises AdapterRefused outside of any."""
    if not inside_a_tenant():
        raise AdapterRefused("No workspace is named", "An adapter that is not shared belongs to one.", "tenant")
    here: object = connection.tenant
    if isinstance(here, Tenant):
        return here.slug
    return Tenant.objects.only("slug").get(schema_name=connection.schema_name).slug


def _kept(*, package: AdapterPackage, adapter: Adapter, shared: bool, by: User | None) -> AdapterRow:
    manifest = package.manifest
    model = SharedAdapter if shared else OwnAdapter
    known = model._default_manager.filter(name=manifest.adapter_id, version=manifest.version).first()
    path = weights_path(sha256=manifest.sha256, shared=shared)
    if known is not None:
        if known.sha256 != manifest.sha256:
            detail = f"Version {manifest.version} exists with other weights: give the next number."
            raise AdapterRefused("A version never changes", detail, manifest.adapter_id)
        write_once(path=path, content=package.content)  # mends a file that was damaged
        return known
    write_once(path=path, content=package.content)
    row = model._default_manager.create(
        name=manifest.adapter_id,
        version=manifest.version,
        axis=manifest.axis,
        member=manifest.member,
        rank=adapter.rank,
        alpha=adapter.alpha,
        targets=sorted({name.rsplit(".", 1)[-1] for name in adapter.modules}),
        base_digest=manifest.base_digest,
        sha256=manifest.sha256,
        size=len(package.content),
        trained_against=list(manifest.trained_against),
        manifest=asdict(manifest),
        signature=package.signature,
        training_data=dict(package.training_data),
    )
    if not shared:
        record_event(kind="adapter.registered", about=row, by=by, after={"sha256": row.sha256, "axis": row.axis})
    return row
