"""Adapters and compositions by the API."""

import pytest

from agents.federation.axes import Axis
from agents.tests.registry_cast import evaluate, register, serve, serve_lattice

BRAND = {"axis": Axis.BRAND, "member": "nordmill", "owner": "acme"}
URL = "/api/v1/adapters/"


def test_list_has_own_and_shared_and_no_paths(registry, api, teammate):
    serve(**BRAND)
    register()

    body = api(teammate).get(URL).json()

    assert [(one["name"], one["owner"]) for one in body] == [
        ("brand-nordmill", "workspace"),
        ("task-planning", "shared"),
    ]
    assert body[0]["evaluations"][0]["score"] == 0.97
    assert str(registry.schema_name) + "/" not in str(body)


def test_stranger_lists_and_opens_nothing_of_it(registry, api, stranger):
    row = register(**BRAND)

    assert api(stranger).get(URL).json() == []
    assert api(stranger).get(f"{URL}{row.pk}/").status_code == 404
    assert api(stranger).post(f"{URL}{row.pk}/promote/").status_code == 404


def test_promotion_and_the_way_back(registry, api, owner):
    serve(**BRAND, score=0.9)
    second = register(**BRAND, version=2, seed=2)
    evaluate(second)

    assert api(owner).post(f"{URL}{second.pk}/promote/").json()["state"] == "serving"
    assert api(owner).post(f"{URL}{second.pk}/roll-back/").json()["state"] == "withdrawn"


def test_gate_refuses_with_its_reason(registry, api, owner):
    answer = api(owner).post(f"{URL}{register(**BRAND).pk}/promote/")

    assert answer.status_code == 409
    assert answer.json()["detail"] == "It was not evaluated."


def test_trial_of_a_share_and_its_end(registry, api, owner):
    serve(**BRAND, score=0.9)
    second = register(**BRAND, version=2, seed=2)
    evaluate(second)
    asked = {"content_type": "application/json"}

    tried = api(owner).post(f"{URL}{second.pk}/try/", {"percent": 10}, **asked).json()
    refused = api(owner).post(f"{URL}{second.pk}/try/", {"percent": 90}, **asked)
    ended = api(owner).post(f"{URL}{second.pk}/roll-back/").json()

    assert (tried["state"], tried["canary_percent"]) == ("canary", 10)
    assert (refused.status_code, ended["state"]) == (400, "withdrawn")


@pytest.mark.parametrize("name", ["promote", "try", "roll-back"])
def test_shared_adapters_are_not_a_workspaces_to_change(registry, api, owner, name):
    answer = api(owner).post(f"{URL}{serve().pk}/{name}/", {"percent": 10}, content_type="application/json")

    assert answer.status_code == 409
    assert "shared" in answer.json()["title"]


def test_composition_is_told_and_strangers_is_another(registry, api, owner, stranger):
    lattice = serve_lattice()
    digest = evaluate(*lattice)
    asked = {"task": "planning", "retailer": "amazon", "brand": "nordmill"}

    mine = api(owner).post("/api/v1/compositions/", asked, content_type="application/json").json()
    theirs = api(stranger).post("/api/v1/compositions/", asked, content_type="application/json").json()

    assert (mine["digest"], len(mine["members"])) == (digest, 4)
    assert theirs["digest"] != digest
    assert all(member["axis"] != "brand" for member in theirs["members"])


@pytest.mark.parametrize("asked", [{}, {"task": ""}, {"task": "planning", "strategy": "ties"}])
def test_question_that_is_none_is_refused(registry, api, owner, asked):
    assert api(owner).post("/api/v1/compositions/", asked, content_type="application/json").status_code == 400


def test_names_are_places_and_never_files(registry, api, owner):
    asked = {"task": "../../etc/passwd", "retailer": "a" * 64}

    body = api(owner).post("/api/v1/compositions/", asked, content_type="application/json").json()

    assert body["members"] == []
    assert {one["why"] for one in body["left_out"]} == {"No adapter serves here."}


def test_health_says_whether_a_model_answers(registry, api, teammate):
    body = api(teammate).get("/api/v1/model-health/").json()

    assert (body["is_ready"], body["loaded_count"]) == (True, 0)
