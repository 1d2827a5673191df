"""The approval policy through the API: read, replace, refuse."""

import json

import pytest

from campaigns.models import ApprovalPolicy

PATH = "/api/v1/approval-policy/"
STRICT = {"largest_budget": "100000.00", "smallest_floor_probability": "0.800", "second_person_required": True}


def put(client, body):
    return client.put(PATH, data=json.dumps(body), content_type="application/json")


def test_nobody_set_one_and_everything_is_allowed(api, teammate, acme):
    assert api(teammate).get(PATH).json() == {
        "largest_budget": None,
        "smallest_floor_probability": "0.000",
        "second_person_required": False,
    }


def test_an_owner_replaces_it(api, owner, acme):
    client = api(owner)

    stored = put(client, STRICT)

    assert (stored.status_code, stored.json()) == (200, STRICT)
    assert client.get(PATH).json() == STRICT


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"largest_budget": "0"}, "largest_budget"),
        ({"smallest_floor_probability": "2"}, "smallest_floor_probability"),
    ],
)
def test_nonsense_says_where_and_what_to_give(api, owner, acme, wrong, field):
    answer = put(api(owner), STRICT | wrong)

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["where"] == field
    assert answer.json()["fix"].startswith("Give")
    assert not ApprovalPolicy.objects.exists()


@pytest.mark.parametrize("missing", list(STRICT))
def test_a_policy_is_replaced_whole_or_not_at_all(api, owner, acme, missing):
    answer = put(api(owner), {name: value for name, value in STRICT.items() if name != missing})

    assert answer.status_code == 400
    assert missing in answer.json()["errors"]


def test_a_manager_may_not_change_it(api, manager, acme):
    assert put(api(manager), STRICT).status_code == 403


def test_an_owners_token_without_the_scope_may_not_change_it(api, owner, acme):
    client = api(owner, ["plans:read", "plans:approve"])

    assert client.get(PATH).status_code == 200
    assert put(client, STRICT).status_code == 403


def test_a_stranger_reads_and_writes_their_own_and_never_this_one(api, stranger, acme):
    answer = put(api(stranger), STRICT)

    assert answer.status_code == 200
    assert not ApprovalPolicy.objects.exists()


def test_the_document_describes_it(api, owner, acme):
    paths = api(owner).get("/api/schema/?format=json").json()["paths"]

    described = next(methods for path, methods in paths.items() if path.endswith(PATH))
    assert {"get", "put"} <= set(described)
