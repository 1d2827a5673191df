"""Amazon Ads from the request to the facts, against a server that answers as Amazon does, with all its troubles."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from harmonization.connectors.protocol import SourceRefused
from harmonization.models import DailyFact, ImportRun, SourceFile, SourceRun
from harmonization.services.source_credentials import set_credential
from harmonization.services.sources import SourceSettings, probe_source, update_source
from harmonization.tests.connectors.amazon_server import SECRETS, Trouble
from harmonization.tests.connectors.conftest import DAILY, rows_of
from tenants.models import Operation, WakeUp

THREE_HOURS = timedelta(hours=3)


def created(amazon) -> list[str]:
    return [report.body["startDate"] + ".." + report.body["endDate"] for report in amazon.reports.values()]


def asked(amazon, start: str) -> int:
    return sum(line.startswith(start) for line in amazon.requests)


def test_report_becomes_facts_that_reconcile_with_it(amazon_source, amazon, read, run_operations):
    run = read(amazon_source)
    run_operations()

    imported = ImportRun.objects.get()
    sent = rows_of(date(2026, 5, 31), date(2026, 6, 19))
    facts = DailyFact.objects.current().aggregate(cost=Sum("cost"), clicks=Sum("clicks"), revenue=Sum("revenue"))
    assert (run.state, run.files_taken, imported.state, imported.is_reconciled) == ("done", 1, "done", True)
    assert facts["cost"] == sum(Decimal(str(row["cost"])) for row in sent)
    assert facts["clicks"] == sum(row["clicks"] for row in sent)
    assert facts["revenue"] == sum(Decimal(str(row["sales14d"])) for row in sent)
    assert (imported.mapping_name, run.source.cursor) == ("amazon_sp_v3", "2026-06-19")
    assert set(DailyFact.objects.values_list("currency", "attribution_window_days")) == {("USD", 14)}


def test_three_hours_are_waited_without_a_worker_and_with_few_questions(amazon_source, amazon, clock, read, go_on):
    amazon.takes = THREE_HOURS
    begun = clock()

    run, looks = read(amazon_source), 1
    while run.state == SourceRun.State.RUNNING:
        operation = Operation.objects.get(pk=run.operation_id)
        assert operation.state == "queued"
        assert "Amazon is making the report; next look at" in operation.step
        run, looks = go_on(run), looks + 1

    assert run.state == "done"
    assert THREE_HOURS <= clock() - begun <= THREE_HOURS + timedelta(minutes=15)
    assert (asked(amazon, "POST /na/reporting"), looks) == (1, 16)


def test_report_that_never_comes_ends_the_run_with_a_reason(amazon_source, amazon, clock, read, go_on):
    amazon.takes = timedelta(days=2)

    run = read(amazon_source)
    while run.state == SourceRun.State.RUNNING:
        run = go_on(run)

    assert run.files_failed == 1
    assert "three and a half hours" in run.source.last_error["detail"]
    assert run.source.cursor == ""


def test_next_day_asks_for_the_new_day_and_the_ones_that_may_be_restated(
    amazon_source, amazon, clock, read, run_operations
):
    read(amazon_source)
    run_operations()
    clock.pass_by(days=1)
    amazon.rows = lambda start, end: [row | {"cost": row["cost"] + 1} for row in rows_of(start, end)]

    read(amazon_source)
    run_operations()

    assert created(amazon) == ["2026-05-31..2026-06-19", "2026-06-06..2026-06-20"]
    facts = DailyFact.objects.current()
    assert facts.get(event_date=date(2026, 6, 19), campaign_id="158410630682987").cost == Decimal("15.82")
    assert facts.get(event_date=date(2026, 6, 5), campaign_id="158410630682987").cost == Decimal("6.84")
    assert facts.values("event_date").distinct().count() == 21


def test_long_first_time_is_cut_into_reports_of_a_month(amazon_source, amazon, owner, clock, read):
    options = {**amazon_source.options, "first_days": "94"}
    wish = SourceSettings(name="Amazon US", options=options, schedule=DAILY)
    update_source(source=amazon_source, wish=wish, by=owner, now=clock())

    run = read(amazon_source)

    assert created(amazon) == [
        "2026-03-18..2026-04-17",
        "2026-04-18..2026-05-18",
        "2026-05-19..2026-06-18",
        "2026-06-19..2026-06-19",
    ]
    assert (run.state, run.files_taken) == ("done", 4)


def test_days_that_amazon_no_longer_keeps_are_told(amazon_source, amazon, clock, read):
    read(amazon_source)
    clock.pass_by(days=120)

    run = read(amazon_source)

    assert run.note == "Amazon no longer keeps 2026-06-20 to 2026-07-15; these days are missing."


def test_duplicate_request_leads_to_the_report_that_is_under_way(amazon_source, amazon, read, go_on):
    amazon.takes = timedelta(minutes=5)
    run = read(amazon_source)
    SourceRun.objects.update(kept={})  # as if the worker had died before it could keep the id

    run = go_on(run)

    assert (asked(amazon, "POST /na/reporting"), len(amazon.reports)) == (2, 1)
    assert run.kept["reports"][0]["report_id"] in amazon.reports


def test_throttled_request_waits_as_long_as_amazon_asks(amazon_source, amazon, clock, read, go_on):
    amazon.troubles = [Trouble(path="reporting/reports$", status=429, headers={"Retry-After": "1200"})]

    run = read(amazon_source)

    operation = Operation.objects.get(pk=run.operation_id)
    assert operation.queued_at == clock() + timedelta(minutes=20)
    assert "busy" in operation.step
    assert go_on(run).state == "done"


def test_throttle_without_a_time_is_waited_out_longer_each_time(amazon_source, amazon, clock, read, go_on):
    amazon.troubles = [Trouble(path="reporting/reports$", status=429) for _ in range(3)]

    run, waits = read(amazon_source), []
    while run.state == SourceRun.State.RUNNING:
        waits.append((Operation.objects.get(pk=run.operation_id).queued_at - clock()).total_seconds() / 60)
        run = go_on(run)

    assert (waits, run.state, run.failed_tries) == ([1, 2, 4], "done", 0)


@pytest.mark.parametrize("path", ["auth/o2/token", "reporting/reports$", "reporting/reports/", "store/"])
def test_error_on_amazons_side_is_tried_again(amazon_source, amazon, read, go_on, path):
    amazon.troubles = [Trouble(path=path, status=503)]

    run = go_on(read(amazon_source))

    assert (run.state, run.files_taken) == ("done", 1)


def test_lasting_error_fails_the_run_and_says_so(amazon_source, amazon, read, go_on):
    amazon.troubles = [Trouble(path="reporting", status=500) for _ in range(99)]

    run = read(amazon_source)
    while run.state == SourceRun.State.RUNNING:
        run = go_on(run)

    assert run.state == "failed"
    assert run.source.last_error["detail"] == "It answered 500."
    assert Operation.objects.get(pk=run.operation_id).state == "failed"
    assert asked(amazon, "POST /na/reporting") == 6


def test_server_that_is_away_is_tried_again(amazon_source, amazon, settings, read):
    settings.AMAZON_ADS_TEST_ENDPOINT = "http://127.0.0.1:9"

    run = read(amazon_source)

    assert run.note == "Amazon Ads cannot be reached: The connection failed (NewConnectionError)."


def test_access_token_that_ran_out_is_renewed_once(amazon_source, amazon, read):
    amazon.token_life = 1

    run = read(amazon_source)

    assert run.state == "done"
    assert len(amazon.tokens) >= 2


def test_report_that_failed_tells_amazons_reason_and_moves_nothing(amazon_source, amazon, read, clock):
    amazon.failure = "Report generation timed out"

    run = read(amazon_source)

    failed = SourceFile.objects.get()
    assert (run.state, run.files_failed, failed.state) == ("done", 1, "failed")
    assert failed.problem["detail"] == "Report generation timed out"
    assert (run.source.cursor, run.source.last_success_at) == ("", None)
    assert run.source.last_error["where"] == "amazon-ads-spAdvertisedProduct-2026-05-31-to-2026-06-19.json.gz"


def test_link_that_expired_is_asked_for_anew(amazon_source, amazon, read):
    amazon.expire_links = 3  # the request's, the look's, and the first one of the download

    run = read(amazon_source)

    assert (run.state, run.files_taken) == ("done", 1)
    assert asked(amazon, "GET /store") == 2


def test_download_that_was_cut_off_is_downloaded_again(amazon_source, amazon, read, go_on, settings):
    amazon.cut_downloads = 1

    run = read(amazon_source)

    assert (run.state, ImportRun.objects.count()) == ("running", 0)
    assert list((settings.DATA_DIR / "acme" / "uploads").iterdir()) == []
    run = go_on(run)
    assert (run.state, run.files_taken, len(amazon.reports)) == ("done", 1, 1)


def test_report_without_rows_is_no_failure(amazon_source, amazon, read):
    amazon.rows = lambda start, end: []

    run = read(amazon_source)

    assert SourceFile.objects.get().state == "empty"
    assert (run.state, run.files_skipped, run.source.last_error) == ("done", 1, None)
    assert run.source.cursor == "2026-06-19"


def test_report_that_unpacks_to_too_much_is_refused(amazon_source, amazon, read, settings):
    settings.SOURCE_MAX_UNPACKED_BYTES = 1000

    run = read(amazon_source)

    assert run.files_failed == 1
    assert "more than 1,000 bytes" in run.source.last_error["detail"]
    assert ImportRun.objects.count() == 0


def test_redirect_of_a_download_to_another_host_is_refused(amazon_source, amazon, read):
    amazon.redirect_to = "http://169.254.169.254/latest/meta-data/"

    run = read(amazon_source)

    assert run.source.last_error["title"] == "1 file could not be taken in"
    assert "does not speak to: 169.254.169.254" in run.source.last_error["detail"]


@pytest.mark.parametrize(("name", "title"), [("refresh_token", "credentials"), ("client_secret", "credentials")])
def test_wrong_credentials_are_told_without_being_repeated(amazon_source, amazon, owner, clock, read, name, title):
    wrong = f"Atzr|wrong-{name}-value-77"
    set_credential(source=amazon_source, values={**SECRETS, name: wrong}, by=owner, now=clock())

    run = read(amazon_source)

    assert run.state == "failed"
    assert run.problem["title"] == "Amazon does not accept the credentials"
    assert wrong not in str(run.problem)


def test_wrong_region_is_told_as_such(amazon_source, amazon, read):
    amazon.region = "eu"

    run = read(amazon_source)

    assert run.state == "failed"
    assert "region" in run.problem["fix"]


def test_testing_the_connection_names_the_profile(amazon_source, owner):
    answer = probe_source(source=amazon_source, by=owner)

    assert answer == "The profile answers: Acme Foods, US, USD, America/Los_Angeles."


def test_testing_the_connection_in_the_wrong_region_is_refused(amazon_source, amazon, owner):
    amazon.region = "fe"

    with pytest.raises(SourceRefused, match="does not open this profile"):
        probe_source(source=amazon_source, by=owner)


def test_schedule_goes_on_while_a_report_is_pending_and_starts_no_second_run(amazon_source, amazon, clock, read):
    from tenants.services.wake_ups import ring_wake_ups

    amazon.takes = timedelta(days=1)
    read(amazon_source)
    clock.at = WakeUp.objects.get(kind="source").due_at

    ring_wake_ups(now=clock())

    assert SourceRun.objects.count() == 1
    assert WakeUp.objects.get(kind="source").due_at == clock() + timedelta(days=1)
