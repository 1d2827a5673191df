"""How concepts make fields: what a field needs, and what may stand beside it without changing it."""

from dataclasses import dataclass

from harmonization.suggestion.header_words import HeaderReading

ALWAYS = "ad adly count"
# field: needs / may stand beside. Of several that fit, the one that needs most is taken.
TABLE = """
event_date: date / campaign hour
hour: hour /
period_start: date start /
period_end: date end /
impressions: impression / product cpc page
event_start: time start /
event_start: date click /
event_start: date impression /
bare_views: view /
viewable_impressions: viewable / impression
video_impressions: video impression /
video_views: video view /
clicks: click / product cpc
cost: cost / amount campaign budget
cpc_cost: cost cpc / amount
estimated_cost: cost estimated / amount
currency: currency / campaign budget account
currency: currency cost / campaign account amount order conversion
currency: currency revenue / campaign account amount order conversion
currency: currency sale / campaign account amount order conversion
currency: currency bid / campaign account amount order conversion
currency: currency price / campaign account amount order conversion
currency: currency cpc / campaign account amount order conversion
campaign_id: campaign id / count
campaign_name: campaign / name
ad_group_id: adgroup id / count
ad_group_name: adgroup / name
ad_id: ad id
ad_id: creative id
ad_name: creative / name
ad_name: ad name
keyword_id: keyword id
keyword: keyword / name targeting
keyword: targeting / name
keyword: keyword placement /
keyword: query placement /
search_term: query / name
search_term: search keyword
match_type: matchtype / type name
keyword_type: keyword type /
placement_type: placement / type name page impression
placement_type: page type
targeting_type: targettype /
targeting_type: targeting type
ad_format: adtype / name
campaign_type: campaigntype / name
bid_strategy: strategy / campaign bid type name budget keyword
budget_type: budget type
pricing_model: pricing / campaign adgroup type name
campaign_status: status / campaign name type
ad_status: status adgroup
ad_status: status product
ad_status: status ad
keyword_status: status keyword / ad
advertiser_id: account id
advertiser_id: account count
advertiser_id: accountid
advertiser_name: account / name
retailer_id: retailer / id
retailer_name: retailer name
seller_id: seller id
seller_name: seller / name
store_id: store / id name
brand: brand / name advertised
brand_id: brand id
category: category / name product advertised
category_id: category id
product_type: product type /
audience_id: audience id /
audience_name: audience / name type
region: region / name id sale product
device: device / name type
portfolio_name: portfolio / name
portfolio_id: portfolio id
sku_id: itemcode / id product advertised
sku_id: sku / id product advertised
sku_id: product id / advertised
listing_id: listing id / product
product_name: listing / product name
price: listing price / product
stock_level: listing stock / product unit
sku_id: advertised id
sku_id: adtype sku / id
product_name: product / name advertised
product_name: sku name / advertised product
product_name: itemcode name / product
product_name: gtin name / product
bare_name: name /
seller_sku: sellersku / id advertised
seller_sku: seller sku / id advertised
parent_sku_id: parent sku / id
parent_sku_id: parent product / id
parent_sku_id: parent id
purchased_sku_id: purchased id / sku itemcode product
purchased_sku_id: purchased sku / product
purchased_sku_id: purchased itemcode / product
purchased_product_name: purchased name / product
purchased_gtin: purchased gtin / product
mpn: mpn / product advertised
gtin: gtin / product advertised id sku
price: price / product
bid: bid / keyword ad adgroup campaign amount cpc
budget: budget / campaign amount
stock_level: stock / product unit
order_id: order id
attr_window: attrwindow / type ad name
sales_channel: saleschannel / type name
ctr: ctr / average cpc rate product
ctr: click rate
cpc: cpc / average
cpc: cpc cost average /
cpc: price click / average
cpm: cpm / average cost impression
roas: roas / average rate revenue cpc order sale conversion
acos: acos / average rate revenue
conversion_rate: cvr / average rate order cpc conversion
conversion_rate: conversion rate
conversion_rate: order rate
cost_per_order: cpa / average cost order conversion sale unit atc cpc
aov: aov / order average
impression_share: share impression / rate
share_of_voice: share / rate
reach: reach /
frequency: frequency / average
add_to_cart: atc /
detail_page_views: dpv /
orders: order / conversion product saleschannel cpc
orders: conversion / cpc
units: unit / order sale conversion product sku cpc
units: unit product
units: ordered product /
units: ordered unit / product sku
revenue: revenue / amount order conversion sale product sku cpc
revenue: sale / amount product sku cpc order conversion
counted_sales: sale count / product cpc
revenue: order amount / product conversion unit
revenue: conversion amount /
revenue: unit amount / product
revenue: ordered amount / product unit
revenue: ordered revenue / product amount
revenue: ordered sale / product amount
orders: order ordered /
revenue_part: amount /
organic_units: organic unit / order product
organic_orders: organic order /
organic_revenue: organic sale / product
organic_revenue: organic revenue /
organic_revenue: organic unit amount /
assisted_revenue: assisted sale /
assisted_revenue: assisted revenue /
assisted_units: assisted unit /
ntb_orders: newbuyer order / conversion
ntb_orders: newbuyer conversion
ntb_units: newbuyer unit / order sale product
ntb_revenue: newbuyer revenue / amount order sale product
ntb_revenue: newbuyer sale / amount product
ntb_revenue: newbuyer order amount
purchase_date: purchased date
"""
# Fields that are shares of a whole may carry a percent sign.
RATIOS = frozenset({"ctr", "roas", "acos", "conversion_rate", "impression_share", "share_of_voice"})


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A field with what it needs and what may stand beside."""

    meaning: str
    needs: frozenset[str]
    beside: frozenset[str]


def _rules() -> tuple[Rule, ...]:
    rules = []
    for line in TABLE.strip().splitlines():
        meaning, _, rest = line.partition(":")
        needs, _, beside = rest.partition("/")
        may = frozenset(f"{beside} {ALWAYS}".split())
        rules.append(Rule(meaning=meaning, needs=frozenset(needs.split()), beside=may))
    return tuple(sorted(rules, key=lambda rule: -len(rule.needs)))


RULES = _rules()


def meaning_of(*, reading: HeaderReading) -> str | None:
    """The field that the concepts of a header make; None where no rule speaks of exactly these."""
    return next((rule.meaning for rule in RULES if _fits(rule, reading)), None)


def _fits(rule: Rule, reading: HeaderReading) -> bool:
    if reading.is_percent and rule.meaning not in RATIOS:
        return False
    return rule.needs <= reading.concepts and reading.concepts - rule.needs <= rule.beside
