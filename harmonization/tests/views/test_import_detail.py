"""One import: counts, reconciliation and its days, rejects and their CSV, progress, problems."""

import csv
import io
from html import unescape

import pytest
from django.conf import settings
from django.utils import timezone

from harmonization.models import ImportRun
from harmonization.tests.facts import DAY, make_import
from tenants.models import Operation

LINES = [
    {
        "metric": "cost",
        "date": "2026-06-01",
        "source": "10.50",
        "harmonized": "10.50",
        "difference": "0.00",
        "reason": "",
    },
    {
        "metric": "cost",
        "date": "2026-06-02",
        "source": "7.25",
        "harmonized": "5.25",
        "difference": "2.00",
        "reason": "1 row rejected",
    },
]
HEADLINE = [
    {
        "retailer_id": "alpha",
        "retailer_name": "Alpha",
        "window_days": 14,
        "touch": "click",
        "scope": "total",
        "currency": "USD",
    }
]


@pytest.fixture
def run(acme):
    return make_import(
        file_name="june.csv",
        rows_read=3,
        rows_kept=2,
        rows_rejected=1,
        reconciliation=LINES,
        headline=HEADLINE,
        is_reconciled=False,
        period_start=DAY,
        period_end=DAY,
        rejects_path="rmis/rejects/june.csv",
    )


@pytest.fixture
def rejects(run):
    path = settings.DATA_DIR / "acme" / run.rejects_path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('row_number,reason,raw_row\n17,date is not a date,"=HYPERLINK(""http://x""),1"\n', encoding="utf-8")
    yield path
    path.unlink()


def test_page_tells_counts_window_and_totals(run, teammate, portal):
    page = unescape(portal(teammate).get(f"/data/imports/{run.pk}/").content.decode())

    assert "14-day click, total, USD" in page
    assert "$17.75" in page
    assert "$15.75" in page
    assert "1 row rejected" in page
    assert "Differs" in page


def test_total_leads_to_its_days(run, teammate, portal):
    client = portal(teammate)

    page = client.get(f"/data/imports/{run.pk}/").content.decode()
    days = client.get(f"/data/imports/{run.pk}/reconciliation/cost/").content.decode()

    assert f"/t/acme/data/imports/{run.pk}/reconciliation/cost/" in page
    assert "2026-06-02" in days
    assert "$2.00" in days


def test_metric_that_was_not_reconciled_is_not_found(run, teammate, portal):
    assert portal(teammate).get(f"/data/imports/{run.pk}/reconciliation/reach/").status_code == 404


def test_rejected_rows_are_shown_with_number_and_reason(run, rejects, teammate, portal):
    page = unescape(portal(teammate).get(f"/data/imports/{run.pk}/").content.decode())

    assert "date is not a date" in page
    assert ">17<" in page


def test_rejects_csv_runs_no_formula(run, rejects, teammate, portal):
    response = portal(teammate).get(f"/data/imports/{run.pk}/rejects.csv")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text))
    assert header == ["row_number", "reason", "raw_row"]
    assert row == ["17", "date is not a date", '\'=HYPERLINK("http://x"),1']
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("formula", ["=1+1", "  =1+1", "\uff1d1+1", "\u200b@SUM(A1)"])
def test_rejects_csv_runs_no_hidden_formula(run, rejects, teammate, portal, formula):
    with rejects.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["row_number", "reason", "raw_row"], ["17", "date is not a date", formula]])

    response = portal(teammate).get(f"/data/imports/{run.pk}/rejects.csv")

    _, row = csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")))
    assert row[2] == f"'{formula}"


def test_problem_of_a_refused_import_says_what_where_and_how(acme, teammate, portal):
    problem = {"title": "No row could be read", "detail": "All 3 rows.", "where": "line 4", "fix": "Check the mapping."}
    run = make_import(state=ImportRun.State.REFUSED, problem=problem)

    page = portal(teammate).get(f"/data/imports/{run.pk}/").content.decode()

    assert all(text in page for text in problem.values())


def test_page_polls_while_a_worker_is_at_it(acme, owner, portal):
    run = make_import(state=ImportRun.State.WAITING, operation=_operation(state="running", percent=40, step="Reading"))

    page = portal(owner).get(f"/data/imports/{run.pk}/").content.decode()
    fragment = portal(owner).get(f"/data/imports/{run.pk}/progress/")

    assert f'hx-get="/t/acme/data/imports/{run.pk}/progress/"' in page
    assert "40%" in fragment.content.decode()
    assert "HX-Refresh" not in fragment


def test_page_is_loaded_anew_when_the_work_ends(acme, owner, portal):
    run = make_import(state=ImportRun.State.DONE, operation=_operation(state="done"))

    fragment = portal(owner).get(f"/data/imports/{run.pk}/progress/")

    assert fragment["HX-Refresh"] == "true"


def test_failed_work_can_be_tried_again_by_who_may_write(acme, analyst, teammate, portal):
    problem = {"title": "Something went wrong on our side", "detail": "It stopped."}
    run = make_import(state=ImportRun.State.WAITING, operation=_operation(state="failed", problem=problem))

    for_analyst = portal(analyst).get(f"/data/imports/{run.pk}/").content.decode()
    for_viewer = portal(teammate).get(f"/data/imports/{run.pk}/").content.decode()

    retry = f"/activity/{run.operation_id}/retry/"
    assert retry in for_analyst
    assert "Something went wrong on our side" in for_viewer
    assert retry not in for_viewer


@pytest.mark.parametrize("page", ["", "progress/", "rejects.csv", "reconciliation/cost/"])
def test_stranger_finds_nothing(run, stranger, portal, page):
    path = f"/data/imports/{run.pk}/{page}"

    assert portal(stranger).get(path).status_code == 404
    assert portal(stranger, "globex").get(path).status_code == 404


def test_queries_stay_few(run, rejects, teammate, portal, django_assert_max_num_queries):
    client = portal(teammate)

    with django_assert_max_num_queries(12):
        client.get(f"/data/imports/{run.pk}/")


def _operation(**changes) -> Operation:
    values = {"kind": "harmonize", "title": "Harmonize june.csv", "queue": "harmonize", "queued_at": timezone.now()}
    return Operation.objects.create(**(values | changes))
