"""Ten networks' layouts, with the headers of real exports: values are right, days reconcile, meanings are kept."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from harmonization.mapping.library import (
    detect_mapping,
)
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.tests.mapping.network_rows import (
    CONSOLE,
    CONSOLE_SP,
    COUPANG,
    EBAY,
    EBAY_PRIORITY,
    FIVETRAN,
    FLIPKART,
    MERCADO,
    OZON_NEW,
    OZON_OLD,
    STREAM,
    UBER,
    UBER_RESTAURANT,
    ZEPTO,
    broken_rules,
    meanings,
    read_records,
    read_table,
    sums,
)
from harmonization.tests.pipeline.exports import (
    differences,
    events,
    harmonized,
    outcomes,
    rejects,
    total,
)

SHARED = Path(__file__).resolve().parents[4] / "shared"


def test_amazon_console_reads_sponsored_products_by_seven_days(tmp_path):
    result = read_table(tmp_path, "amazon_console", CONSOLE | CONSOLE_SP)

    assert sums(result) == (1000, 20, Decimal("12.34"), Decimal("1200.50"))
    assert meanings(result) == {
        ("orders", 7, "click", "total"): 30, ("units", 7, "click", "total"): 40,
        ("units", 7, "click", "same_sku"): 25, ("units", 7, "click", "halo"): 15,
        ("revenue", 7, "click", "total"): Decimal("1200.5"), ("revenue", 7, "click", "same_sku"): Decimal("700.5"),
        ("revenue", 7, "click", "halo"): 500,
    }  # fmt: skip
    assert events(result).select("sku_id", "seller_sku").row(0) == ("B0001", "MY-1")
    assert broken_rules(result) == []


def test_amazon_console_reads_brands_by_fourteen_days(tmp_path):
    longer = {name.replace("7 Day", "14 Day"): value for name, value in CONSOLE_SP.items()}

    result = read_table(tmp_path, "amazon_console", CONSOLE | longer | {"Date": "01/05/2026"})

    assert sums(result)[3] == Decimal("1200.50")
    assert {(window, touch) for _, window, touch, _ in meanings(result)} == {(14, "click")}
    assert len(meanings(result)) == 7


def test_amazon_console_keeps_campaigns_apart_by_their_names(tmp_path):
    result = read_table(tmp_path, "amazon_console", CONSOLE, CONSOLE | {"Campaign Name": "Autumn"})

    assert result.daily["campaign_id"].to_list() == ["Autumn", "Spring"]
    assert result.daily["campaign_name"].to_list() == ["Autumn", "Spring"]


def test_amazon_fivetran_keeps_days_without_delivery(tmp_path):
    idle = FIVETRAN | {"impressions": "", "clicks": "0", "cost": "0.0", "sales_7_d": ""}

    result = read_table(tmp_path, "amazon_fivetran", FIVETRAN, idle)

    assert sums(result) == (1000, 20, Decimal("12.34"), 12)
    assert events(result)["impressions"].to_list() == [1000, None]
    assert set(meanings(result)) == {
        ("revenue", 7, "click", "total"), ("revenue", 30, "click", "total"), ("orders", 30, "click", "total"),
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["campaign_level", "ad_group_level", "advertised_product"])
def test_real_tables_of_the_connector_reconcile(kind, tmp_path):
    path = SHARED / "data" / "amazon_fivetran" / f"{kind}_report_data.csv"
    if not path.exists():
        pytest.skip("the collection of real exports is not beside the project")

    result = harmonized(path, detect_mapping(path), output=tmp_path)

    assert result.mapping_name == "amazon_fivetran"
    assert result.rows_rejected == 0
    assert differences(result) == []


def test_amazon_stream_adds_hours_to_days_and_takes_each_message_once(tmp_path):
    later = STREAM | {"idempotency_id": "i2", "time_window_start": "2026-01-05T23:00:00Z", "cost": 2.00}
    correction = later | {"idempotency_id": "i3", "clicks": -1, "impressions": 0, "cost": -0.50}

    result = read_records(tmp_path, "amazon_stream_sp_traffic", STREAM, later, correction, STREAM)

    assert [(row, reason) for row, reason, _ in rejects(result)] == [(4, "repeats row 1: i1")]
    assert [total(result, name) for name in ("impressions", "clicks", "cost")] == [200, 5, Decimal("2.73")]
    assert [line[3] for line in differences(result)] == [f"rejected rows hold {held}" for held in ("1.23", "3", "100")]
    assert events(result)["hour"].to_list() == [7, 23, 23]
    assert events(result)["placement_type"].to_list() == ["search"] * 3
    assert outcomes(result).is_empty()


def test_uber_reads_fourteen_days_after_a_click(tmp_path):
    result = read_table(tmp_path, "uber", UBER)

    assert sums(result) == (1000, 20, Decimal("12.34"), Decimal("56.78"))
    assert meanings(result) == {
        ("orders", 14, "click", "total"): 3, ("units", 14, "click", "total"): 4,
        ("revenue", 14, "click", "total"): Decimal("56.78"),
    }  # fmt: skip
    assert events(result).select("gtin", "placement_type").row(0) == ("00036000291452", "search")
    assert outcomes(result)["sales_channel"].unique().to_list() == ["online"]


def test_uber_keeps_views_apart_and_leaves_order_dates_out(tmp_path):
    result = read_table(tmp_path, "uber", UBER_RESTAURANT)

    assert sums(result)[3] == 30
    assert meanings(result) == {
        ("orders", 7, "click", "total"): 3, ("revenue", 7, "click", "total"): 30,
        ("orders", 7, "view", "total"): 9, ("revenue", 7, "view", "total"): 90,
    }  # fmt: skip


def test_ebay_sales_are_a_count_and_sale_amount_is_money(tmp_path):
    result = read_table(tmp_path, "ebay", EBAY)

    assert sums(result) == (1000, 20, Decimal("6.72"), 84)
    assert meanings(result) == {("orders", 30, "click", "total"): 3, ("revenue", 30, "click", "total"): 84}
    assert events(result).select("price", "stock_level", "currency").row(0) == (28, 7, "USD")


def test_ebay_priority_campaigns_are_read_in_the_currency_of_the_site(tmp_path):
    result = read_table(tmp_path, "ebay", EBAY_PRIORITY)

    assert sums(result) == (500, 10, 4, 56)
    assert result.daily["currency"].to_list() == ["GBP"]
    assert set(meanings(result)) == {("orders", 30, "click", "total"), ("revenue", 30, "click", "total")}


def test_ebay_amounts_of_two_currencies_in_one_row_are_rejected(tmp_path):
    result = read_table(tmp_path, "ebay", EBAY, EBAY | {"sale_amount": "EUR 84.00"})

    assert [(row, "not in the row's currency" in reason) for row, reason, _ in rejects(result)] == [(3, True)]


def test_flipkart_views_are_impressions_and_twins_are_read_once(tmp_path):
    banner = "Start Time,2026-01-05 00:00:00\nEnd Time,2026-01-05 23:59:59\n"

    result = read_table(tmp_path, "flipkart", FLIPKART, banner=banner)

    assert sums(result) == (1000, 20, Decimal("123.40"), Decimal("123456.50"))
    assert meanings(result) == {
        ("units", None, None, "total"): 5, ("units", None, None, "same_sku"): 3, ("units", None, None, "halo"): 2,
        ("revenue", None, None, "total"): Decimal("123456.5"), ("revenue", None, None, "same_sku"): 100_000,
        ("revenue", None, None, "halo"): Decimal("23456.5"), ("atc", None, None, "total"): 9,
    }  # fmt: skip
    assert broken_rules(result) == []


def test_flipkart_orders_are_not_counted_beside_the_daily_report(tmp_path):
    orders = {"order_id": "o1", "Date": "2026-01-05", "Purchased FSN ID": "F2", "Direct Revenue": "10.00"}

    with pytest.raises(HarmonizationRefused, match="Ad Spend"):
        read_table(tmp_path, "flipkart", orders)


def test_mercado_prints_are_impressions_and_organic_sales_stay_apart(tmp_path):
    result = read_records(tmp_path, "mercado_ads", MERCADO)

    assert sums(result) == (1000, 20, Decimal("12.34"), Decimal("50.5"))
    assert meanings(result) == {
        (metric, None, None, scope): Decimal(value)
        for metric, values in {"orders": "3 2 1", "units": "5 3 2", "revenue": "50.5 30.5 20"}.items()
        for scope, value in zip(("total", "same_sku", "halo"), values.split(), strict=True)
    }
    assert events(result).select("organic_units", "organic_revenue").row(0) == (40, Decimal("400.25"))
    assert broken_rules(result) == []


def test_coupang_has_two_windows_of_three_scopes(tmp_path):
    result = read_table(tmp_path, "coupang", COUPANG)

    assert sums(result) == (1000, 20, 12340, 143)
    assert meanings(result) == {
        (metric, window, "click", scope): Decimal(f"{window}{number}")
        for number, metric in enumerate(("orders", "units", "revenue"), start=1)
        for window in (1, 14)
        for scope in ("total", "same_sku", "halo")
    }
    row = events(result).row(0, named=True)
    assert (row["sku_id"], row["purchased_sku_id"], row["placement_type"]) == ("101", "202", "search")


def test_coupang_is_read_from_a_workbook_too(tmp_path):
    numbers = {name: text.replace(",", "") for name, text in COUPANG.items()}
    typed = {name: int(text) if text.isdigit() else text for name, text in numbers.items()}
    pl.DataFrame([typed]).write_excel(tmp_path / "export.xlsx")

    result = harmonized(tmp_path / "export.xlsx", "coupang")

    assert sums(result) == (1000, 20, 12340, 143)


@pytest.mark.parametrize("row", [OZON_NEW, OZON_OLD], ids=["new labels", "old labels"])
def test_ozon_reads_either_set_of_labels(row, tmp_path):
    banner = "Кампания по продвижению товаров № 1, период 05.01.2026-05.01.2026\n"
    totals = dict.fromkeys(row, "") | {"День": "Всего", "Показы": "1000", "Расход, ₽, с НДС": "1 234,00"}

    result = read_table(tmp_path, "ozon", row, totals, banner=banner)

    assert sums(result) == (1000, 20, 1234, 5196)
    assert meanings(result) == {
        ("orders", None, None, "total"): 3, ("orders", None, None, "halo"): 1, ("units", None, None, "total"): 4,
        ("units", None, None, "halo"): 1, ("revenue", None, None, "total"): 5196,
        ("revenue", None, None, "halo"): 1299, ("atc", None, None, "total"): 6,
    }  # fmt: skip
    assert events(result).select("campaign_id", "product_name", "price").row(0) == ("1", "Мыло", 1299)
    assert broken_rules(result) == []


def test_zepto_rates_are_per_cent(tmp_path):
    result = read_table(tmp_path, "zepto", ZEPTO)

    assert sums(result) == (1980, 20, Decimal("123.40"), Decimal("567.80"))
    assert meanings(result) == {
        ("orders", None, None, "total"): 3, ("orders", None, None, "same_sku"): 2,
        ("revenue", None, None, "total"): Decimal("567.8"), ("atc", None, None, "total"): 9,
    }  # fmt: skip
    assert events(result).select("bid_strategy", "campaign_id").row(0) == ("AUCTION_UP_SELL", "c1")
    assert broken_rules(result) == []


def test_zepto_without_a_day_is_refused_and_not_guessed(tmp_path):
    undated = {name: value for name, value in ZEPTO.items() if name != "Date"}

    with pytest.raises(HarmonizationRefused, match="needs Date"):
        read_table(tmp_path, "zepto", undated)
