"""Anomalies: found with an import, kept once, decided by people, gone when the data is mended."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from harmonization.models import Anomaly, DayRollup, HeldDay, ImportRun
from harmonization.services.anomalies import DecisionRefused, decide_anomaly, watch_every_source, watch_sources
from harmonization.services.held_days import accept_held_day
from harmonization.services.uploads import receive_upload
from harmonization.tests.facts import DAY, make_fact, make_import
from harmonization.tests.files import LAST_DAY, alpha_bytes, upload
from tenants.models import AuditEvent, WakeUp


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def imported(acme, analyst, run_operations):
    def do(name: str, content: bytes) -> ImportRun:
        file = upload(name, content)
        run, _ = receive_upload(file=file, file_name=name, mapping_name="alpha", by=analyst)
        assert run_operations() == ["done"]
        run.refresh_from_db()
        return run

    return do


def weeks(count: int) -> list[dict[str, str]]:
    """The sample's fortnights one after the other, with counts of later ones a little higher."""
    rows: list[dict[str, str]] = []
    for part in range(count):
        last = LAST_DAY - timedelta(days=14 * (count - 1 - part))
        for row in csv.DictReader(io.StringIO(alpha_bytes(last_day=last).decode())):
            row["event_id"] = f"{part}-{row['event_id']}"
            row["impressions"] = str(int(row["impressions"]) + part)
            rows.append(row)
    return rows


def as_bytes(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def tenfold(rows: list[dict[str, str]], *, on) -> list[dict[str, str]]:
    return [
        {**row, "spend_usd": f"{10 * float(row['spend_usd']):.2f}"} if row["date"] == on.isoformat() else row
        for row in rows
    ]


def test_tenfold_day_is_found_with_the_import_and_says_why(imported):
    run = imported("ten.csv", as_bytes(tenfold(weeks(5), on=LAST_DAY)))

    (found,) = Anomaly.objects.open()
    assert (found.retailer_id, found.event_date, found.import_run) == ("alpha", LAST_DAY, run)
    assert "ten times" in found.cause
    assert found.expected
    assert "ordinary days" in found.odds


def test_ordinary_import_leaves_no_anomaly(imported):
    imported("plain.csv", as_bytes(weeks(5)))

    assert not Anomaly.objects.exists()


def test_looking_again_changes_nothing_and_keeps_decisions(imported, analyst):
    imported("ten.csv", as_bytes(tenfold(weeks(5), on=LAST_DAY)))
    found = Anomaly.objects.get()
    decide_anomaly(anomaly=found, state="explained", note="Prime day", by=analyst, at=timezone.now())

    watch_sources(retailer_ids=["alpha"], now=timezone.now())

    again = Anomaly.objects.get()
    assert (again.pk, again.state, again.note) == (found.pk, "explained", "Prime day")


def test_mended_day_is_no_longer_found_and_comes_back_open(imported):
    rows = weeks(5)
    imported("ten.csv", as_bytes(tenfold(rows, on=LAST_DAY)))

    imported("mended.csv", as_bytes([{**row, "promo": "1"} for row in rows]))
    accept_held_day(held_day=HeldDay.objects.get(), by=None, at=timezone.now())
    mended = Anomaly.objects.get().state
    imported("again.csv", as_bytes(tenfold([{**row, "promo": "0"} for row in rows], on=LAST_DAY)[::-1]))

    assert mended == "gone"
    assert Anomaly.objects.get().state == "open"


def test_missing_day_of_a_daily_source_is_found(acme):
    run = make_import()
    for number in range(30):
        if number != 20:
            make_fact(import_run=run, event_date=DAY + timedelta(days=number), impressions=900 + number)

    watch_sources(retailer_ids=["alpha"], now=timezone.now())

    assert list(Anomaly.objects.values_list("kind", "event_date")) == [("gap", DAY + timedelta(days=20))]


def test_column_that_vanishes_from_the_next_file_is_found(imported):
    imported("first.csv", as_bytes(weeks(1)))
    without = [{**row, "brand": ""} for row in weeks(1)]

    imported("second.csv", as_bytes(without))

    assert list(Anomaly.objects.values_list("kind", "metric")) == [("field_lost", "brand")]


def test_late_source_is_noticed_in_the_morning_without_an_import(acme):
    now = timezone.now()
    for week in range(6, 1, -1):
        on = now - timedelta(weeks=week)
        make_fact(import_run=make_import(finished_at=on, period_end=on.date()), event_date=on.date())

    next_at = watch_every_source(acme.pk, now)

    assert Anomaly.objects.get(kind="stale").summary.startswith("New data is")
    assert next_at == now + timedelta(days=1)


def test_workspace_without_data_sleeps(acme):
    assert watch_every_source(acme.pk, timezone.now()) is None


def test_import_sets_the_next_look(imported):
    imported("first.csv", as_bytes(weeks(1)))

    assert WakeUp.objects.get(kind="watch_sources").due_at > timezone.now()


def test_decision_is_audited_with_before_and_after(imported, analyst):
    imported("ten.csv", as_bytes(tenfold(weeks(5), on=LAST_DAY)))

    decide_anomaly(anomaly=Anomaly.objects.get(), state="acknowledged", note="", by=analyst, at=timezone.now())

    event = AuditEvent.objects.get(kind="anomaly.acknowledged")
    assert (event.before["state"], event.after["state"]) == ("open", "acknowledged")


@pytest.mark.parametrize(("state", "note"), [("gone", ""), ("explained", "  "), ("acknowledged", "x" * 2001)])
def test_decision_that_says_nothing_is_refused(acme, state, note):
    anomaly = Anomaly.objects.create(
        retailer_id="alpha",
        event_date=DAY,
        kind="gap",
        oddness=0,
        found_at=timezone.now(),
        last_found_at=timezone.now(),
    )

    with pytest.raises(DecisionRefused):
        decide_anomaly(anomaly=anomaly, state=state, note=note, by=None, at=timezone.now())


@pytest.mark.parametrize(
    "changes",
    [
        {"cost": 0, "impressions": 0, "clicks": 0, "revenue": 0, "orders": 0},
        {"cost": -5, "revenue": -100, "clicks": -1},
    ],
    ids=["nothing but zeros", "credits"],
)
def test_strange_figures_do_not_stop_an_import(acme, changes):
    run = make_import()
    for number in range(40):
        make_fact(import_run=run, event_date=DAY + timedelta(days=number), **changes)

    watch_sources(retailer_ids=["alpha"], now=timezone.now())

    assert DayRollup.objects.count() == 40
