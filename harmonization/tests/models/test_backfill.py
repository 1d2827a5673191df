"""What migration 0004 makes of the facts that were there before it."""

from datetime import timedelta
from importlib import import_module

from django.db import connection
from django.utils import timezone

from harmonization.models import DailyFact, DayRollup, DayVersion
from harmonization.services.rollups import check_rollups
from harmonization.tests.facts import DAY, make_fact, make_import

MIGRATION = import_module("harmonization.migrations.0004_quality_over_time")


def test_earlier_facts_get_times_rollups_and_a_first_version(acme):
    imported_at = timezone.now() - timedelta(days=30)
    old, new = make_import(finished_at=imported_at), make_import(finished_at=imported_at + timedelta(days=1))
    make_fact(import_run=old, superseded_by=new)
    make_fact(import_run=new, cost=30)
    make_fact(import_run=new, sku_id="S2", currency="EUR")
    DayRollup.objects.all().delete()

    with connection.cursor() as cursor:
        for statement in (MIGRATION.KNOWN_FROM, MIGRATION.KNOWN_UNTIL, MIGRATION.ROLLUPS, MIGRATION.VERSIONS):
            cursor.execute(statement)

    restated = DailyFact.objects.get(import_run=old)
    assert (restated.known_from, restated.known_until) == (old.finished_at, new.finished_at)
    assert check_rollups().differing == 0
    version = DayVersion.objects.get()
    assert (version.number, version.event_date, version.import_run) == (1, DAY, new)
    assert [(one["currency"], one["cost"]) for one in version.figures] == [("EUR", "25.000000"), ("USD", "30.000000")]
