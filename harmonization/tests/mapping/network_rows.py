"""One row of each network's report, with the headers of real exports and made-up values, and ways to read it."""

import json
from datetime import date

from harmonization.mapping.library import load_mapping
from harmonization.tests.pipeline.exports import differences, harmonized, outcomes, table_text, total, written

DAY = date(2026, 1, 5)

CONSOLE = {
    "Date": "Jan 5, 2026", "Portfolio name": "P", "Currency": "USD", "Campaign Name": "Spring", "Ad Group Name": "A",
    "Retailer": "Amazon", "Country": "United States", "Advertised SKU": "MY-1", "Advertised ASIN": "B0001",
    "Impressions": "1,000", "Clicks": "20", "Click-Thru Rate (CTR)": "2.0000%", "Cost Per Click (CPC)": "$0.617",
    "Spend": "$12.34", "Total Return on Advertising Spend (ROAS)": "97.27", "Last Year Impressions": "9999",
    "Last Year Clicks": "999", "Last Year Spend": "$999.00", "Last Year Cost Per Click (CPC)": "$1.00",
}  # fmt: skip
CONSOLE_SP = {
    "7 Day Total Sales ": "$1,200.50", "7 Day Total Orders (#)": "30", "7 Day Total Units (#)": "40",
    "7 Day Advertised SKU Units (#)": "25", "7 Day Other SKU Units (#)": "15",
    "7 Day Advertised SKU Sales ": "$700.50", "7 Day Other SKU Sales ": "$500.00", "7 Day Conversion Rate": "150%",
}  # fmt: skip
STREAM = {
    "idempotency_id": "i1", "dataset_id": "sp-traffic", "marketplace_id": "ATVPDKIKX0DER", "currency": "USD",
    "advertiser_id": "ENTITY1", "campaign_id": "c1", "ad_group_id": "g1", "ad_id": "a1", "keyword_id": "k1",
    "keyword_text": "soap", "match_type": "BROAD", "placement": "Top of Search on-Amazon",
    "time_window_start": "2026-01-05T07:00:00.000Z", "clicks": 3, "impressions": 100, "cost": 1.23,
}  # fmt: skip
EBAY = {
    "day": "2026-01-05", "campaign_id": "c1", "campaign_name": "Spring", "campaign_start_date": "2025-12-01",
    "listing_id": "110", "listing_title": "Soap", "listing_price": "USD 28.00", "listing_quantity_available": "7",
    "listing_quantity_sold": "5000", "impressions": "1000", "clicks": "20", "ctr": "2.00", "sales": "3",
    "sale_amount": "USD 84.00", "ad_fees": "USD 6.72", "avg_cost_per_sale": "USD 2.24",
}  # fmt: skip
EBAY_PRIORITY = {
    "day": "2026-01-05", "campaign_id": "c2", "listing_id": "110", "cpc_impressions": "500", "cpc_clicks": "10",
    "cpc_ctr": "2.00", "cpc_attributed_sales": "2", "cpc_sale_amount_listingsite_currency": "GBP 56.00",
    "cpc_ad_fees_listingsite_currency": "GBP 4.00", "cpc_sale_amount_payout_currency": "USD 70.00",
    "cpc_ad_fees_payout_currency": "USD 5.00", "cost_per_click": "GBP 0.40",
}  # fmt: skip
FLIPKART = {
    "Campaign ID": "C1", "Campaign Name": "Spring", "AdGroup ID": "G1", "AdGroup Name": "A", "Date": "2026-01-05",
    "Views": "1000", "Clicks": "20", "Click Through Rate in %": "2.0", "Ad Spend": "123.40", "Conversion Rate": "0.25",
    "Total converted units": "5", "Direct Units Sold": "3", "Indirect Units Sold": "2", "Units Sold (Direct)": "3",
    "Units Sold (Indirect)": "2", "Total Revenue (Rs.)": "1,23,456.50", "Direct Revenue": "1,00,000.00",
    "Indirect Revenue": "23,456.50", "Expected ROI": "8", "ROI": "1000.5", "Add to Baskets": "9",
}  # fmt: skip
UBER = {
    "day_of": "2026-01-05 00:00:00", "ad_account_id": "acc", "campaign_id": "c1", "ad_group_id": "g1",
    "currency_code": "USD", "placement_l1": "Search", "placement_l2": "Home Feed", "sales_channel": "ONLINE",
    "item_gtin": "036000291452", "impressions": "1000", "clicks": "20", "ad_spend": "12.34", "orders_14d": "3",
    "units_sold_14d": "4", "sales_14d": "56.78", "roas_14d": "4.6", "cost_per_click": "0.617",
    "click_through_rate": "0.02", "ad_campaign_cost_model": "CPC", "ad_group_cost_model": "CPC",
}  # fmt: skip
UBER_RESTAURANT = {
    "day_of": "2026-01-05 00:00:00", "ad_account_id": "acc", "campaign_id": "c1", "currency_code": "USD",
    "keyword": "soup", "search_term": "soups", "match_type": "EXACT", "impressions": "1000", "clicks": "20",
    "ad_spend": "12.34", "orders_7d_on_click_date": "3", "sales_7d_on_click_date": "30.00",
    "orders_7d_on_order_date": "4", "sales_7d_on_order_date": "40.00", "exposed_orders_7d_on_impression_date": "9",
    "exposed_sales_7d_on_impression_date": "90.00",
}  # fmt: skip
MERCADO = {
    "date": "2026-01-05", "item_id": "MLB1", "campaign_id": 77, "title": "Sabão", "prints": 1000, "clicks": 20,
    "ctr": 2.0, "cost": 12.34, "cpc": 0.617, "direct_amount": 30.5, "indirect_amount": 20.0, "total_amount": 50.5,
    "direct_units_quantity": 3, "indirect_units_quantity": 2, "units_quantity": 5, "direct_items_quantity": 2,
    "indirect_items_quantity": 1, "advertising_items_quantity": 3, "organic_units_quantity": 40,
    "organic_units_amount": 400.25, "organic_items_quantity": 30, "impression_share": 0.4,
}  # fmt: skip
COUPANG = {
    "날짜": "20260105", "과금 방식": "CPC", "광고유형": "상품광고", "캠페인 ID": "c1", "캠페인명": "봄",
    "광고그룹": "a", "광고집행 상품명": "비누", "광고집행 옵션ID": "101", "광고전환매출발생 상품명": "샴푸",
    "광고전환매출발생 옵션ID": "202", "광고 노출 지면": "검색 영역", "키워드": "비누", "노출수": "1,000",
    "클릭수": "20", "광고비": "12,340", "클릭률": "2.00%",
}  # fmt: skip
COUPANG |= {
    f"{kind} {what}({days}일)": f"{days}{number}"
    for days in (1, 14)
    for number, what in enumerate(("주문수", "판매수량", "전환매출액"), start=1)
    for kind in ("총", "직접", "간접")
} | {"총광고수익률(14일)": "1.15%"}
OZON_NEW = {
    "День": "05.01.2026", "sku": "501", "Название товара": "Мыло", "Цена товара, ₽": "1 299,00", "Показы": "1000",
    "Клики": "20", "CTR, %": "2,00", "Добавления в корзину": "6", "Средняя стоимость клика, ₽": "61,70",
    "Расход, ₽, с НДС": "1 234,00", "Заказы": "3", "Продано товаров": "4", "Продажи в продвижении, ₽": "5 196,00",
    "Заказы модели": "1", "Продано товаров модели": "1", "Продажи в продвижении с заказов модели, ₽": "1 299,00",
    "Заказано на сумму, ₽": "99 999,00", "ДРР в продвижении, %": "23,7", "Дата добавления": "01.12.2025",
    "Расход за минусом бонусов, ₽, с НДС": "1 000,00",
}  # fmt: skip
OZON_RENAMED = {
    "Название товара": "Наименование", "CTR, %": "CTR (%)", "Добавления в корзину": "В корзину",
    "Средняя стоимость клика, ₽": "Ср. цена клика, ₽", "Продажи в продвижении, ₽": "Выручка, ₽",
    "Продажи в продвижении с заказов модели, ₽": "Выручка с заказов модели, ₽", "ДРР в продвижении, %": "ДРР, %",
}  # fmt: skip
OZON_OLD = {OZON_RENAMED.get(name, name): value for name, value in OZON_NEW.items()}
ZEPTO = {
    "Date": "2026-01-05", "CampaignID": "c1", "CampaignName": "Spring", "CampaignType": "AUCTION_UP_SELL",
    "Status": "ACTIVE", "KeywordName": "soap", "KeywordMatchType": "EXACT", "ProductID": "p1", "ProductName": "Soap",
    "CityName": "Pune", "Impressions": "1980", "Clicks": "20", "Ctr": "1.01", "Cpc": "6.17", "Cpm": "62.32",
    "Spend": "123.40", "Daily_budget": "500", "Atc": "9", "Orders": "3", "Same_skus": "2", "Revenue": "567.80",
    "Roas": "4.6",
}  # fmt: skip
FIVETRAN = {
    "campaign_id": "2187", "date": "2026-01-05", "_fivetran_synced": "2026-01-14 11:54:40.980000",
    "campaign_bidding_strategy": "optimizeForSales", "campaign_budget_amount": "2000.0",
    "campaign_budget_currency_code": "USD", "campaign_budget_type": "DAILY_BUDGET", "clicks": "20", "cost": "12.34",
    "impressions": "1000", "sales_7_d": "12", "purchases_30_d": "44", "sales_30_d": "54.5",
}  # fmt: skip
STREAM_SALES = {
    "idempotency_id": "s1", "dataset_id": "sp-conversion", "marketplace_id": "ATVPDKIKX0DER", "currency": "USD",
    "advertiser_id": "ENTITY1", "campaign_id": "c1", "ad_group_id": "g1", "ad_id": "a1", "keyword_id": "k1",
    "placement": "Top of Search on-Amazon", "time_window_start": "2026-01-05T07:00:00.000Z",
} | {
    f"attributed_{what}_{days}d{scope}": days * size
    for size, what in enumerate(("conversions", "units_ordered", "sales"), start=1)
    for days in (1, 7, 14, 30)
    for scope in ("", "_same_sku")
}  # fmt: skip
CRITEO_SALES = {
    "advertisedDate": "2026-01-05", "purchasedDate": "2026-01-17", "daysDifference": "12", "campaignId": "c1",
    "campaignName": "Spring", "lineItemId": "l1", "advertisedProductId": "P1", "advertisedProductGtin": "036000291452",
    "advertisedProductName": "Soap", "purchasedProductId": "P2", "purchasedProductGtin": "4006381333931",
    "advertisedEngagement": "click", "advertisedToPurchasedProductRelationship": "sameBrand", "salesChannel": "online",
    "retailerId": "r9", "retailerName": "Shop", "pageType": "search", "attributionWindow": "30D",
    "attributedUnits": "2", "attributedSales": "17.98",
}  # fmt: skip
HEADERS = {
    "amazon_console": CONSOLE | CONSOLE_SP, "amazon_fivetran": FIVETRAN, "amazon_stream_sp_traffic": STREAM,
    "uber": UBER, "ebay": EBAY, "flipkart": FLIPKART, "mercado_ads": MERCADO, "coupang": COUPANG, "ozon": OZON_NEW,
    "zepto": ZEPTO, "amazon_stream_sp_conversion": STREAM_SALES, "criteo_transactions": CRITEO_SALES,
}  # fmt: skip


def read_table(folder, name, *rows, banner=""):
    """The rows as the network separates them, harmonized by its mapping."""
    text = table_text(rows, header=list(rows[0]), separator=load_mapping(name).separator)
    return harmonized(written(folder, banner + text), name)


def read_records(folder, name, *records):
    """The records as JSON lines, harmonized."""
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return harmonized(written(folder, text, "export.jsonl"), name)


def meanings(result):
    """Values of the long table by (metric, window, touch, scope)."""
    rows = outcomes(result).iter_rows(named=True)
    return {(row["metric"], row["window_days"], row["touch"], row["scope"]): row["value"] for row in rows}


def sums(result):
    """Impressions, clicks, cost and headline revenue of the file, once it reconciles without a difference."""
    assert differences(result) == []
    assert {line.date for line in result.reconciliation} == {DAY}
    return tuple(total(result, metric) for metric in ("impressions", "clicks", "cost", "revenue"))


def broken_rules(result):
    return [rule.name for rule in result.quality.invariants if rule.rows_broken]
