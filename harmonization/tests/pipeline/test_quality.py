"""The quality report tells what is incomplete, unknown, or contradicts itself; it changes no row."""

import json
from dataclasses import asdict
from datetime import date

import pytest

from harmonization.tests.pipeline.exports import ALPHA, alpha_row, alpha_text, beta_row, beta_text, harmonized, written

AMAZON = "date,campaignId,impressions,clicks,cost"


def invariants(result):
    """Rules by name: rows checked, rows broken, first row."""
    return {one.name: (one.rows_checked, one.rows_broken, one.first_row) for one in result.quality.invariants}


def amazon(folder, columns, *rows):
    header = ",".join([AMAZON, *columns])
    lines = [",".join(["2026-01-05", "c1", "1000", "20", "10.00", *row]) for row in rows]
    return harmonized(written(folder, "\n".join([header, *lines]) + "\n"), "amazon_sp_v3")


def test_counts_and_period_are_told(tmp_path):
    rows = [alpha_row(), alpha_row(date="2026-01-09"), alpha_row(spend_usd="?")]

    quality = harmonized(written(tmp_path, alpha_text(*rows) + "\n,,\n")).quality

    assert (quality.rows_read, quality.rows_kept, quality.rows_rejected, quality.blank_rows) == (3, 2, 1, 2)
    assert (quality.first_date, quality.last_date) == (date(2026, 1, 5), date(2026, 1, 9))
    assert (quality.format, quality.encoding, quality.separator, quality.header_row) == ("csv", "utf-8", ",", 1)
    assert quality.currencies == ("USD",)


def test_coverage_is_told_per_field_with_its_column(tmp_path):
    rows = [alpha_row(), alpha_row(brand=""), alpha_row(brand=" "), alpha_row(sales_14d_usd="")]

    found = {one.field: one for one in harmonized(written(tmp_path, alpha_text(*rows))).quality.coverage}

    assert (found["brand"].column, found["brand"].rows_filled, found["brand"].share) == ("brand", 2, 0.5)
    assert found["revenue 14d click total"].share == 0.75


def test_unknown_words_are_counted_most_frequent_first(tmp_path):
    rows = [alpha_row(placement=place) for place in ("Foyer", "Roof", "Foyer", "search")]

    found = harmonized(written(tmp_path, alpha_text(*rows))).quality.unknown_values

    assert [(one.field, one.value, one.taken_as, one.rows) for one in found] == [
        ("placement_type", "Foyer", "other", 2),
        ("placement_type", "Roof", "other", 1),
    ]


def test_unmapped_and_ignored_columns_are_listed(tmp_path):
    text = ",".join([*ALPHA, "Mystery"]) + "\n" + ",".join([*alpha_row().values(), "42"]) + "\n"

    quality = harmonized(written(tmp_path, text)).quality

    assert quality.unmapped_columns == ("Mystery",)
    assert quality.ignored_columns == {"event_id": "number of the row in the export"}


def test_reject_reasons_are_counted_by_kind(tmp_path):
    rows = [alpha_row(spend_usd="a"), alpha_row(spend_usd="b"), alpha_row(clicks="")]

    reasons = harmonized(written(tmp_path, alpha_text(*rows))).quality.reject_reasons

    assert reasons == {"cost (spend_usd): … is no number": 2, "clicks (clicks): is empty": 1}


def test_more_clicks_than_impressions_is_kept_and_counted(tmp_path):
    rows = [alpha_row(), alpha_row(impressions="10", clicks="11")]

    result = harmonized(written(tmp_path, alpha_text(*rows)))

    assert invariants(result)["clicks ≤ impressions"] == (2, 1, 3)
    assert result.rows_kept == 2


def test_new_to_brand_must_not_exceed_the_total(tmp_path):
    row = alpha_row(sales_14d_usd="5.00", ntb_sales_14d_usd="6.00")

    found = invariants(harmonized(written(tmp_path, alpha_text(alpha_row(), row))))

    assert found["ntb_revenue ≤ revenue (14 days, click, total)"] == (2, 1, 3)
    assert found["ntb_orders ≤ orders (14 days, click, total)"] == (2, 0, None)


def test_longer_windows_must_not_shrink(tmp_path):
    result = amazon(tmp_path, ["sales1d", "sales7d", "sales30d"], ["1", "2", "3"], ["1", "5", "3"])

    assert invariants(result)["revenue of 1 ≤ 7 days (click, total)"] == (2, 0, None)
    assert invariants(result)["revenue of 7 ≤ 30 days (click, total)"] == (2, 1, 3)


def test_same_sku_and_halo_must_make_the_total(tmp_path):
    columns = ["sales7d", "attributedSalesSameSku7d", "salesOtherSku7d"]

    result = amazon(tmp_path, columns, ["10.00", "7.00", "3.00"], ["10.00", "7.00", "2.00"], ["0.3", "0.1", "0.2"])

    assert invariants(result)["same SKU + halo = total revenue (7 days, click, total)"] == (3, 1, 3)


@pytest.mark.parametrize(("stated", "reading"), [("0.02", "a fraction"), ("2.0", "per cent")])
def test_a_rate_is_understood_as_fraction_or_percentage_by_what_fits(stated, reading, tmp_path):
    result = amazon(tmp_path, ["clickThroughRate"], [stated], [stated], ["7"])

    assert invariants(result)[f"ctr as stated ({reading})"] == (3, 1, 4)
    assert len([name for name in invariants(result) if name.startswith("ctr")]) == 1


def test_a_cost_per_click_that_contradicts_cost_is_counted(tmp_path):
    assert invariants(amazon(tmp_path, ["costPerClick"], ["0.5"], ["5"]))["cpc as stated"] == (2, 1, 3)


def test_a_percentage_with_decimal_comma_is_checked(tmp_path):
    result = harmonized(written(tmp_path, beta_text(beta_row(), beta_row(**{"CTR_%": "9,99"}))), "beta")

    assert invariants(result)["ctr as stated"] == (2, 1, 5)


def test_an_assumed_currency_is_told(tmp_path):
    without = amazon(tmp_path, ["sales7d"], ["1"])
    with_code = amazon(tmp_path, ["campaignBudgetCurrencyCode"], ["eur"])

    assert any("USD is assumed" in note for note in without.quality.notes)
    assert not any("assumed" in note for note in with_code.quality.notes)
    assert with_code.daily["currency"].to_list() == ["EUR"]


def test_currencies_are_never_added_up_into_one_fact(tmp_path):
    result = amazon(tmp_path, ["campaignBudgetCurrencyCode"], ["EUR"], ["USD"])

    assert result.daily["currency"].to_list() == ["EUR", "USD"]
    assert any("mixes EUR, USD" in note for note in result.quality.notes)


def test_a_report_can_be_kept_as_json(tmp_path):
    result = harmonized(written(tmp_path, alpha_text(alpha_row(placement="Roof"), alpha_row(clicks="?"))))

    assert json.loads(json.dumps(asdict(result.quality), default=str))["rows_read"] == 2
