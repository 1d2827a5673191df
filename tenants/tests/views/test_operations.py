"""The activity pages: what is shown, what may be pressed, and by whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tenants.models import Operation
from tenants.services.operations import start_operation


@pytest.fixture
def operation(acme, owner) -> Operation:
    return start_operation(kind="plan", title="Plan the spring", by=owner, parameters={})


def test_list_names_the_work(portal, teammate, operation):
    page = portal(teammate).get("/activity/")

    assert page.status_code == 200
    assert "Plan the spring" in page.text


def test_list_keeps_its_filter_in_the_address(portal, teammate, operation):
    page = portal(teammate).get("/activity/?state=done")

    assert "Plan the spring" not in page.text
    assert "Nothing matches these filters" in page.text


def test_empty_list_says_why_and_what_to_do(portal, teammate):
    page = portal(teammate).get("/activity/")

    assert "Nothing has been run yet" in page.text


def test_detail_shows_progress(portal, teammate, operation):
    page = portal(teammate).get(f"/activity/{operation.pk}/")

    assert f'hx-get="/t/acme/activity/{operation.pk}/progress/"' in page.text


def test_running_fragment_polls_again_and_says_how_long(portal, teammate, operation):
    started = timezone.now() - timedelta(minutes=4)
    _set(operation, state="running", percent=50, step="Fitting", started_at=started, queued_at=started)

    fragment = portal(teammate).get(f"/activity/{operation.pk}/progress/").text

    assert "load delay:5s" in fragment
    assert "about 4 min left" in fragment
    assert "Fitting" in fragment


def test_fresh_fragment_polls_every_second(portal, teammate, operation):
    fragment = portal(teammate).get(f"/activity/{operation.pk}/progress/").text

    assert "load delay:1s" in fragment


def test_finished_fragment_stops_polling_and_links_inside_the_tenant(portal, teammate, operation):
    _set(operation, state="done", percent=100, step="Done", result_url="/plans/7/")

    fragment = portal(teammate).get(f"/activity/{operation.pk}/progress/").text

    assert "hx-trigger" not in fragment
    assert 'href="/t/acme/plans/7/"' in fragment


def test_result_outside_the_tenant_is_not_linked(portal, teammate, operation):
    _set(operation, state="done", result_url="https://evil.example/")

    fragment = portal(teammate).get(f"/activity/{operation.pk}/progress/").text

    assert "evil.example" not in fragment


def test_cancel_by_htmx_answers_with_the_fragment(portal, analyst, operation):
    answer = portal(analyst).post(f"/activity/{operation.pk}/cancel/", headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "Cancelled" in answer.text
    assert "<html" not in answer.text


def test_cancel_without_script_leads_back_to_the_page(portal, analyst, operation):
    answer = portal(analyst).post(f"/activity/{operation.pk}/cancel/")

    assert answer.status_code == 302
    assert answer["Location"] == f"/t/acme/activity/{operation.pk}/"


def test_cancel_of_a_finished_operation_is_refused_in_words(portal, analyst, operation):
    _set(operation, state="done")

    page = portal(analyst).post(f"/activity/{operation.pk}/cancel/", follow=True)

    assert "It has already ended" in page.text


def test_retry_queues_a_failed_operation(portal, analyst, operation):
    _set(operation, state="failed", problem={"title": "Broken", "detail": "It broke."})

    portal(analyst).post(f"/activity/{operation.pk}/retry/")

    operation.refresh_from_db()
    assert operation.state == "queued"


@pytest.mark.parametrize("door", ["cancel", "retry"])
def test_changes_are_made_by_post_only(portal, owner, operation, door):
    assert portal(owner).get(f"/activity/{operation.pk}/{door}/").status_code == 405


@pytest.mark.parametrize("door", ["cancel", "retry"])
def test_teammate_who_only_reads_may_not_press(portal, teammate, operation, door):
    assert portal(teammate).post(f"/activity/{operation.pk}/{door}/").status_code == 403


@pytest.mark.parametrize("path", ["", "progress/"])
def test_stranger_finds_nothing(portal, stranger, operation, path):
    assert portal(stranger).get(f"/activity/{operation.pk}/{path}").status_code == 404
    assert portal(stranger, "globex").get(f"/activity/{operation.pk}/{path}").status_code == 404


def _set(operation: Operation, **fields) -> None:
    Operation.objects.filter(pk=operation.pk).update(**fields)
