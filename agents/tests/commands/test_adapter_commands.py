"""install_adapters, promote_adapter and compose_adapters as scripts use them."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tenants.utils import schema_context, tenant_context

from agents.federation.axes import Axis
from agents.models import OwnAdapter, OwnEvaluation, SharedAdapter, SharedEvaluation
from agents.services.registry import write_package
from agents.services.shipped import install_shipped
from agents.tests.federation.adapters import BASE
from agents.tests.registry_cast import FOREIGN_KEY, evaluate, package, register, serve, serve_lattice

RESULT = {"suite": "held-out", "score": 0.97, "low": 0.95, "high": 0.99, "passed": True, "cases": 500}


def run(*arguments) -> dict:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def refused(*arguments) -> dict:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(*arguments, "--json", stdout=out)
    assert ended.value.code == 1
    return json.loads(out.getvalue())["error"]


@pytest.fixture
def folder(tmp_path):
    """Two signed adapters, one of them evaluated."""
    home, packages = tmp_path / "shipped", [package(member=member, seed=seed) for member, seed in (("a", 1), ("b", 2))]
    for number, one in enumerate(packages):
        write_package(folder=home / str(number), package=one)
    results = [RESULT | {"members": [packages[0].manifest.sha256]}]
    (home / "evaluations.json").write_text(json.dumps({"base_digest": BASE, "run": "r1", "results": results}))
    return home


def test_folder_is_installed_and_what_passed_serves(registry, folder):
    answer = run("install_adapters", str(folder), "--promote")

    assert [one["state"] for one in answer["installed"]] == ["serving", "candidate"]
    assert "not evaluated" in answer["installed"][1]["why"]


def test_second_installation_changes_nothing(registry, folder):
    run("install_adapters", str(folder), "--promote")
    before = list(SharedAdapter.objects.values())

    again = run("install_adapters", str(folder), "--promote")

    assert list(SharedAdapter.objects.values()) == before
    assert [one["state"] for one in again["installed"]] == ["serving", "candidate"]


def test_shipped_folder_gives_everybody_what_is_signed_for_them(registry, globex, folder):
    brand = package(axis=Axis.BRAND, member="acme", owner="acme", seed=5)
    write_package(folder=folder / "brand", package=brand)
    kept = json.loads((folder / "evaluations.json").read_text())
    first = kept["results"][0]["members"]
    kept["results"] += [
        RESULT | {"members": members} for members in ([brand.manifest.sha256], [*first, brand.manifest.sha256])
    ]
    (folder / "evaluations.json").write_text(json.dumps(kept))

    with schema_context("public"):
        shared = install_shipped(folder=folder, by=None, now=timezone.now())
    own = install_shipped(folder=folder, by=None, now=timezone.now())
    again = install_shipped(folder=folder, by=None, now=timezone.now())
    with tenant_context(globex):
        theirs = install_shipped(folder=folder, by=None, now=timezone.now())

    assert [one.row.state for one in shared] == ["serving", "candidate"]
    assert [str(one.row) for one in own] == ["brand-acme version 1"]
    assert (again[0].row.pk, again[0].row.state, theirs) == (own[0].row.pk, "serving", [])
    assert (SharedEvaluation.objects.count(), OwnEvaluation.objects.count()) == (1, 2)


def test_folder_that_is_not_there_installs_nothing(registry, tmp_path):
    assert install_shipped(folder=tmp_path / "nowhere", by=None, now=timezone.now()) == []


def test_folder_with_a_foreign_adapter_is_refused(registry, folder):
    write_package(folder=folder / "9", package=package(member="c", key=FOREIGN_KEY))

    assert refused("install_adapters", str(folder))["title"] == "The signature is not valid"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"results": [{}]}'])
def test_evaluations_that_cannot_be_read_are_refused(registry, folder, text):
    (folder / "evaluations.json").write_text(text)

    assert refused("install_adapters", str(folder))["where"] == "evaluations.json"


def test_empty_folder_is_refused(registry, tmp_path):
    assert refused("install_adapters", str(tmp_path))["title"] == "There is no adapter"


def test_promotion_and_the_way_back(registry, owner):
    brand = {"axis": Axis.BRAND, "member": "nordmill", "owner": "acme"}
    serve(**brand, score=0.9)
    evaluate(register(**brand, version=2, seed=2))

    forth = run("promote_adapter", "brand-nordmill", "2", "--tenant", "acme", "--by", owner.email)
    back = run("promote_adapter", "brand-nordmill", "2", "--tenant", "acme", "--roll-back")

    assert (forth["serving"]["version"], back["serving"]["version"]) == (2, 1)
    assert OwnAdapter.objects.serving().get().version == 1


def test_trial_of_a_share_and_its_end(registry, owner):
    brand = {"axis": Axis.BRAND, "member": "nordmill", "owner": "acme"}
    serve(**brand, score=0.9)
    evaluate(register(**brand, version=2, seed=2))
    named = ("promote_adapter", "brand-nordmill", "2", "--tenant", "acme")

    tried = run(*named, "--canary", "10", "--by", owner.email)
    refusal = refused(*named, "--canary", "99")
    ended = run(*named, "--roll-back")

    assert (tried["tried"], tried["percent"], refusal["where"]) == (2, 10, "percent")
    assert (ended["serving"]["version"], OwnAdapter.objects.get(version=2).state) == (1, "withdrawn")


def test_promotion_is_refused_with_its_reason(registry):
    register()

    error = refused("promote_adapter", "task-planning", "1")

    assert (error["title"], error["detail"]) == ("The gate does not let it pass", "It was not evaluated.")


def test_adapter_that_is_not_there_is_refused(registry):
    assert "does not exist" in refused("promote_adapter", "nothing", "1")["detail"]


def test_composition_is_told(registry):
    lattice = serve_lattice()
    digest = evaluate(*lattice[:3])

    made = run(
        "compose_adapters", "--tenant", "acme", "--task", "planning", "--retailer", "amazon", "--brand", "nordmill"
    )

    assert (made["digest"], made["rank"]) == (digest, 16)
    assert [one["member"] for one in made["members"]] == ["", "amazon", "nordmill"]
    assert made["left_out"][0]["member"] == "planning"


def test_unknown_workspace_is_refused(registry):
    assert "does not exist" in refused("compose_adapters", "--tenant", "nobody", "--task", "planning")["detail"]
