"""Two reports of one source complete each other's day: nothing replaced by what does not state it, or counted twice."""

import json
from datetime import timedelta
from decimal import Decimal

import polars as pl
import pytest
from django.db.models import Sum

from harmonization.models import DailyFact, DayRollup, HeldDay, ImportRun
from harmonization.rmis.enums import ReportPart
from harmonization.selectors.facts import kpis
from harmonization.services.daily_facts import facts_to_write, write_facts
from harmonization.services.rollups import check_rollups
from harmonization.services.uploads import receive_upload
from harmonization.tests.facts import DAY, make_import
from harmonization.tests.files import upload
from harmonization.tests.mapping.network_rows import DAY as STREAM_DAY
from harmonization.tests.mapping.network_rows import STREAM, STREAM_SALES
from harmonization.tests.services.test_daily_facts import ROW

NOTHING = dict.fromkeys(("revenue", "orders", "units", "ntb_revenue", "attribution_window_days"))
TRAFFIC = NOTHING | {"touch": "", "scope": ""}
SALES = {"impressions": None, "clicks": None, "cost": None}
SCHEMA = dict.fromkeys(("advertiser_id", "campaign_id"), pl.String) | {
    **{name: pl.Decimal(18, 6) for name in ("cost", "revenue", "orders", "units", "ntb_revenue")},
    **dict.fromkeys(("impressions", "clicks", "attribution_window_days"), pl.Int64),
}


def wrote(part, *changes):
    daily = pl.DataFrame([{**ROW, **change} for change in changes], schema_overrides=SCHEMA)
    run = make_import()
    write_facts(facts=facts_to_write(daily=daily, part=part), import_run=run)
    return run


def totals():
    sums = DailyFact.objects.current().aggregate(Sum("cost"), Sum("revenue"), Sum("clicks"))
    return sums["cost__sum"], sums["revenue__sum"], sums["clicks__sum"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_traffic_and_sales_make_one_day_in_either_order(order, acme):
    reports = [(ReportPart.DELIVERY, TRAFFIC), (ReportPart.OUTCOMES, SALES)]

    for number in order:
        wrote(reports[number][0], reports[number][1])

    assert totals() == (Decimal("25.123456"), Decimal("100.5"), 50)
    assert check_rollups().differing == 0
    shown = kpis(start=DAY, end=DAY)
    assert (shown.spend, shown.attributed_revenue) == (Decimal("25.123456"), Decimal("100.5"))
    assert shown.attribution == ("14-day click, total",)


def test_newer_traffic_replaces_traffic_and_leaves_the_sales(acme):
    wrote(ReportPart.DELIVERY, TRAFFIC)
    wrote(ReportPart.OUTCOMES, SALES)

    wrote(ReportPart.DELIVERY, TRAFFIC | {"cost": Decimal(30), "clicks": 60})

    assert totals() == (Decimal(30), Decimal("100.5"), 60)


def test_newer_sales_replace_sales_only(acme):
    wrote(ReportPart.DELIVERY, TRAFFIC)
    wrote(ReportPart.OUTCOMES, SALES)

    wrote(ReportPart.OUTCOMES, SALES | {"revenue": Decimal(120)})

    assert totals() == (Decimal("25.123456"), Decimal(120), 50)


@pytest.mark.parametrize("part", [ReportPart.DELIVERY, ReportPart.OUTCOMES])
def test_a_part_beside_a_whole_report_is_kept_but_not_counted_again(part, acme):
    whole = wrote(ReportPart.WHOLE, {})

    beside = wrote(part, TRAFFIC if part is ReportPart.DELIVERY else SALES)

    assert totals() == (Decimal("25.123456"), Decimal("100.5"), 50)
    assert [fact.superseded_by_id for fact in beside.facts.all()] == [whole.pk]
    assert whole.facts.current().count() == 1
    assert check_rollups().differing == 0


def test_a_whole_report_replaces_both_parts(acme):
    wrote(ReportPart.DELIVERY, TRAFFIC)
    wrote(ReportPart.OUTCOMES, SALES)

    wrote(ReportPart.WHOLE, {"cost": Decimal(1), "revenue": Decimal(2)})

    assert totals() == (Decimal(1), Decimal(2), 50)


def test_a_whole_report_of_one_campaign_leaves_the_sales_of_another(acme):
    wrote(ReportPart.WHOLE, {"campaign_id": "C2"})

    beside = wrote(ReportPart.OUTCOMES, SALES, SALES | {"campaign_id": "C2"})

    assert [fact.campaign_id for fact in beside.facts.current()] == ["C1"]


def test_a_whole_report_of_another_day_changes_nothing(acme):
    wrote(ReportPart.WHOLE, {"event_date": DAY + timedelta(days=1)})

    assert wrote(ReportPart.OUTCOMES, SALES).facts.current().count() == 1


def test_sales_without_campaign_yield_to_the_whole_report_of_their_advertiser_only(acme):
    wrote(ReportPart.WHOLE, {"campaign_id": None, "advertiser_id": "A1"})

    beside = wrote(
        ReportPart.OUTCOMES,
        SALES | {"campaign_id": None, "advertiser_id": "A1"},
        SALES | {"campaign_id": None, "advertiser_id": "A2"},
    )

    assert [fact.advertiser_id for fact in beside.facts.current()] == ["A2"]


@pytest.fixture
def imported(acme, analyst, run_operations, settings, tmp_path):
    settings.DATA_DIR = tmp_path

    def do(name, *records):
        content = "".join(json.dumps(record) + "\n" for record in records).encode()
        run, _ = receive_upload(file=upload(name, content), file_name=name, mapping_name=None, by=analyst)
        assert run_operations() == ["done"]
        return ImportRun.objects.get(pk=run.pk)

    return do


def test_files_of_the_stream_complete_each_other_through_the_worker(imported):
    hours = [
        STREAM | {"idempotency_id": f"i{hour}", "time_window_start": f"2026-01-05T{hour:02}:00:00Z"}
        for hour in range(9)
    ]

    imported("traffic.jsonl", *hours)
    sales = imported("sales.jsonl", STREAM_SALES)

    shown = kpis(start=STREAM_DAY, end=STREAM_DAY)
    assert (shown.spend, shown.attributed_revenue, shown.clicks) == (Decimal("11.07"), Decimal(42), 27)
    assert not HeldDay.objects.exists()
    assert any("states no impressions, clicks and cost" in note for note in sales.quality["notes"])
    assert DayRollup.objects.aggregate(Sum("cost"))["cost__sum"] == Decimal("11.07")


def test_sales_beside_a_report_that_states_them_are_said_not_to_count(imported):
    report = (
        "date,campaignId,impressions,clicks,cost,sales14d,purchases14d,unitsSoldClicks14d,campaignBudgetCurrencyCode\n"
    )
    whole = report + "2026-01-05,c1,10,1,2.00,42.00,1,1,USD\n"
    rows = [dict(zip(report.strip().split(","), line.split(","), strict=True)) for line in whole.splitlines()[1:]]
    imported("report.jsonl", *rows)

    sales = imported("sales.jsonl", STREAM_SALES)

    assert kpis(start=STREAM_DAY, end=STREAM_DAY).attributed_revenue == Decimal(42)
    assert any("kept but not counted" in note for note in sales.quality["notes"])
