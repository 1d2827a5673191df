"""Days of a partial file: held, then written or dropped by a person; nothing is lost before."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from harmonization.models import DailyFact, DayRollup, DayVersion, HeldDay
from harmonization.services.held_days import HeldDayRefused, accept_held_day, refuse_held_day
from harmonization.services.uploads import receive_upload
from harmonization.tests.files import LAST_DAY, alpha_bytes, alpha_file, upload
from tenants.models import AuditEvent


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def imported(acme, analyst, run_operations):
    def do(file):
        run, _ = receive_upload(file=file, file_name=file.name, mapping_name="alpha", by=analyst)
        assert run_operations() == ["done"]
        run.refresh_from_db()
        return run

    return do


def partial_bytes() -> bytes:
    """The last day again, but only a cent of cost for what is left of each campaign."""
    header, *lines = alpha_bytes().decode().splitlines()
    last = [line for line in lines if LAST_DAY.isoformat() in line and "A-1001" in line]
    return "\n".join(
        [header, *(",".join([*line.split(",")[:12], "0.01", *line.split(",")[13:]]) for line in last)]
    ).encode()


@pytest.fixture
def held(imported) -> HeldDay:
    imported(alpha_file())
    imported(upload("partial.csv", partial_bytes()))
    return HeldDay.objects.get()


def spend_of_last_day() -> Decimal:
    return sum(DailyFact.objects.current().filter(event_date=LAST_DAY).values_list("cost", flat=True), Decimal(0))


def test_partial_file_holds_its_day_and_leaves_the_old_one(held):
    assert (held.retailer_id, held.event_date, held.state) == ("alpha", LAST_DAY, "waiting")
    assert (held.facts_before, held.facts_after) == (8, 4)
    assert "would go from" in held.reason
    assert held.import_run.facts_written == 0
    assert DailyFact.objects.current().filter(event_date=LAST_DAY).count() == 8


def test_other_days_of_a_partly_held_file_are_written(imported):
    imported(alpha_file())
    later = alpha_bytes(last_day=LAST_DAY + timedelta(days=1)).decode().splitlines()
    new_day = [line for line in later if (LAST_DAY + timedelta(days=1)).isoformat() in line]

    run = imported(upload("both.csv", partial_bytes() + "\n".join(["", *new_day]).replace("SIM-", "N-").encode()))

    assert (run.facts_written, HeldDay.objects.count()) == (8, 1)
    assert DailyFact.objects.current().filter(event_date=LAST_DAY + timedelta(days=1)).count() == 8


def test_accepted_day_replaces_the_old_one_with_version_and_audit(held, manager):
    accept_held_day(held_day=held, by=manager, at=timezone.now())

    assert spend_of_last_day() == Decimal("0.04")
    assert DayRollup.objects.get(event_date=LAST_DAY).cost == Decimal("0.04")
    newest = DayVersion.objects.filter(event_date=LAST_DAY).last()
    assert (newest.number, newest.recorded_by, newest.import_run) == (2, manager, held.import_run)
    assert AuditEvent.objects.filter(kind="held_day.accepted", about_id=str(held.pk)).count() == 1


def test_refused_day_changes_nothing(held, manager):
    before = spend_of_last_day()

    refuse_held_day(held_day=held, by=manager, at=timezone.now())

    assert spend_of_last_day() == before
    assert DayVersion.objects.filter(event_date=LAST_DAY).count() == 1
    assert AuditEvent.objects.filter(kind="held_day.refused").count() == 1


def test_day_is_decided_once(held, manager):
    refuse_held_day(held_day=held, by=manager, at=timezone.now())

    with pytest.raises(HeldDayRefused, match="refused before"):
        accept_held_day(held_day=held, by=manager, at=timezone.now())


def test_day_that_a_newer_file_wrote_is_not_overwritten_by_the_older_one(held, imported, manager):
    imported(upload("newer.csv", alpha_bytes().replace(b"SIM-00001", b"SIM-X0001")))

    with pytest.raises(HeldDayRefused, match="after this one"):
        accept_held_day(held_day=held, by=manager, at=timezone.now())

    assert HeldDay.objects.get().is_waiting


def test_corrected_day_is_not_held(imported):
    imported(alpha_file())
    corrected = alpha_bytes().decode().replace("Simulated Foods", "Simulated Food Co")

    run = imported(upload("corrected.csv", corrected.encode()))

    assert not HeldDay.objects.exists()
    assert run.facts_restated == run.facts_written
