"""What comes into the registry, and what is turned away with its reason."""

import pickle
from dataclasses import replace

import pytest
from django.db import ProgrammingError, connection, transaction
from django_tenants.utils import tenant_context

from agents.federation.axes import Axis
from agents.federation.refusal import AdapterRefused
from agents.models import OwnAdapter, SharedAdapter
from agents.selectors.adapters import all_adapters, find_adapter, serving_adapters
from agents.services.adapter_files import weights_path
from agents.services.registry import read_package, register_adapter, write_package
from agents.tests.federation.adapters import BASE, config, content
from agents.tests.registry_cast import FOREIGN_KEY, package, register, serve
from tenants.models import AuditEvent

BRAND = {"axis": Axis.BRAND, "member": "nordmill", "owner": "acme"}


def test_own_adapter_is_registered_as_signed(registry, owner):
    row = register(**BRAND, by=owner)

    assert isinstance(row, OwnAdapter)
    assert (row.state, row.rank, row.targets) == ("candidate", 4, ["q_proj", "up_proj"])
    assert row.signed_manifest() == package(**BRAND).manifest
    assert weights_path(sha256=row.sha256, shared=False).read_bytes() == content(seed=1)
    assert AuditEvent.objects.filter(kind="adapter.registered", about_id=str(row.pk)).exists()


def test_same_adapter_again_is_the_same_row_and_mends_its_file(registry):
    row = register(**BRAND)
    weights_path(sha256=row.sha256, shared=False).write_bytes(b"damaged")

    again = register(**BRAND)

    assert again.pk == row.pk
    assert weights_path(sha256=row.sha256, shared=False).read_bytes() == content(seed=1)


def test_version_never_changes(registry):
    register(**BRAND)

    with pytest.raises(AdapterRefused, match="never changes"):
        register(**BRAND, seed=2)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (package(**BRAND, key=FOREIGN_KEY), "signature"),
        (replace(package(**BRAND), signature=""), "signature"),
        (replace(package(**BRAND), content=content(seed=1)[:-4]), "not the signed ones"),
        (package(**BRAND, base_digest="c" * 64), "another base"),
        (package(**BRAND | {"owner": "globex"}), "somebody else's"),
        (package(**BRAND | {"owner": ""}), "somebody else's"),
        (package(**BRAND, weights=pickle.dumps({"w": [1.0]})), "safetensors"),
        (package(**BRAND, config=config(use_dora=True)), "exactly"),
    ],
)
def test_what_is_refused_is_told_noted_and_never_kept(registry, tmp_path, given, reason):
    serving = serve(**BRAND, seed=9)

    with pytest.raises(AdapterRefused, match=reason):
        register_adapter(package=given, shared=False, by=None)

    noted = AuditEvent.objects.get(kind="adapter.refused")
    assert reason in noted.after["title"]
    assert list(OwnAdapter.objects.all()) == [serving]
    assert len(list(tmp_path.rglob("*.safetensors"))) == 1
    place = (Axis.BRAND, "nordmill")
    assert serving_adapters(base_digest=BASE, places=[place]) == {place: serving}


def test_weights_are_not_parsed_before_the_signature_holds(registry, monkeypatch):
    def parsed(**given):
        raise AssertionError("parsed")

    monkeypatch.setattr("agents.services.registry.read_adapter", parsed)

    with pytest.raises(AdapterRefused, match="signature"):
        register_adapter(package=package(**BRAND, key=FOREIGN_KEY), shared=False, by=None)


def test_brands_are_never_shared(registry):
    with pytest.raises(AdapterRefused, match="cannot be shared"):
        register_adapter(package=package(axis=Axis.BRAND, member="nordmill"), shared=True, by=None)


def test_without_a_base_nothing_is_registered(registry, settings, tmp_path):
    settings.BASE_DIGEST, settings.BASE_MODEL_DIR = "", tmp_path / "nowhere"

    with pytest.raises(AdapterRefused, match="no base model"):
        register(**BRAND)


def test_package_travels_through_two_files(tmp_path):
    sent = package(**BRAND)

    write_package(folder=tmp_path, package=sent)

    assert read_package(folder=tmp_path) == sent


@pytest.mark.parametrize("manifest", ["", "[]", '{"manifest": {}}', '{"manifest": {"axis": "moon"}, "signature": ""}'])
def test_manifest_that_cannot_be_read_is_refused(tmp_path, manifest):
    write_package(folder=tmp_path, package=package())
    (tmp_path / "manifest.json").write_text(manifest)

    with pytest.raises(AdapterRefused, match="cannot be read"):
        read_package(folder=tmp_path)


def test_pickled_weights_are_no_package(tmp_path):
    write_package(folder=tmp_path, package=package())
    (tmp_path / "adapter_model.safetensors").rename(tmp_path / "adapter_model.bin")

    with pytest.raises(AdapterRefused, match="Pickled weights are never read"):
        read_package(folder=tmp_path)


def test_stranger_neither_lists_nor_finds_an_adapter_of_another_tenant(registry, globex):
    mine, shared = register(**BRAND), register()

    with tenant_context(globex):
        assert all_adapters() == [shared]
        assert find_adapter(adapter_id=mine.pk) is None
        assert find_adapter(adapter_id=shared.pk) == shared


def test_strangers_database_role_cannot_read_the_rows(registry, globex):
    register(**BRAND)

    with (
        tenant_context(globex),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM acme.agents_ownadapter")


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE agents_sharedadapter SET state = 'serving'",
        "DELETE FROM agents_sharedadapter",
        "INSERT INTO agents_sharedevaluation (digest) VALUES ('x')",
    ],
)
def test_tenant_reads_shared_adapters_and_writes_none(registry, act):
    register()

    assert SharedAdapter.objects.count() == 1
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)
