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
from harmonization.tests.pipeline.exports import differences, events, outcomes, rejects, table_text, total, written


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


def by_meaning(result):
    """What the attributed figures add up to, by metric, window, touch and scope."""
    added: dict[tuple[str, int | None, str | None, str], Decimal] = {}
    for row in outcomes(result).iter_rows(named=True):
        key = (row["metric"], row["window_days"], row["touch"], row["scope"])
        added[key] = added.get(key, Decimal(0)) + row["value"]
    return added


def test_each_criteo_sale_counts_in_its_own_window_and_touch(tmp_path):
    seen = CRITEO_SALES | {"advertisedEngagement": "view", "attributionWindow": "1D", "attributedSales": "1.02"}
    earlier = CRITEO_SALES | {"attributionWindow": "14D", "attributedSales": "5.00"}
    other_product = CRITEO_SALES | {"purchasedProductId": "P9", "attributedSales": "2.00"}

    result = read_table(tmp_path, "criteo_transactions", CRITEO_SALES, seen, earlier, other_product)

    found = by_meaning(result)
    assert found["revenue", 30, "click", "total"] == Decimal("19.98")
    assert found["revenue", 14, "click", "total"] == 5
    assert found["revenue", 1, "view", "total"] == Decimal("1.02")
    assert found["units", 30, "click", "total"] == 4
    assert (total(result, "revenue"), differences(result)) == (Decimal("19.98"), [])
    daily = result.daily.row(0, named=True)
    assert (daily["attribution_window_days"], daily["touch"]) == (30, "click")
    assert any("2 of 30d, click" in note for note in result.quality.notes)


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_rows_of_different_windows_does_not_matter(order, tmp_path):
    rows = [CRITEO_SALES, CRITEO_SALES | {"attributionWindow": "7d "}, CRITEO_SALES | {"attributionWindow": "14D"}]

    result = read_table(tmp_path, "criteo_transactions", *rows[::order])

    assert {key[1]: value for key, value in by_meaning(result).items() if key[0] == "revenue"} == {
        window: Decimal("17.98") for window in (7, 14, 30)
    }


def test_a_criteo_sale_that_names_no_window_keeps_it_open(tmp_path):
    silent = CRITEO_SALES | {"attributionWindow": "", "attributedSales": "3.00"}

    found = by_meaning(read_table(tmp_path, "criteo_transactions", CRITEO_SALES, silent))

    assert found["revenue", None, "click", "total"] == 3
    assert found["revenue", 30, "click", "total"] == Decimal("17.98")


def test_a_criteo_report_without_these_columns_leaves_both_open(tmp_path):
    row = {
        name: value for name, value in CRITEO_SALES.items() if name not in {"attributionWindow", "advertisedEngagement"}
    }

    assert by_meaning(read_table(tmp_path, "criteo_transactions", row))["revenue", None, None, "total"] == Decimal(
        "17.98"
    )


def test_a_window_nobody_has_heard_of_is_not_added_to_another(tmp_path):
    odd = CRITEO_SALES | {"attributionWindow": "90D"}

    with pytest.raises(HarmonizationRefused, match="90d") as refused:
        read_table(tmp_path, "criteo_transactions", CRITEO_SALES, odd)

    assert refused.value.where.endswith("row 3")


def test_criteo_sales_without_the_day_of_the_ad_are_refused(tmp_path):
    row = {name: value for name, value in CRITEO_SALES.items() if name != "advertisedDate"}

    with pytest.raises(HarmonizationRefused, match="advertisedDate"):
        read_table(tmp_path, "criteo_transactions", row)
