"""The words of RMIS: each field's type, unit, definition and source, by group. Read through the registry."""

IAB = "IAB/MRC Retail Media Measurement Guidelines, January 2024"
RMIS = "RMIS"
IAB_EUROPE = "IAB Europe Retail Media Measurement Standards, April 2024"
GS1 = "GS1 General Specifications"
ISO_4217 = "ISO 4217"
ISO_8601 = "ISO 8601"
IANA = "IANA Time Zone Database"

Entries = tuple[tuple[str, str, str, str, str], ...]  # name, type, unit, definition, source

DEFINED_FIELDS: dict[str, Entries] = {
    "row key": (
        ("retailer_id", "text", "", "Identifier of the retailer whose shoppers saw the ads.", RMIS),
        ("retailer_name", "text", "", "Name of that retailer.", RMIS),
        ("marketplace", "text", "", "Country or site of the retailer.", RMIS),
        ("advertiser_id", "text", "", "The network's identifier of the account that pays.", RMIS),
        ("advertiser_name", "text", "", "Name of the account that pays.", RMIS),
    ),
    "time": (
        ("event_date", "date", "day", "Day of the delivery the row reports, in the report's time zone.", RMIS),
        ("event_ts", "timestamp", "UTC", "Instant at which the time the row reports begins, in UTC.", ISO_8601),
        ("hour", "count", "hour of day", "Hour of the delivery, 0 to 23, in the report's time zone.", RMIS),
        ("period_start", "date", "day", "First day the row covers, where rows cover several.", RMIS),
        ("period_end", "date", "day", "Last day the row covers, where rows cover several.", RMIS),
        ("report_pulled_at", "timestamp", "UTC", "When the report was made; later figures may restate it.", ISO_8601),
    ),
    "entity": (
        ("campaign_id", "text", "", "The network's identifier of the campaign.", RMIS),
        ("campaign_name", "text", "", "Name of the campaign.", RMIS),
        ("ad_group_id", "text", "", "The network's identifier of the ad group or line item.", RMIS),
        ("ad_group_name", "text", "", "Name of the ad group or line item.", RMIS),
        ("ad_id", "text", "", "The network's identifier of the ad.", RMIS),
        ("creative_id", "text", "", "The network's identifier of the creative.", RMIS),
        ("keyword", "text", "", "The keyword that was bid on.", RMIS),
        ("keyword_id", "text", "", "The network's identifier of the keyword.", RMIS),
        ("target_expression", "text", "", "What was targeted where it is no keyword.", RMIS),
        ("targeting_type", "text", "", "Whether targeting was automatic or manual.", RMIS),
        ("search_term", "text", "", "What the shopper typed.", RMIS),
        ("match_type", "text", "", "How the keyword had to match the search term.", RMIS),
        ("placement_type", "enum", "", "Kind of place the ad stood in.", RMIS),
        ("placement_raw", "text", "", "The place in the network's own words.", RMIS),
        ("page_type", "text", "", "Kind of page the ad stood on, in the network's own words.", RMIS),
        ("ad_format", "text", "", "Format of the ad, in the network's own words.", RMIS),
        ("channel", "enum", "", "On the retailer's site, elsewhere, or in its stores.", IAB),
        ("campaign_status", "text", "", "Status of the campaign when the report was pulled.", RMIS),
        ("bid_strategy", "text", "", "How the network sets bids.", RMIS),
        ("pricing_model", "text", "", "What is paid for: clicks, impressions, a fixed fee.", RMIS),
        ("device", "text", "", "Kind of device or app.", RMIS),
        ("region", "text", "", "Region of the shopper.", RMIS),
        ("store_id", "text", "", "Store, for in-store media.", RMIS),
        ("audience_id", "text", "", "Audience that was targeted.", RMIS),
        ("sales_channel", "enum", "", "Where outcomes of the row happened: online or in stores.", RMIS),
    ),
    "product": (
        ("sku_id", "text", "", "The retailer's identifier of the advertised item.", RMIS),
        ("gtin", "gtin", "", "Global Trade Item Number, 14 digits with a valid check digit.", GS1),
        ("product_name", "text", "", "Name of the advertised item.", RMIS),
        ("brand", "text", "", "Brand of the advertised item.", RMIS),
        ("category", "text", "", "The retailer's category of the item.", RMIS),
        ("seller_sku", "text", "", "The seller's own identifier of the item.", RMIS),
        ("mpn", "text", "", "Manufacturer's part number.", RMIS),
        (
            "purchased_sku_id",
            "text",
            "",
            "The retailer's identifier of the item bought, if not the advertised one.",
            RMIS,
        ),
        ("purchased_gtin", "gtin", "", "GTIN of the item bought, if not the advertised one.", GS1),
        ("parent_sku_id", "text", "", "Identifier of the family of variants.", RMIS),
    ),
    "delivery": (
        ("impressions", "count", "impressions", "Ads served and begun to render, after filtration.", IAB),
        (
            "viewable_impressions",
            "count",
            "impressions",
            "Impressions half of whose pixels were seen for a second.",
            IAB,
        ),
        ("clicks", "count", "clicks", "Clicks on the ad, after filtration of invalid traffic.", IAB),
        ("reach", "count", "people", "Different people the ad was shown to; cannot be added over days.", IAB),
        ("frequency", "quantity", "impressions per person", "Impressions per person reached.", IAB),
        ("video_views", "count", "views", "Views of the video by the network's rule.", RMIS),
        ("video_starts", "count", "starts", "Videos begun.", IAB),
        ("video_completes", "count", "completes", "Videos played to the end.", IAB),
        ("add_to_cart", "count", "adds", "Times the item was put in a cart, unattributed.", RMIS),
        ("detail_page_views", "count", "views", "Views of the item's page, unattributed.", RMIS),
        ("ivt_filtered", "count", "impressions", "Invalid traffic taken out.", IAB),
    ),
    "money": (
        ("cost", "money", "currency unit", "What the advertiser pays for the delivery.", RMIS),
        ("currency", "text", "", "Currency of the amounts, three letters.", ISO_4217),
        ("fees", "money", "currency unit", "Fees on top of cost.", RMIS),
        ("bid", "money", "currency unit", "Bid of the keyword or ad.", RMIS),
        ("budget", "money", "currency unit", "Budget of the campaign; not to be added over rows.", RMIS),
        ("price", "money", "currency unit", "Price of the item on that day.", RMIS),
        ("stock_level", "count", "items", "Items in stock on that day.", RMIS),
        ("margin_rate", "ratio", "fraction", "Gross margin of the item per unit of revenue.", RMIS),
        ("promo_flag", "text", "", "Whether the item was on promotion.", RMIS),
    ),
    "competitive": (
        ("impression_share", "ratio", "fraction", "Impressions won of those the ad could have had.", RMIS),
        ("top_of_search_share", "ratio", "fraction", "Share of top-of-search impressions that were won.", RMIS),
        ("share_lost_to_budget", "ratio", "fraction", "Share of impressions missed as the budget was spent.", RMIS),
        ("share_lost_to_rank", "ratio", "fraction", "Share of impressions missed as bid or relevance was low.", RMIS),
        ("share_of_voice", "ratio", "fraction", "Share of a search page's places that showed the brand.", RMIS),
        ("organic_units", "quantity", "items", "Items sold without the ad.", RMIS),
        ("organic_revenue", "money", "currency unit", "Revenue without the ad.", RMIS),
    ),
}

