"""Pages about adapters: listed, looked at, promoted, rolled back."""

import pytest

from agents.federation.axes import Axis
from agents.models import OwnAdapter
from agents.services.adapter_files import weights_path
from agents.tests.registry_cast import evaluate, register, serve

BRAND = {"axis": Axis.BRAND, "member": "nordmill", "owner": "acme"}


def act(client, row, name):
    return client.post(f"/agents/adapters/{row.pk}/{name}/", {"percent": 10}, follow=True).content.decode()


def test_list_shows_own_and_shared_adapters(registry, portal, teammate):
    serve(**BRAND)
    register(seed=2)

    page = portal(teammate).get("/agents/adapters/").content.decode()

    assert "brand-nordmill version 1" in page
    assert "task-planning version 1" in page
    assert "1 of 1 suites passed" in page
    assert "Not evaluated" in page


def test_empty_list_says_what_is_missing(registry, portal, teammate):
    assert "No adapter is registered" in portal(teammate).get("/agents/adapters/").content.decode()


def test_card_shows_facts_scores_and_a_signature_looked_at_now(registry, portal, teammate):
    row = serve(**BRAND)

    page = portal(teammate).get(f"/agents/adapters/{row.pk}/").content.decode()
    assert "0.970" in page
    assert "Verified" in page
    assert row.sha256[:12] in page

    weights_path(sha256=row.sha256, shared=False).write_bytes(b"damaged")
    page = portal(teammate).get(f"/agents/adapters/{row.pk}/").content.decode()
    assert "Refused" in page
    assert "not the signed ones" in page


def test_manager_promotes_and_rolls_back(registry, portal, manager):
    serve(**BRAND, score=0.9)
    second = register(**BRAND, version=2, seed=2)
    evaluate(second)

    assert "serves from now on" in act(portal(manager), second, "promote")
    assert OwnAdapter.objects.serving().get() == second

    assert "version 1 serves again" in act(portal(manager), second, "roll-back")
    assert OwnAdapter.objects.serving().get().version == 1


def test_refusal_of_the_gate_is_told(registry, portal, owner):
    page = act(portal(owner), register(**BRAND), "promote")

    assert "was not evaluated" in page
    assert not OwnAdapter.objects.serving().exists()


@pytest.mark.parametrize("name", ["promote", "try", "roll-back"])
def test_no_workspace_decides_about_shared_adapters(registry, portal, owner, name):
    shared = serve()

    page = act(portal(owner), shared, name)

    assert "shared with all workspaces" in page
    shared.refresh_from_db()
    assert shared.is_serving


@pytest.mark.parametrize("path", ["", "promote/", "try/", "roll-back/"])
def test_stranger_finds_nothing_of_it(registry, portal, stranger, path):
    row = register(**BRAND)
    client = portal(stranger, "globex")

    answer = client.post(f"/agents/adapters/{row.pk}/{path}") if path else client.get(f"/agents/adapters/{row.pk}/")

    assert answer.status_code == 404
    assert "nordmill" not in client.get("/agents/adapters/").content.decode()


def test_viewer_sees_no_buttons_and_may_not_promote(registry, portal, teammate):
    row = serve(**BRAND)

    assert "Roll back" not in portal(teammate).get(f"/agents/adapters/{row.pk}/").content.decode()
    assert portal(teammate).post(f"/agents/adapters/{row.pk}/promote/").status_code == 403


def test_manager_tries_a_version_changes_the_share_and_ends_the_trial(registry, portal, manager):
    serve(**BRAND, score=0.9)
    second = register(**BRAND, version=2, seed=2)
    evaluate(second)
    client, path = portal(manager), f"/agents/adapters/{second.pk}/try/"

    page = client.post(path, {"percent": 10}, follow=True).content.decode()
    assert "is tried on 10% of the questions" in page
    assert (
        "version 2 answers 10% of the questions, always the same ones; brand-nordmill version 1 answers the rest"
        in page
    )
    assert "25%" in client.post(path, {"percent": 25}, follow=True).content.decode()
    assert "End the trial" in client.get(f"/agents/adapters/{second.pk}/").content.decode()
    page = act(client, second, "roll-back")

    assert "version 1 serves alone" in page
    assert OwnAdapter.objects.get(version=2).state == "withdrawn"


@pytest.mark.parametrize(
    ("percent", "told"), [("0", "greater than or equal to 1"), ("x", "whole number"), ("", "required")]
)
def test_share_that_is_none_is_told(registry, portal, manager, percent, told):
    serve(**BRAND, score=0.9)
    second = register(**BRAND, version=2, seed=2)
    evaluate(second)

    page = (
        portal(manager).post(f"/agents/adapters/{second.pk}/try/", {"percent": percent}, follow=True).content.decode()
    )

    assert told in page
    assert OwnAdapter.objects.get(version=2).state == "candidate"
