"""States of an import in words, and what its QuerySet finds."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from harmonization.models import DailyFact, ImportRun
from harmonization.tests.facts import DAY, make_fact, make_import
from tenants.models import Operation


def test_done_import_shows_whether_it_reconciles(acme):
    assert make_import(is_reconciled=True).shown_reconciliation == ("Reconciled", "good")
    assert make_import(is_reconciled=False).shown_reconciliation == ("Differs", "warn")
    assert make_import(state=ImportRun.State.REFUSED).shown_reconciliation is None


def test_refused_import_that_is_tried_again_shows_the_work(acme):
    operation = Operation.objects.create(kind="harmonize", title="x", queue="x", queued_at=timezone.now())
    run = make_import(state=ImportRun.State.REFUSED, operation=operation)
    assert run.shown_state == ("Queued", "neutral")

    operation.state = Operation.State.FAILED

    assert run.shown_state == ("Refused", "bad")


def test_imports_are_found_by_retailer_and_period(acme):
    june = make_import(retailers=["alpha", "beta"], period_start=date(2026, 6, 1), period_end=date(2026, 6, 30))
    make_import(retailers=["gamma"], period_start=date(2026, 7, 1), period_end=date(2026, 7, 31))

    assert list(ImportRun.objects.of_retailer("beta")) == [june]
    assert list(ImportRun.objects.about_period(date(2026, 6, 30), date(2026, 6, 30))) == [june]
    assert ImportRun.objects.about_period(None, None).count() == 2


def test_one_file_and_mapping_is_one_import(acme):
    make_import(file_sha256="a" * 64)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_import(file_sha256="a" * 64)
    assert make_import(file_sha256="a" * 64, mapping_name="beta")


def test_key_has_one_current_fact(acme):
    run = make_import()
    make_fact(import_run=run)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_fact(import_run=run)
    assert make_fact(import_run=run, superseded_by=make_import())
    assert make_fact(import_run=run, channel="offsite")


def test_days_outside_the_period_are_left_out(acme):
    make_fact(event_date=DAY)
    make_fact(event_date=date(2026, 7, 1))

    assert DailyFact.objects.between(DAY, date(2026, 6, 30)).count() == 1