STAMPED_FIELDS: dict[str, Entries] = {
    "row key": (
        ("row_id", "count", "hash", "64-bit hash of file and row number; no two rows share it.", RMIS),
        ("source_file_id", "text", "", "SHA-256 of the file the row came from, hexadecimal.", RMIS),
        ("source_row_no", "count", "row", "Number of the row in that file, the header counted.", RMIS),
        ("mapping_version", "text", "", "Version and digest of the mapping that read the row.", RMIS),
    ),
    "time": (
        ("time_grain", "enum", "", "What one row covers: an hour, a day or a longer period.", RMIS),
        ("timezone", "text", "", "Time zone of the report's days, or what its documentation says of it.", IANA),
        ("date_basis", "enum", "", "Whether the day is that of the click, the impression or the order.", IAB),
        ("is_final", "flag", "true or false", "Whether the day can no longer be restated; null where unknown.", RMIS),
    ),
    "money": (
        ("vat_included", "flag", "true or false", "Whether amounts hold value-added tax; null where unknown.", RMIS),
        ("vat_rate", "ratio", "fraction", "Rate of value-added tax in the amounts, where the mapping states it.", RMIS),
        ("cost_reporting", "money", "reporting currency", "Cost in the workspace's currency.", RMIS),
        ("reporting_currency", "text", "", "Currency of the workspace, three letters.", ISO_4217),
        ("fx_rate", "quantity", "reporting per currency unit", "Rate by which cost_reporting was converted.", RMIS),
        ("fx_date", "date", "day", "Day of that rate: the row's own or the last one published before it.", RMIS),
    ),
}

