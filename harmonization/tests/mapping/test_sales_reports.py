"""Reports of sales alone: read whole, on the day of the ad, with their windows; useless without a sales column."""

from datetime import date
from decimal import Decimal

import pytest

from harmonization.mapping.library import detect_mapping
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.rmis.enums import ReportPart
from harmonization.tests.mapping.network_rows import (
    CRITEO_SALES,
    STREAM,
    STREAM_SALES,
    meanings,
    read_records,
    read_table,
)
from harmonization.tests.pipeline.exports import differences, events, rejects, table_text, total, written


def test_stream_sales_have_four_windows_of_two_scopes(tmp_path):
    result = read_records(tmp_path, "amazon_stream_sp_conversion", STREAM_SALES)

    found = meanings(result)
    assert len(found) == 24
    assert found["revenue", 14, "click", "total"] == 42
    assert found["orders", 30, "click", "same_sku"] == 30
    assert differences(result) == []


def test_stream_sales_state_the_outcomes_of_a_day_and_stream_traffic_its_delivery(tmp_path):
    sales = read_records(tmp_path, "amazon_stream_sp_conversion", STREAM_SALES)
    traffic = read_records(tmp_path, "amazon_stream_sp_traffic", STREAM)

    assert (sales.part, traffic.part) == (ReportPart.OUTCOMES, ReportPart.DELIVERY)
    assert sales.daily.select("cost", "impressions", "revenue").row(0) == (None, None, Decimal(42))


def test_a_message_of_sales_counts_once_and_its_correction_is_taken_off(tmp_path):
    correction = STREAM_SALES | {"idempotency_id": "s2", "attributed_sales_14d": -2}

    result = read_records(tmp_path, "amazon_stream_sp_conversion", STREAM_SALES, STREAM_SALES, correction)

    assert [reason for _, reason, _ in rejects(result)] == ["repeats row 1: s1"]
    assert total(result, "revenue") == 40


def test_messages_without_any_sale_leave_their_figures_empty(tmp_path):
    bare = {name: value for name, value in STREAM_SALES.items() if not name.startswith("attributed")}

    result = read_records(tmp_path, "amazon_stream_sp_conversion", STREAM_SALES, bare | {"idempotency_id": "s2"})

    assert (result.rows_kept, total(result, "revenue")) == (2, 42)


def test_traffic_is_not_taken_for_sales(tmp_path):
    path = written(tmp_path, table_text([STREAM | {"new_column": "x"}], header=[*STREAM, "new_column"]))

    assert detect_mapping(path) == "amazon_stream_sp_traffic"
    with pytest.raises(HarmonizationRefused, match="attributed_"):
        read_table(tmp_path, "amazon_stream_sp_conversion", STREAM)


def test_criteo_sales_stand_on_the_day_of_the_ad(tmp_path):
    result = read_table(tmp_path, "criteo_transactions", CRITEO_SALES)

    row = events(result).row(0, named=True)
    assert row["event_date"] == date(2026, 1, 5)
    assert (row["sku_id"], row["purchased_sku_id"], row["purchased_gtin"]) == ("P1", "P2", "04006381333931")
    assert (result.part, total(result, "revenue")) == (ReportPart.OUTCOMES, Decimal("17.98"))
    assert result.daily["retailer_id"].to_list() == ["r9"]


def test_criteo_sales_of_clicks_and_views_and_of_other_products_are_all_counted(tmp_path):
    seen = CRITEO_SALES | {"advertisedEngagement": "view", "attributedSales": "1.02"}

    result = read_table(tmp_path, "criteo_transactions", CRITEO_SALES, seen)

    assert (total(result, "revenue"), differences(result)) == (Decimal(19), [])


def test_criteo_sales_without_the_day_of_the_ad_are_refused(tmp_path):
    row = {name: value for name, value in CRITEO_SALES.items() if name != "advertisedDate"}

    with pytest.raises(HarmonizationRefused, match="advertisedDate"):
        read_table(tmp_path, "criteo_transactions", row)
