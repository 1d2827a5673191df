"""Headers of exports: what base, industry and retailers know of them."""

# Field → plain headers anybody knows.
PLAIN = {
    "event_date": ("date", "day", "report date", "event date", "activity date", "calendar date"),
    "impressions": ("impressions", "views", "ad views", "ad impressions", "times shown", "number of impressions"),
    "clicks": ("clicks", "ad clicks", "total clicks", "number of clicks", "click count"),
    "cost": ("spend", "cost", "ad spend", "total cost", "amount spent", "media cost", "total spend"),
    "campaign_name": ("campaign", "campaign name", "name of campaign", "campaign title"),
    "campaign_id": ("campaign id", "campaign identifier", "id of campaign", "campaign number"),
    "ad_group_name": ("ad group", "ad group name", "group name", "adgroup"),
    "keyword": ("keyword", "keyword text", "targeted keyword", "search keyword"),
    "sku_id": ("sku", "product id", "item id", "item number", "product number"),
    "ctr": ("click rate", "click-through rate", "click through rate"),
    "bid": ("bid", "max bid", "bid amount", "keyword bid"),
    "unknown": (
        "remarks",
        "notes",
        "internal comment",
        "owner",
        "misc",
        "colour",
        "column 7",
        "reserved",
        "flag",
        "extra",
    ),
}
# The trade's own headers.
JARGON = {
    "ntb_revenue": ("ntb sales", "ntb revenue", "ntb gmv", "ntb rev"),
    "ntb_orders": ("ntb orders", "ntb purchases", "ntb ord", "ntb txns"),
    "dpv": ("dpv", "dpvs", "pdp views", "dpv total"),
    "atc": ("atc", "atcs", "atc count", "atc events"),
    "ctr": ("ctr", "ctr %", "ad ctr"),
    "cpc": ("cpc", "avg cpc", "acpc", "ecpc"),
    "cpm": ("vcpm", "ecpm", "cpm", "avg cpm"),
    "top_of_search_share": ("tos is", "tos imp share", "tos sov", "top-of-search is"),
    "event_date": ("dt", "rpt_dt", "ds"),
    "cost": ("adspend_usd", "med spend", "wmedia", "net media"),
    "impressions": ("imps", "impr", "imprs", "vimps"),
}
# Attributed outcomes, whose meaning is the retailer's.
OUTCOMES = {
    "revenue": (
        "sales",
        "attributed sales",
        "ad sales",
        "revenue",
        "attributed revenue",
        "sales amount",
        "product sales",
    ),
    "orders": ("orders", "purchases", "attributed orders", "transactions", "attributed purchases", "conversions"),
    "units": ("units", "units sold", "attributed units", "quantity", "attributed quantities", "items sold"),
}
SCOPES = {
    "total": ("", "", "total ", "all "),
    "same_sku": ("advertised sku ", "same sku ", "direct ", "promoted item ", "advertised product "),
    "halo": ("other sku ", "halo ", "indirect ", "brand halo ", "other product "),
}
WINDOWS = {
    "": ("",),
    "1": ("1 day ", "1d ", "1-day "),
    "7": ("7 day ", "7d ", "7-day ", "7days "),
    "14": ("14 day ", "14d ", "14-day ", "14days "),
    "30": ("30 day ", "30d ", "30-day ", "30days "),
}
ASKS = (
    "column: {header}", "column {header}", "what is {header}?", "map {header}", "source column: {header}", "header {header}",
    "which field is {header}?", "{header}", "meaning of {header}", "map the column {header}", "field for {header}",
    "{header}?", "{header}: which field?", "{header} = ?", "| {header} | ? |", "what does {header} mean?", "what does {header} stand for?",
    "which field does {header} go to?", "where does {header} belong?", "where should {header} go?", "please map {header}", "pls map {header}",
    "kindly map {header}", "can you map {header}?", "could you tell me what {header} is?", "the export says {header}",
    "our file has a column named {header}", "there is a column called {header}", "header in the file: {header}", "col {header}", "col: {header}",
    "unknown column {header}, what is it?", "i don't know {header}", "how should {header} be mapped?", "map: {header}", "mapping for {header}",
    "target field of {header}", "canonical name for {header}", "{header} maps to", "{header} ->", "translate header {header}",
)  # fmt: skip
TRANSFORMS = {
    "event_date": "date", "impressions": "integer", "clicks": "integer", "cost": "money", "campaign_name": "text",
    "campaign_id": "text", "ad_group_name": "text", "keyword": "text", "sku_id": "text", "ctr": "share", "bid": "money",
    "unknown": "leave_out", "ntb_revenue": "money", "ntb_orders": "integer", "dpv": "integer", "atc": "integer", "cpc": "money",
    "cpm": "money", "top_of_search_share": "share", "revenue": "money", "orders": "integer", "units": "integer",
}  # fmt: skip
# What an attributed outcome means there when its header does not say.
MEANINGS = {
    "amazon": {"window": "14", "touch": "click", "model": "last_touch"},
    "walmart": {"window": "14", "touch": "click", "channel": "online", "model": "last_touch"},
    "instacart": {"touch": "any", "model": "linear"},
}