DEFINED_QUALIFIERS: dict[str, Entries] = {
    "attribution": (
        ("metric", "text", "", "Which outcome the value counts.", RMIS),
        ("value", "quantity", "as of the metric", "The attributed figure as the source states it.", RMIS),
        ("window_days", "count", "days", "Lookback window: days after the touch in which outcomes count.", IAB_EUROPE),
        ("touch", "enum", "", "Contact with the ad the outcome was attributed to: click, view or both.", IAB),
        ("scope", "enum", "", "Which bought products count: the advertised one, its halo, or all.", IAB_EUROPE),
        ("attr_model", "enum", "", "How credit for one outcome is shared among ads.", IAB),
    ),
}

DEFINED_METRICS: dict[str, Entries] = {
    "attribution": (
        ("orders", "quantity", "orders", "Orders attributed to the ad within its window.", IAB),
        ("units", "quantity", "items", "Items sold in attributed orders.", IAB),
        ("revenue", "money", "currency unit", "Sales attributed to the ad within its window, touch and scope.", IAB),
        ("ntb_orders", "quantity", "orders", "Attributed orders of shoppers new to the brand for 12 months.", IAB),
        ("ntb_units", "quantity", "items", "Items in new-to-brand orders.", IAB),
        ("ntb_revenue", "money", "currency unit", "Attributed sales to shoppers new to the brand for 12 months.", IAB),
        ("atc", "quantity", "adds", "Attributed times an item was put in a cart.", RMIS),
        ("dpv", "quantity", "views", "Attributed views of an item's page.", RMIS),
        ("assisted_revenue", "money", "currency unit", "Sales the ad assisted; not part of attributed revenue.", RMIS),
        ("assisted_units", "quantity", "items", "Items sold with the ad's assistance; not part of units.", RMIS),
    ),
}

DERIVED_METRICS: dict[str, Entries] = {
    "derived": (
        ("ctr", "ratio", "fraction", "Click-through rate: clicks per impression.", IAB),
        ("cpc", "money", "currency unit", "Cost per click: cost divided by clicks.", IAB),
        ("cpm", "money", "currency unit", "Cost of a thousand impressions.", IAB),
        ("roas", "ratio", "revenue per unit of cost", "Return on ad spend: attributed revenue divided by cost.", IAB),
        (
            "iroas",
            "ratio",
            "revenue per unit of cost",
            "Incremental return on ad spend: incremental revenue per cost.",
            IAB,
        ),
        (
            "acos",
            "ratio",
            "cost per unit of revenue",
            "Advertising cost of sale: cost divided by attributed revenue.",
            RMIS,
        ),
        ("cvr", "ratio", "fraction", "Conversion rate: attributed orders per click.", IAB),
        ("aov", "money", "currency unit", "Average order value: attributed revenue per attributed order.", RMIS),
    ),
}
