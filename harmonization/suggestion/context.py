"""What the other columns of a file say about one: twins, rivals, and words that depend on their company."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from harmonization.suggestion.claim import FILE, Claim
from harmonization.suggestion.company import only_candidates, totals_of_stores
from harmonization.suggestion.reasons import in_words

METRICS = frozenset(
    [
        *("impressions", "clicks", "cost", "orders", "units", "revenue", "revenue_halo", "revenue_same_sku"),
        *("ntb_orders", "ntb_units", "ntb_revenue", "ctr", "cpc", "roas"),
    ]
)
REPORTS = METRICS | {"event_date", "campaign_id", "campaign_name"}
SECOND_LEVEL = re.compile(r"(?<![0-9])[2-9](?![0-9])")
LEAST_COMPANY = 2
SYNONYMS = {"sale": "revenue", "conversion": "order"}
NO_MATTER = frozenset({"ad", "adly", "count", "amount", "currency", "average", "rate"})


def in_company(*, claims: list[Claim]) -> list[Claim]:
    """The claims after each rule has seen the whole file."""
    for rule in RULES:
        claims = rule(claims)
    return claims


def _counts_beside_money(claims: list[Claim]) -> list[Claim]:
    """“Sales” beside “sale amount” of the same kind counts sales: it is orders, and the amount is the money."""
    money = {_kind(one) for one in claims if one.meaning and one.meaning.startswith("revenue") and _is_money(one)}
    return [
        one.becoming("orders", why="another column has the amount of these sales, so this one counts them")
        if one.meaning == "revenue" and not _is_money(one) and _kind(one) in money
        else one
        for one in claims
    ]


def _counted_sales(claims: list[Claim]) -> list[Claim]:
    """A number of sales is orders in one network and items in another."""
    return [
        replace(one, meaning="orders").abstaining(why="a number of sales: orders or items, its name does not say")
        if one.meaning == "counted_sales"
        else one
        for one in claims
    ]


def _sales_beside_revenue(claims: list[Claim]) -> list[Claim]:
    """Plain “sales” beside plain “revenue” may be their number, unless another column counts orders."""
    revenue = {_kind(one) for one in claims if one.meaning == "revenue" and "revenue" in one.reading.concepts}
    counted = {_kind(one) for one in claims if one.meaning == "orders" and "order" in one.reading.concepts}
    why = "another column is the revenue, so these sales may be counted, not money"
    return [
        one.abstaining(why=why)
        if one.meaning == "revenue" and "sale" in one.reading.concepts and _kind(one) in revenue - counted
        else one
        for one in claims
    ]


def _is_money(claim: Claim) -> bool:
    words = claim.reading.header.lower()
    return bool(claim.reading.concepts & {"revenue", "amount"}) and "sale" in words


def _kind(claim: Claim) -> tuple[object, ...]:
    """What makes two columns of sales the same but for count and money."""
    reading = claim.reading
    return reading.window, reading.scope, reading.touch, "cpc" in reading.concepts


def _one_code_of_items(claims: list[Claim]) -> list[Claim]:
    """Of several codes of an item the retailer's own is the item's; a bare SKU beside it is the seller's."""
    items = [one for one in claims if one.meaning == "sku_id"]
    has_code = any(one.reading.concepts & {"itemcode"} for one in items)
    has_product = any("product" in one.reading.concepts and "sku" not in one.reading.concepts for one in items)
    if any(one.meaning == "sku_id" and one.reading.concepts & {"sku"} for one in claims) and (has_code or has_product):
        why = "another column has the retailer's own code of the item, so this is likely the seller's"
        claims = [
            replace(one, meaning="seller_sku", why=why)
            if one.meaning == "sku_id" and "sku" in one.reading.concepts
            else one
            for one in claims
        ]
    return [
        one.becoming("sku_id", why="the listing is the only item that the file names")
        if one.meaning == "listing_id" and not items
        else one
        for one in claims
    ]


def _bare_views(claims: list[Claim]) -> list[Claim]:
    """“Views” of ads are impressions, unless the file has impressions as well."""
    has_impressions = any(one.meaning == "impressions" for one in claims)
    is_report = sum(one.meaning in ("clicks", "cost", "ctr") for one in claims) >= LEAST_COMPANY
    return [
        one
        if one.meaning != "bare_views"
        else (
            one.becoming("impressions", why="views of ads, and no other column has impressions")
            if is_report and not has_impressions
            else replace(one, meaning=None, why="views of what, the file does not say")
        )
        for one in claims
    ]


def _bare_names(claims: list[Claim]) -> list[Claim]:
    """A lone “title” beside an item's code names the item."""
    has_item = any(one.meaning in ("sku_id", "gtin") for one in claims)
    has_name = any(one.meaning == "product_name" for one in claims)
    lone = [one for one in claims if one.meaning == "bare_name"]
    is_item = has_item and not has_name and len(lone) == 1
    return [
        one
        if one.meaning != "bare_name"
        else (
            one.becoming("product_name", why="the name beside the item's code, and no other column names it")
            if is_item
            else replace(one, meaning=None, why="the name of what, the file does not say")
        )
        for one in claims
    ]


