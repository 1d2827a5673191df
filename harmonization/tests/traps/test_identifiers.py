"""Traps of identifiers: zeros that were eaten come back, digits that were cut do not, items are not mistaken."""

import pytest

from harmonization.mapping.library import load_mapping
from harmonization.tests.pipeline.exports import events, harmonized, written
from harmonization.tests.traps.small import run, small

GTIN = "  gtin: {from: GTIN}\n  sku_id: {from: SKU}\n  purchased_sku_id: {from: Bought}\n"


def row_of(folder, **cells):
    return events(run(folder, cells, mapping=small(fields=GTIN))).row(0, named=True)


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        ("036000291452", "00036000291452"),
        ("36000291452", "00036000291452"),
        ("4006381333931", "04006381333931"),
        ("0 36000 29145 2", "00036000291452"),
        ("4006381333930", None),
        ("1.23E+12", None),
        ("4.00638E+12", None),
        ("4006381333931.0", None),
        ("", None),
        ("n/a", None),
    ],
)
def test_a_gtin_is_whole_or_empty(text, gtin, tmp_path):
    assert row_of(tmp_path, GTIN=text)["gtin"] == gtin


def test_a_gtin_that_cannot_be_restored_is_counted(tmp_path):
    result = run(tmp_path, {"GTIN": "1.23E+12"}, {"GTIN": "036000291452"}, mapping=small(fields=GTIN))

    found = {one.name: (one.rows_checked, one.rows_broken, one.first_row) for one in result.quality.invariants}
    assert found["gtin is valid"] == (2, 1, 2)


def test_an_item_id_cut_by_a_spreadsheet_is_told(tmp_path):
    result = run(tmp_path, {"SKU": "1.23457E+11"}, {"SKU": "A-1"}, mapping=small(fields=GTIN))

    assert any("sku_id stands in scientific notation, such as 1.23457E+11" in note for note in result.quality.notes)


@pytest.mark.parametrize("sku", ["00123", "A E+1", "1E5X", "0E0-1"])
def test_an_item_id_is_kept_letter_for_letter(sku, tmp_path):
    result = run(tmp_path, {"SKU": sku}, mapping=small(fields=GTIN))

    assert events(result)["sku_id"].to_list() == [sku]
    assert not any("scientific" in note for note in result.quality.notes)


def test_the_item_bought_is_not_the_item_advertised(tmp_path):
    row = row_of(tmp_path, SKU="A-1", Bought="B-2")

    assert (row["sku_id"], row["purchased_sku_id"]) == ("A-1", "B-2")


def test_facts_stand_by_the_item_advertised(tmp_path):
    result = run(tmp_path, {"SKU": "A-1", "Bought": "B-2"}, {"SKU": "A-1", "Bought": "C-3"}, mapping=small(fields=GTIN))

    assert result.daily["sku_id"].to_list() == ["A-1"]


def test_amazons_sku_is_the_sellers_and_its_asin_the_item():
    mapping = load_mapping("amazon_sp_v3")

    assert "advertisedAsin" in mapping.field_named("sku_id").columns
    assert "advertisedSku" in mapping.field_named("seller_sku").columns


def test_ebays_sales_are_a_count_and_not_money():
    columns = {column: one.metric for one in load_mapping("ebay").outcomes for column in one.columns}

    assert columns.get("sales", "orders") != "revenue"


def test_flipkarts_views_are_impressions():
    assert "Views" in load_mapping("flipkart").field_named("impressions").columns


def test_rows_with_a_repeated_message_are_counted_once(tmp_path):
    text = "idempotency_id,time_window_start,currency,impressions,clicks,cost\n" + (
        "m1,2026-01-05T10:00:00Z,USD,100,5,1.50\n" * 2 + "m2,2026-01-05T10:00:00Z,USD,-10,0,-0.50\n"
    )

    result = harmonized(written(tmp_path, text), "amazon_stream_sp_traffic")

    assert (result.rows_kept, result.rows_rejected, str(result.daily["cost"].sum())) == (2, 1, "1.000000")
