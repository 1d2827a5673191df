"""The registry has every field of the design's schema table."""

import pytest

from harmonization.rmis.registry import DERIVED, EVERYTHING, FIELDS, METRICS, QUALIFIERS, STAMPS

ROW_KEY = (
    *("row_id", "source_file_id", "source_row_no", "mapping_version", "retailer_id", "retailer_name"),
    *("marketplace", "advertiser_id", "advertiser_name"),
)
TIME = (
    *("event_date", "event_ts", "hour", "period_start", "period_end", "time_grain", "timezone", "date_basis"),
    *("report_pulled_at", "is_final"),
)
ENTITY = (
    *("campaign_id", "campaign_name", "ad_group_id", "ad_group_name", "ad_id", "creative_id", "keyword", "keyword_id"),
    *("target_expression", "targeting_type", "search_term", "match_type", "placement_type", "placement_raw"),
    *("page_type", "ad_format", "channel", "campaign_status", "bid_strategy", "pricing_model", "device", "region"),
    *("store_id", "audience_id"),
)
PRODUCT = (
    *("sku_id", "gtin", "product_name", "brand", "category", "seller_sku", "mpn"),
    *("purchased_sku_id", "purchased_gtin", "parent_sku_id"),
)
DELIVERY = (
    *("impressions", "viewable_impressions", "clicks", "reach", "frequency", "video_views", "video_starts"),
    *("video_completes", "add_to_cart", "detail_page_views", "ivt_filtered"),
)
MONEY = (
    *("cost", "currency", "cost_reporting", "reporting_currency", "fx_rate", "fx_date", "vat_included", "vat_rate"),
    *("fees", "bid", "budget", "price", "stock_level", "margin_rate", "promo_flag"),
)
COMPETITIVE = (
    *("impression_share", "top_of_search_share", "share_lost_to_budget", "share_lost_to_rank", "share_of_voice"),
    *("organic_units", "organic_revenue"),
)
GROUPS = {
    "row key": ROW_KEY, "time": TIME, "entity": ENTITY, "product": PRODUCT, "delivery": DELIVERY, "money": MONEY,
    "competitive": COMPETITIVE,
}  # fmt: skip


@pytest.mark.parametrize(("group", "names"), GROUPS.items())
def test_a_group_of_the_schema_is_whole(group, names):
    found = {name for name, field in {**FIELDS, **STAMPS}.items() if field.group == group}

    assert set(names) <= found


def test_the_long_table_has_its_metrics_and_qualifiers():
    assert {"orders", "units", "revenue", "ntb_orders", "ntb_units", "ntb_revenue", "atc", "dpv"} <= METRICS.keys()
    assert {"metric", "value", "window_days", "touch", "scope", "attr_model"} == QUALIFIERS.keys()
    assert {"ctr", "cpc", "cpm", "roas", "acos", "cvr"} <= DERIVED.keys()


def test_no_name_has_two_meanings():
    count = len(FIELDS) + len(STAMPS) + len(METRICS) + len(QUALIFIERS) + len(DERIVED)

    assert len(EVERYTHING) == count