def _starts_of_events(claims: list[Claim]) -> list[Claim]:
    """Where rows are hours or days of their own, their start is the day; beside a date it is something else."""
    has_date = any(one.meaning in ("event_date", "period_start") for one in claims)
    return [
        one
        if one.meaning != "event_start"
        else (
            replace(one, meaning=None, why="another column has the day")
            if has_date
            else one.becoming("event_date", why="the start of what the row reports, and no other column has the day")
        )
        for one in claims
    ]


def _only_estimates(claims: list[Claim]) -> list[Claim]:
    """An estimated cost is the cost where the file has no other."""
    has_cost = any(one.meaning == "cost" for one in claims)
    return [
        one
        if one.meaning != "estimated_cost"
        else (
            replace(one, meaning=None, why="another column has the cost that is not estimated")
            if has_cost
            else one.becoming("cost", why="the network's own estimate of the cost, and the file has no other")
        )
        for one in claims
    ]


def _costs_of_clicks(claims: list[Claim]) -> list[Claim]:
    """“CPC fees” are the cost where “CPC” stands before other figures too, as the name of a kind of campaign."""
    is_prefix = any("cpc" in one.reading.concepts and one.meaning in ("impressions", "clicks") for one in claims)
    return [
        one
        if one.meaning != "cpc_cost"
        else (
            one.becoming("cost", why="the cost of campaigns paid by click, as other columns name them")
            if is_prefix
            else replace(one, meaning=None, why="the cost of a click or of clicks, its name does not say")
        )
        for one in claims
    ]


def _only_audience(claims: list[Claim]) -> list[Claim]:
    """The name of an audience stands for it where the file has no identifier."""
    has_id = any(one.meaning == "audience_id" for one in claims)
    return [
        one.becoming("audience_id", why="the audience, which the file names without an identifier")
        if one.meaning == "audience_name" and not has_id
        else one
        for one in claims
    ]


def _types_of_products(claims: list[Claim]) -> list[Claim]:
    """The type of a product is its category where the file has no other."""
    has_category = any(one.meaning == "category" for one in claims)
    return [
        one
        if one.meaning != "product_type"
        else (
            replace(one, meaning=None, why="another column has the category")
            if has_category
            else one.becoming("category", why="the type of the product, and the file has no other category")
        )
        for one in claims
    ]


def _first_levels(claims: list[Claim]) -> list[Claim]:
    """Of the levels of a category or place the first is taken."""
    levels = [one for one in claims if one.meaning in ("category", "placement_type")]
    deeper = {
        one.column
        for one in levels
        if SECOND_LEVEL.search(one.column)
        and any(other.meaning == one.meaning and not SECOND_LEVEL.search(other.column) for other in levels)
    }
    return [
        replace(one, meaning=f"{one.meaning}_detail", why="a deeper level; the first one is taken")
        if one.column in deeper
        else one
        for one in claims
    ]


def _touch_of_twins(claims: list[Claim]) -> list[Claim]:
    """Where a figure stands once plainly and once “from clicks”, the plain one counts views as well."""
    by_click = {_outcome(one) for one in claims if one.reading.touch == "click"}
    return [
        replace(one, touch="click+view", why=f"{one.why}; a twin counts clicks only, so this one counts views too")
        if one.meaning in METRICS and one.touch is None and _outcome(one) in by_click
        else one
        for one in claims
    ]


def _outcome(claim: Claim) -> tuple[object, ...]:
    reading = claim.reading
    return claim.meaning, reading.window, reading.scope or "total", reading.date_basis


def _rivals(claims: list[Claim]) -> list[Claim]:
    """Two columns that claim one figure by different words: the one that says less else keeps it."""
    groups: defaultdict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for one in claims:
        if one.meaning in METRICS:
            groups[(*_outcome(one), one.touch, "cpc" in one.reading.concepts)].append(one)
    lost = {one.column for group in groups.values() for one in _losers(group)}
    return [
        one.abstaining(
            why=f"another column is {in_words(one.meaning)} in fewer words, so this is likely another figure"
        )
        if one.column in lost
        else one
        for one in claims
    ]


def _losers(group: list[Claim]) -> list[Claim]:
    """Those that say more than the plainest; “all”, “total” and “online” beside the plain figure say more, too."""
    said = {one.column: {SYNONYMS.get(word, word) for word in one.reading.concepts - NO_MATTER} for one in group}
    sizes = {one.column: len(said[one.column]) + _narrowing(one) for one in group}
    fewest = min(sizes.values())
    return [one for one in group if sizes[one.column] > fewest]


def _narrowing(claim: Claim) -> float:
    """Half a word for what says that a figure is wider or narrower than another."""
    return ((claim.reading.scope == "total") + (claim.reading.sales_channel == "online")) / 2


def _company(claims: list[Claim]) -> list[Claim]:
    """In a file that reads like an ad report, words mean what they mean in ad reports."""
    found = {one.meaning for one in claims} & REPORTS
    return [one.backed(FILE) if one.meaning and len(found - {one.meaning}) >= LEAST_COMPANY else one for one in claims]


RULES: tuple[Callable[[list[Claim]], list[Claim]], ...] = (
    totals_of_stores,
    _counts_beside_money,
    _sales_beside_revenue,
    _counted_sales,
    _one_code_of_items,
    _bare_views,
    _bare_names,
    _starts_of_events,
    _only_estimates,
    _costs_of_clicks,
    _only_audience,
    _types_of_products,
    _first_levels,
    _touch_of_twins,
    _rivals,
    only_candidates,
    _company,
)
