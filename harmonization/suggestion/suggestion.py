"""What one column is proposed to be."""

from dataclasses import dataclass

# The fields of the interchange vocabulary that proposals are judged on; others are extensions.
OUTCOMES = frozenset(
    [
        *("orders", "units_sold", "revenue", "revenue_halo", "revenue_same_sku"),
        *("new_to_brand_orders", "new_to_brand_revenue"),
    ]
)
CORE = OUTCOMES | frozenset(
    [
        *("event_date", "campaign_id", "campaign_name", "ad_group_id", "ad_group_name", "ad_id", "advertiser_id"),
        *("retailer_id", "store_id", "audience_id", "keyword", "search_term", "match_type", "placement_type", "device"),
        *(
            "region",
            "ad_format",
            "sku_id",
            "gtin",
            "product_name",
            "brand",
            "category",
            "impressions",
            "clicks",
            "cost",
        ),
        *("currency", "bid", "budget", "price", "stock_level", "video_views", "ctr", "cpc", "roas", "attr_window"),
    ]
)
# Attributed metrics of RMIS as the interchange vocabulary calls them.
CORE_OF_METRIC = {"units": "units_sold", "ntb_orders": "new_to_brand_orders", "ntb_revenue": "new_to_brand_revenue"}
CRITICAL = frozenset(
    [
        *("event_date", "campaign_id", "ad_group_id", "ad_id", "sku_id", "gtin", "advertiser_id", "retailer_id"),
        *("impressions", "clicks", "cost", "currency", "orders", "units_sold", "revenue"),
    ]
)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A proposal for one column, or an abstention.

    Attributes:
        field: field of the interchange vocabulary; None where nothing is certain enough.
        extension: field of RMIS beyond that vocabulary (``keyword_id``, ``units_same_sku``); None where none fits.
        window: of attributed figures, as ``14d`` or ``12h``; None where neither header nor file tells.
        touch, scope, sales_channel, date_basis: as in RMIS; None where not told and not customary.
        transform: ``percent_to_ratio``, ``divide:1000000`` ..., empty for none.
        confidence: share of such proposals that were right on layouts held out, 0 to 1.
        why: one sentence for a brand manager.
        candidate: what it would be if a person confirmed it, where it abstains; None where nobody need be asked.
        evidence: the kinds of evidence that agree: words, known, values, arithmetic, file.
        assumed: qualifiers that custom, not the file, tells: ``touch``.
    """

    source_column: str
    field: str | None
    window: str | None = None
    touch: str | None = None
    scope: str | None = None
    sales_channel: str | None = None
    date_basis: str | None = None
    transform: str = ""
    confidence: float = 0.0
    why: str = ""
    extension: str | None = None
    candidate: str | None = None
    evidence: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def meaning(self) -> str | None:
        """The field, of either vocabulary."""
        return self.field or self.extension
