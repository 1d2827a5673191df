"""What the API says to requests that make no sense: a problem that can be acted on, never a crash."""

import base64
import json

import pytest

LISTS = ["plans", "imports", "operations", "tokens", "audit-events", "facts"]
POSITIONS = ["p=1", "p=nonsense", "p=%00", "r=1&p=9%009", "o=99999999999&p=x"]


def _parse(client, body: str):
    return client.post("/api/v1/briefs/parse/", body, content_type="application/json")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("position", POSITIONS)
def test_cursor_that_somebody_made_up_is_a_problem(api, owner, acme, name, position):
    cursor = base64.b64encode(position.encode()).decode()

    answer = api(owner).get(f"/api/v1/{name}/", {"cursor": cursor})

    assert answer.status_code in {200, 400}  # a position of text may happen to be one
    if answer.status_code == 400:
        assert answer.json()["where"] == "cursor"
        assert "without a cursor" in answer.json()["fix"]


def test_cursor_that_is_no_cursor_is_a_problem(api, owner, acme):
    answer = api(owner).get("/api/v1/plans/?cursor=abc")

    assert (answer.status_code, answer.json()["title"]) == (400, "The cursor is not one of ours")


@pytest.mark.parametrize("depth", [41, 900, 50_000])
def test_json_that_is_nested_too_deeply_is_refused(api, owner, acme, depth):
    answer = _parse(api(owner), "[" * depth + "]" * depth)

    assert (answer.status_code, answer.json()["title"]) == (400, "The JSON is nested too deeply")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ('{"brief": "a\\u0000b"}', "body.brief"),
        ('{"brief": "a\\ud800b"}', "body.brief"),
        ('{"constraints": {"caps": [{"name": "\\u0000"}]}}', "body.constraints.caps[0].name"),
        ('{"constraints": {"\\udfff": 1}}', "a name in body.constraints"),
    ],
)
def test_text_that_no_database_keeps_is_refused_with_its_place(api, owner, acme, body, where):
    answer = _parse(api(owner), body)

    assert answer.status_code == 400
    assert answer.json()["where"] == where


def test_method_that_an_address_lacks_is_not_allowed_rather_than_forbidden(api, owner, acme):
    answer = api(owner).delete("/api/v1/plans/")

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert "POST" in answer["Allow"]


@pytest.mark.parametrize(
    "moment", ["5567-03-26T00:26:47+21:40", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "yesterday"]
)
def test_moment_that_the_database_cannot_hold_is_no_crash(api, manager, acme, moment):
    answer = api(manager).get("/api/v1/audit-events/", {"occurred_at__gte": moment})

    assert answer.status_code in {200, 400}
    if answer.status_code == 400:
        assert "occurred_at__gte" in answer.json()["errors"]


def test_offset_of_a_moment_counts(api, manager, acme):
    rows = api(manager).get("/api/v1/audit-events/?occurred_at__lt=2000-01-01T00:00:00%2B02:00").json()["results"]

    assert rows == []


def test_body_over_the_limit_says_so(api, owner, acme, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
    client = api(owner)

    answer = client.post(
        "/api/v1/briefs/parse/",
        json.dumps({"brief": "a" * 1_100_000}),
        content_type="application/json",
        headers={"Idempotency-Key": "large"},
    )

    assert answer.status_code == 413
    assert "at most 1 MB" in answer.json()["detail"]


def test_form_without_its_boundary_says_so(api, owner, acme):
    answer = api(owner).generic(
        "POST", "/api/v1/imports/", b"--x", content_type="multipart/form-data", headers={"Idempotency-Key": "form"}
    )

    assert answer.status_code == 400
    assert "boundary" in answer.json()["detail"]


def test_form_of_too_many_fields_says_so(api, owner, acme, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    fields = {f"field{number}": "x" for number in range(9)}

    answer = api(owner).post("/api/v1/imports/", fields, headers={"Idempotency-Key": "fields"})

    assert answer.status_code == 413
    assert "too many fields" in answer.json()["detail"]
