"""Operations in the API."""

import pytest

from tenants.models import Operation
from tenants.services.operations import start_operation


@pytest.fixture
def operation(acme, owner) -> Operation:
    return start_operation(kind="plan", title="Plan", by=owner, parameters={})


def test_list_is_in_cursor_pages(api, teammate, owner, acme):
    for number in range(3):
        start_operation(kind="plan", title=f"Plan {number}", by=owner, parameters={})

    page = api(teammate).get("/api/v1/operations/?page_size=2").json()

    assert [row["title"] for row in page["results"]] == ["Plan 2", "Plan 1"]
    assert "cursor=" in page["next"]


def test_unfinished_operation_says_when_to_ask_again(api, teammate, operation):
    answer = api(teammate).get(f"/api/v1/operations/{operation.pk}/")

    assert answer.json()["state"] == "queued"
    assert answer["Retry-After"] == "1"


def test_failed_operation_carries_its_problem(api, teammate, operation):
    problem = {"title": "Unreadable", "detail": "No date.", "where": "row 3", "fix": "Add it."}
    Operation.objects.update(state="failed", problem=problem)

    answer = api(teammate).get(f"/api/v1/operations/{operation.pk}/")

    assert answer.json()["problem"] == problem
    assert "Retry-After" not in answer


def test_cancel_and_retry(api, analyst, operation):
    client = api(analyst)

    cancelled = client.post(f"/api/v1/operations/{operation.pk}/cancel/")
    retried = client.post(f"/api/v1/operations/{operation.pk}/retry/")

    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    assert (retried.status_code, retried.json()["state"]) == (202, "queued")
    assert retried["Location"] == f"/api/v1/operations/{operation.pk}/"


def test_cancel_of_finished_work_is_a_problem(api, analyst, operation):
    Operation.objects.update(state="done")

    answer = api(analyst).post(f"/api/v1/operations/{operation.pk}/cancel/")

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert "already ended" in answer.json()["detail"]


def test_reader_may_not_cancel(api, teammate, operation):
    assert api(teammate).post(f"/api/v1/operations/{operation.pk}/cancel/").status_code == 403


def test_stranger_gets_what_a_wrong_id_gets(api, stranger, operation):
    client = api(stranger)

    foreign = client.get(f"/api/v1/operations/{operation.pk}/")
    nothing = client.get("/api/v1/operations/00000000-0000-7000-8000-000000000000/")

    assert foreign.status_code == nothing.status_code == 404
    assert foreign.json() | {"instance": ""} == nothing.json() | {"instance": ""}
