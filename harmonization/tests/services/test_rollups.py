"""Rollups and versions follow the facts; a check finds where they do not."""

from datetime import timedelta
from decimal import Decimal

import pytest

from harmonization.models import DailyFact, DayRollup, DayVersion
from harmonization.selectors.facts import kpis
from harmonization.services.rollups import check_rollups, rebuild_rollups
from harmonization.services.uploads import receive_upload
from harmonization.tests.facts import DAY, make_fact
from harmonization.tests.files import LAST_DAY, alpha_bytes, alpha_file, upload


@pytest.fixture
def imported(acme, analyst, run_operations, settings, tmp_path):
    settings.DATA_DIR = tmp_path

    def do(file):
        run, _ = receive_upload(file=file, file_name=file.name, mapping_name="alpha", by=analyst)
        assert run_operations() == ["done"]
        return run

    return do


def test_import_leaves_a_rollup_of_each_day_that_adds_up(imported):
    imported(alpha_file())

    assert DayRollup.objects.count() == 14
    facts = DailyFact.objects.filter(event_date=LAST_DAY)
    rollup = DayRollup.objects.get(event_date=LAST_DAY)
    assert rollup.cost == sum(facts.values_list("cost", flat=True))
    assert (rollup.facts, rollup.campaigns) == (8, 4)
    assert rollup.odd_facts == sum((fact.impressions % 2 or fact.clicks % 2) > 0 for fact in facts)


def test_restated_day_is_summed_anew_and_others_stay(imported):
    imported(alpha_file())
    line = next(one for one in alpha_bytes().decode().splitlines() if LAST_DAY.isoformat() in one and "search" in one)
    dearer = ",".join([*line.split(",")[:12], "99.50", *line.split(",")[13:]])

    imported(upload("one-row.csv", alpha_bytes().replace(line.encode(), dearer.encode())))

    assert check_rollups().differing == 0
    assert DayRollup.objects.count() == 14


def test_each_change_of_a_day_leaves_a_version_with_its_totals(imported, analyst):
    imported(alpha_file())
    second = imported(upload("again.csv", alpha_bytes().replace(b"SIM-00001", b"SIM-X0001")))

    versions = DayVersion.objects.filter(event_date=LAST_DAY)

    assert [version.number for version in versions] == [1, 2]
    assert (versions[1].import_run_id, versions[1].recorded_by) == (second.pk, analyst)
    (figures,) = versions[1].figures
    assert Decimal(figures["cost"]) == DayRollup.objects.get(event_date=LAST_DAY).cost
    assert (figures["currency"], figures["facts"]) == ("USD", 8)


def test_day_read_after_the_sources_rule_is_final_and_an_earlier_one_is_not(imported):
    imported(alpha_file())
    read_on = DayVersion.objects.first().recorded_at.date()
    fresh = imported(upload("fresh.csv", alpha_bytes(last_day=read_on)))

    assert fresh.day_versions.get(event_date=read_on).is_final is False
    assert DayVersion.objects.get(event_date=LAST_DAY).is_final is True


def test_facts_can_be_read_as_they_were_known(imported):
    imported(alpha_file())
    before = DailyFact.objects.latest("known_from").known_from
    second = imported(upload("again.csv", alpha_bytes().replace(b"SIM-00001", b"SIM-X0001")))

    then = DailyFact.objects.known_at(before)

    assert then.count() == DailyFact.objects.current().count()
    assert not then.filter(import_run=second).exists()
    assert not DailyFact.objects.known_at(before - timedelta(days=1)).exists()


def test_facts_changed_by_hand_are_found_and_mended(acme):
    make_fact()
    make_fact(event_date=DAY + timedelta(days=1))
    DailyFact.objects.filter(event_date=DAY).update(cost=Decimal(99))

    found = check_rollups()
    rebuild_rollups()

    assert (found.checked, found.differing) == (2, 2)
    assert str(DAY) in found.first[0]
    assert check_rollups().differing == 0


def test_key_figures_read_rollups_alone(acme, django_assert_num_queries):
    make_fact()
    DailyFact.objects.all().delete()

    with django_assert_num_queries(1):
        assert kpis(start=DAY, end=DAY).spend == Decimal(25)
