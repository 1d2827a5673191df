"""Signed adapters of the tests, and how they come to serve."""

import base64
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.utils import timezone

from agents.federation.axes import Axis
from agents.federation.digests import content_digest
from agents.federation.manifests import Manifest, sign_manifest
from agents.federation.promotion import SuiteScore
from agents.models import AdapterRow
from agents.services.composing import digest_of
from agents.services.evaluations import Measured, record_evaluations
from agents.services.promotion import promote_adapter
from agents.services.registry import AdapterPackage, register_adapter
from agents.tests.federation.adapters import BASE, config, content

KEY, FOREIGN_KEY = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
KEY_TEXT = base64.b64encode(KEY.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())).decode()


def package(
    *,
    axis: Axis = Axis.TASK,
    member: str = "planning",
    owner: str = "",
    version: int = 1,
    seed: int = 1,
    key: Ed25519PrivateKey = KEY,
    weights: bytes | None = None,
    training_data: dict | None = None,
    **changed,
) -> AdapterPackage:
    weights = weights if weights is not None else content(seed=seed)
    manifest = Manifest(
        adapter_id=f"{axis.value}-{member or 'retail_media'}",
        version=version,
        axis=axis,
        member=member,
        owner=owner,
        sha256=content_digest(weights),
        config=config(),
        base_digest=BASE,
    )
    manifest = replace(manifest, **changed)
    return AdapterPackage(
        manifest=manifest,
        signature=sign_manifest(manifest=manifest, key=key),
        content=weights,
        training_data=training_data or {},
    )


def register(*, by=None, **described) -> AdapterRow:
    return register_adapter(package=package(**described), shared=not described.get("owner"), by=by)


def evaluate(*rows: AdapterRow, score: float = 0.97, passed: bool = True, suite: str = "held-out") -> str:
    """Record a result on the composite of these rows; its digest."""
    found = SuiteScore(suite=suite, score=score, low=score - 0.01, high=score + 0.01, passed=passed)
    members = tuple(row.sha256 for row in rows)
    measured = Measured(base_digest=BASE, members=members, score=found, case_count=500, run_name="test")
    shared = all(row.is_shared for row in rows)
    record_evaluations(measured=[measured], shared=shared, now=timezone.now())
    return digest_of(rows=rows)


def serve(*, score: float = 0.97, by=None, **described) -> AdapterRow:
    """Register, evaluate, promote."""
    row = register(by=by, **described)
    evaluate(row, score=score)
    return promote_adapter(adapter=row, by=by, now=timezone.now())


def serve_lattice() -> list[AdapterRow]:
    """An adapter on each axis, for acme, none of them evaluated together yet."""
    return [
        serve(axis=Axis.INDUSTRY, member="", seed=11),
        serve(axis=Axis.RETAILER, member="amazon", seed=12),
        serve(axis=Axis.BRAND, member="nordmill", owner="acme", seed=13),
        serve(axis=Axis.TASK, member="planning", seed=14),
    ]
