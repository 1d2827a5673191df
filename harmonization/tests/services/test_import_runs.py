"""Performing imports: facts, reconciliation, restatement, refusals, one effect however often it is delivered."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db.models import Sum

from harmonization.models import DailyFact, ImportRun
from harmonization.services.uploads import receive_upload
from harmonization.tests.files import (
    LAST_DAY,
    ROWS,
    alpha_bytes,
    alpha_file,
    alpha_with_bad_date,
    beta_bytes,
    only_header,
    upload,
)
from tenants.models import AuditEvent, Operation
from tenants.services.operation_runs import run_operation


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def imported(acme, analyst, run_operations):
    def do(file, mapping_name="alpha"):
        run, _ = receive_upload(file=file, file_name=file.name, mapping_name=mapping_name, by=analyst)
        states = run_operations()
        run.refresh_from_db()
        return run, states

    return do


def test_import_leaves_facts_that_add_up_to_the_file(imported):
    run, states = imported(alpha_file())

    assert states == ["done"]
    assert (run.state, run.rows_read, run.rows_kept, run.rows_rejected) == ("done", ROWS, ROWS, 0)
    spend = sum(Decimal(line.split(",")[12]) for line in alpha_bytes().decode().splitlines()[1:])
    assert DailyFact.objects.current().aggregate(total=Sum("cost"))["total"] == spend
    assert run.facts_written == DailyFact.objects.count()


def test_import_tells_period_retailer_and_window(imported):
    run, _ = imported(alpha_file())

    assert (run.retailers, run.period_start, run.period_end) == (["alpha"], LAST_DAY - timedelta(days=13), LAST_DAY)
    assert (run.headline[0]["window_days"], run.headline[0]["currency"]) == (14, "USD")
    assert run.is_reconciled
    assert {line["metric"] for line in run.reconciliation} >= {"cost", "clicks", "impressions"}


def test_import_is_audited_and_leads_to_its_page(imported, acme):
    run, _ = imported(alpha_file())

    assert AuditEvent.objects.filter(kind="import.harmonized", about_id=str(run.pk)).count() == 1
    assert Operation.objects.get(kind="harmonize").result_url == f"/data/imports/{run.pk}/"


def test_rows_that_cannot_be_read_are_kept_with_number_and_reason(imported):
    run, _ = imported(upload("with-bad-date.csv", alpha_with_bad_date()))

    assert (run.state, run.rows_kept, run.rows_rejected) == ("done", ROWS, 1)
    text = (settings.DATA_DIR / "acme" / run.rejects_path).read_text()
    assert str(ROWS + 2) in text
    assert "2026-13-45" in text


def test_later_file_restates_its_days_and_keeps_the_old_facts(imported):
    first, _ = imported(alpha_file())
    changed = alpha_bytes().replace(b"SIM-00001", b"SIM-X0001")

    second, _ = imported(upload("later.csv", changed))

    assert second.facts_restated == first.facts_written
    assert DailyFact.objects.filter(import_run=first, superseded_by=second).count() == first.facts_written
    assert set(DailyFact.objects.current().values_list("import_run", flat=True)) == {second.pk}


def test_file_without_rows_is_refused_with_a_way_out(imported, acme):
    run, states = imported(upload("empty-report.csv", only_header()))

    assert states == ["failed"]
    assert run.state == ImportRun.State.REFUSED
    assert run.problem["fix"]
    assert DailyFact.objects.count() == 0


def test_wrong_mapping_is_refused_and_says_which_columns_are_missing(imported, acme):
    run, states = imported(alpha_file(), mapping_name="amazon_sp_v3")

    assert states == ["failed"]
    assert run.problem["title"]
    assert Operation.objects.get().problem["detail"] == run.problem["detail"]


def test_operation_delivered_twice_has_one_effect(imported, acme):
    run, _ = imported(alpha_file())
    operation = Operation.objects.get(kind="harmonize")

    assert run_operation(operation_id=str(operation.pk)) == "skipped"
    assert DailyFact.objects.count() == run.facts_written


def test_work_of_a_killed_worker_is_done_again_with_the_same_end(imported, acme, run_operations):
    run, _ = imported(alpha_file())
    files = sorted(path.name for path in (settings.DATA_DIR / "acme" / "rmis").rglob("*.parquet"))
    DailyFact.objects.all().delete()
    ImportRun.objects.update(state=ImportRun.State.WAITING)
    Operation.objects.filter(kind="harmonize").update(state=Operation.State.QUEUED)

    assert run_operations() == ["done"]

    assert DailyFact.objects.count() == run.facts_written
    assert sorted(path.name for path in (settings.DATA_DIR / "acme" / "rmis").rglob("*.parquet")) == files


def test_row_of_totals_is_not_counted_twice(imported):
    run, _ = imported(upload("simulated-beta.csv", beta_bytes()), mapping_name="beta")

    assert (run.rows_read, run.rows_rejected, run.quality["totals_rows"]) == (2, 0, 1)
    assert DailyFact.objects.current().aggregate(total=Sum("cost"))["total"] == Decimal("16.75")
    assert run.is_reconciled


def test_other_encodings_keep_their_letters(imported):
    content = alpha_bytes().decode().replace("Oat bar", "Müsli").encode("cp1252")

    run, _ = imported(upload("latin.csv", content))

    assert run.quality["encoding"] == "cp1252"
    assert DailyFact.objects.filter(product_name="Müsli 12-pack").exists()
