"""The audit pages: filter, before and after, verification, safe export."""

import csv
import io

import pytest
from django.db import connection

from tenants.services.audit import record_event


@pytest.fixture
def events(acme, owner, manager):
    record_event(kind="plan.approved", about=owner, by=owner, before={"state": "draft"}, after={"state": "approved"})
    record_event(kind="plan.exported", about=owner, by=manager, after={"file": '=HYPERLINK("http://x")'})


def test_log_shows_who_what_before_and_after(portal, manager, events):
    page = portal(manager).get("/audit/").text

    assert "plan.approved" in page
    assert "owner@example.com" in page
    assert "draft" in page
    assert "approved" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=plan.approved", 1),
        ("actor=manager", 1),
        ("first_day=2000-01-01&last_day=2000-01-02", 0),
        ("last_day=2999-01-01", 3),
        ("last_day=9999-12-31", 3),
        ("first_day=0001-01-01", 3),
    ],
)
def test_filters_are_in_the_address(portal, manager, events, query, expected):
    rows = portal(manager).get(f"/audit/?{query}").context["page"].paginator.count

    assert rows == expected


def test_wrong_date_is_said_and_filters_nothing(portal, manager, events):
    page = portal(manager).get("/audit/?first_day=yesterday")

    assert page.status_code == 200
    assert "Enter a valid date" in page.text


def test_whole_chain_is_said_to_be_whole(portal, manager, events):
    assert "The chain is whole: 3 rows checked" in portal(manager).get("/audit/?verify=1").text


def test_altered_row_is_named(portal, manager, events):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("UPDATE acme.tenants_auditevent SET actor_label = 'someone' WHERE sequence = 2")

    assert "The chain breaks at row 2" in portal(manager).get("/audit/?verify=1").text


def test_export_holds_the_filtered_rows_without_formulas(portal, manager, events):
    answer = portal(manager).get("/audit/export/?kind=plan.exported")

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer["Content-Type"].startswith("text/csv")
    assert len(rows) == 1
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in rows[0].values())


def test_teammate_without_the_right_may_not_read_the_log(portal, teammate):
    assert portal(teammate).get("/audit/").status_code == 403
    assert portal(teammate).get("/audit/export/").status_code == 403


def test_stranger_finds_no_log(portal, stranger):
    assert portal(stranger).get("/audit/").status_code == 404
