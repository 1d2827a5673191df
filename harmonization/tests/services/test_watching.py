"""Looking soon: after the import, once for all that wait, of each source its newest import."""

from datetime import timedelta
from uuid import uuid4

import pytest

from harmonization.models import Anomaly, DailyFact
from harmonization.services.uploads import receive_upload
from harmonization.services.watching import watch_soon
from harmonization.tests.facts import DAY, make_fact, make_import
from harmonization.tests.files import alpha_file
from tenants.models import Operation, OutboxMessage, WakeUp
from tenants.services.operation_runs import run_operation
from tenants.services.operations import cancel_operation


def with_a_gap(retailer_id: str = "alpha"):
    """An import of thirty days of a source, of which one is missing."""
    run = make_import()
    for number in range(30):
        if number != 20:
            on = DAY + timedelta(days=number)
            make_fact(import_run=run, retailer_id=retailer_id, event_date=on, impressions=900 + number)
    return run


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_import_is_done_before_its_source_is_looked_at(acme, analyst, own_folder):
    run, operation = receive_upload(file=alpha_file(), file_name="june.csv", mapping_name="alpha", by=analyst)

    state = run_operation(operation_id=str(operation.pk))

    look = Operation.objects.get(kind="watch")
    assert (state, look.state, look.created_by) == ("done", "queued", analyst)
    assert look.parameters == {"import_by_source": {"alpha": str(run.pk)}}
    assert DailyFact.objects.exists()
    assert OutboxMessage.objects.filter(operation_id=look.pk).count() == 1
    assert not WakeUp.objects.filter(kind="watch_sources").exists()


def test_look_finds_what_is_odd_and_names_the_import(acme, run_operations):
    run = with_a_gap()
    watch_soon(retailer_ids=["alpha"], import_run=run, by=None)

    states = run_operations()

    found = Anomaly.objects.get()
    look = Operation.objects.get(kind="watch")
    assert states == ["done"]
    assert (found.kind, found.event_date, found.import_run) == ("gap", DAY + timedelta(days=20), run)
    assert look.result == {"sources": 1, "open_anomalies": 1}
    assert look.result_url == "/data/anomalies/"


def test_several_imports_in_a_row_are_looked_at_once_and_the_newest_is_named(acme, run_operations):
    watch_soon(retailer_ids=["alpha", "beta"], import_run=make_import(), by=None)
    newest = with_a_gap()
    watch_soon(retailer_ids=["alpha"], import_run=newest, by=None)

    states = run_operations()

    look = Operation.objects.get(kind="watch")
    assert states == ["done"]
    assert OutboxMessage.objects.filter(operation_id=look.pk).count() == 1
    assert set(look.parameters["import_by_source"]) == {"alpha", "beta"}
    assert Anomaly.objects.get().import_run == newest


def test_import_after_a_look_began_gets_a_look_of_its_own(acme):
    first = watch_soon(retailer_ids=["alpha"], import_run=make_import(), by=None)
    Operation.objects.filter(pk=first.pk).update(state="running")

    second = watch_soon(retailer_ids=["alpha"], import_run=make_import(), by=None)

    assert second.pk != first.pk


def test_cancelled_look_takes_nothing_along(acme, owner):
    first = watch_soon(retailer_ids=["alpha"], import_run=make_import(), by=None)
    cancel_operation(operation=first, by=owner)

    second = watch_soon(retailer_ids=["alpha"], import_run=make_import(), by=None)

    assert (second.state, second.pk == first.pk) == ("queued", False)


def test_look_done_twice_changes_nothing(acme, run_operations):
    run = with_a_gap()
    for _ in range(2):
        watch_soon(retailer_ids=["alpha"], import_run=run, by=None)
        assert run_operations() == ["done"]

    assert Anomaly.objects.count() == 1


def test_look_outlives_its_import(acme, run_operations):
    look = watch_soon(retailer_ids=["alpha"], import_run=with_a_gap(), by=None)
    look.parameters = {"import_by_source": {"alpha": str(uuid4())}}
    look.save(update_fields=["parameters"])

    assert run_operations() == ["done"]
    assert Anomaly.objects.get().import_run is None
