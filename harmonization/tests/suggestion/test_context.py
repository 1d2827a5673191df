"""What the other columns of a file say about one."""

import pytest

from harmonization.suggestion.knowledge import Knowledge
from harmonization.suggestion.suggest import suggest

REPORT = ("Date", "Impressions", "Clicks", "Spend")


def fields(*header: str, report: tuple[str, ...] = REPORT) -> list[str | None]:
    found = suggest(header=[*report, *header], values={}, knowledge=Knowledge())
    return [one.field for one in found[len(report) :]]


@pytest.mark.parametrize("word", ["All", "Total"])
def test_all_beside_the_plain_figure_is_another_figure(word: str) -> None:
    assert fields(f"{word} conversions", "Conversions") == [None, "orders"]
    assert fields(f"{word} conversions") == ["orders"]


def test_sales_online_are_a_part_where_all_sales_stand_beside() -> None:
    assert fields("Revenue", "Online revenue") == ["revenue", None]
    assert fields("Online revenue") == ["revenue"]


def test_an_estimated_cost_is_the_cost_only_where_there_is_no_other() -> None:
    assert fields("Estimated spend", report=("Date", "Impressions", "Clicks")) == ["cost"]
    assert fields("Estimated spend") == [None]


def test_of_levels_of_a_category_the_first_is_taken() -> None:
    assert fields("L1 category", "L2 category") == ["category", None]
    assert fields("Category 2") == ["category"]


def test_the_name_of_an_audience_stands_for_it_where_it_has_no_identifier() -> None:
    assert fields("Audience name") == ["audience_id"]
    assert fields("Audience name", "Audience ID") == [None, "audience_id"]


def test_a_prefix_that_names_the_kind_of_campaign_changes_no_field() -> None:
    assert fields("cpc_impressions", "cpc_clicks", "cpc_ad_fees") == ["impressions", "clicks", "cost"]


def test_cpc_cost_without_such_company_is_not_guessed() -> None:
    assert fields("cpc cost") == [None]


def test_a_listing_is_the_item_only_where_nothing_better_names_it() -> None:
    assert fields("Listing ID") == ["sku_id"]
    assert fields("Listing ID", "Item ID") == [None, "sku_id"]


def test_what_a_listing_sold_in_its_life_is_no_outcome_of_ads() -> None:
    assert fields("listing_quantity_sold") == [None]


def test_a_start_of_time_is_the_day_only_where_no_other_column_is() -> None:
    assert fields("time_window_start", report=("Impressions", "Clicks", "Spend")) == ["event_date"]
    assert fields("time_window_start") == [None]


def test_a_title_names_the_item_whose_code_stands_beside() -> None:
    assert fields("item_id", "title") == ["sku_id", "product_name"]
    assert fields("title") == [None]


def test_paths_that_only_hold_others_are_read_by_their_end() -> None:
    assert fields("segments.product_title", "metrics.conversions") == ["product_name", "orders"]


def test_amounts_keep_their_meaning_where_the_header_names_a_currency() -> None:
    assert fields("Sales amount (account currency)") == ["revenue"]


@pytest.mark.parametrize(
    "header", ["Promoted sales", "Sum", "Conversion", "Campaign type", "Status clicks", "Start date"]
)
def test_names_that_may_mean_several_things_are_not_guessed(header: str) -> None:
    assert fields(header) == [None]


def test_plain_sales_beside_plain_revenue_are_asked_about_unless_orders_are_counted() -> None:
    assert fields("Sales", "Revenue") == [None, "revenue"]
    assert fields("Sales", "Revenue", "Orders") == ["revenue", "revenue", "orders"]


@pytest.mark.parametrize("banner", ["Attribution window: 14 days", "Lookback 14d, generated 2026-03-01"])
def test_a_window_stated_above_the_header_holds_for_outcomes(banner: str) -> None:
    found = suggest(header=[*REPORT, "Sales", "Orders 7d"], values={}, knowledge=Knowledge(), banner=banner)

    assert [one.window for one in found[4:]] == ["14d", "7d"]
    assert found[2].window is None


def test_a_window_stated_by_a_column_holds_where_all_rows_agree() -> None:
    header = [*REPORT, "Attribution window", "Sales"]
    steady = suggest(header=header, values={"Attribution window": ("30D", "30D")}, knowledge=Knowledge())
    torn = suggest(header=header, values={"Attribution window": ("30D", "7D")}, knowledge=Knowledge())

    assert (steady[5].window, torn[5].window) == ("30d", None)


@pytest.mark.parametrize("header", ["Number of sales", "Sales count"])
def test_a_number_of_sales_is_asked_about(header: str) -> None:
    found = suggest(header=[*REPORT, header], values={}, knowledge=Knowledge())[-1]

    assert (found.field, found.candidate) == (None, "orders")


def test_the_day_of_clicks_is_the_day_only_where_no_other_column_is() -> None:
    assert fields("Click date", report=("Impressions", "Clicks", "Spend")) == ["event_date"]
    assert fields("Click date") == [None]


@pytest.mark.parametrize("header", ["Sales excl. VAT", "Umsatz (netto)", "Выручка, ₽, с НДС", "매출액(VAT포함)"])
def test_with_or_without_tax_revenue_is_revenue(header: str) -> None:
    assert fields(header) == ["revenue"]


# What reports have beside the figures that matter, and what a careless matcher takes for them.
MISLEADING = [
    "Product cost",
    "COGS",
    "Shipping cost",
    "Sales tax",
    "Target CPC",
    "Suggested bid",
    "Remaining budget",
    "Budget utilization",
    "Spend share",
    "Clicks % change",
    "Impressions (prev. period)",
    "Prior year sales",
    "Sales lift",
    "Sales rank",
    "Average impressions",
    "Invalid clicks",
    "Organic impressions",
    "Eligible impressions",
    "Lost impressions",
    "Frequency cap",
    "Order date",
    "Order status",
    "Purchase date",
    "Units per order",
    "Revenue per click",
    "Gross margin",
    "Refunded sales",
    "Returned units",
    "Cancelled orders",
    "Predicted sales",
    "Orders target",
    "Lifetime sales",
    "YTD spend",
    "Purchased SKU",
    "Parent SKU",
    "Competitor clicks",
    "Benchmark CTR",
    "Cost of goods sold",
    "Campaign start",
    "Budget type",
    "Page category",
    "Brand searches",
    "Keyword status",
    "Mobile clicks",
    "NTB sales %",
    "Repeat orders",
    "Coupon sales",
    "Platform fee",
    "Free clicks",
    "Session ID",
    "Row ID",
    "Campaign group",
    "Exchange rate",
    "Product rating",
    "Halo units",
    "Total sessions",
    "Results",
]


@pytest.mark.parametrize("header", MISLEADING)
def test_what_only_sounds_like_a_figure_is_none(header: str) -> None:
    assert fields(header) == [None]
