"""The reports that are asked for, with their columns and limits.

Source: Amazon Ads API guides, reporting v3, "Campaign reports" and "Advertised product reports" (read November 2026).
"""

from dataclasses import dataclass

WINDOWS = ("1d", "7d", "14d", "30d")
LONGEST_DAYS = 31
KEPT_DAYS = 95
METRICS = (
    "impressions",
    "clicks",
    "cost",
    *(f"{name}{window}" for name in ("purchases", "purchasesSameSku", "unitsSoldClicks") for window in WINDOWS),
    *(f"{name}{window}" for name in ("sales", "attributedSalesSameSku", "unitsSoldSameSku") for window in WINDOWS),
)
CAMPAIGN = ("date", "campaignId", "campaignName", "campaignStatus", "campaignBudgetCurrencyCode")


@dataclass(frozen=True, kw_only=True)
class ReportType:
    """A ``reportTypeId`` with the grouping and the columns that are asked for."""

    report_type_id: str
    title: str
    group_by: tuple[str, ...]
    columns: tuple[str, ...]


REPORT_TYPES = {
    "advertised_product": ReportType(
        report_type_id="spAdvertisedProduct",
        title="Sponsored Products by advertised product",
        group_by=("advertiser",),
        columns=(*CAMPAIGN, "adGroupId", "adGroupName", "adId", "advertisedAsin", "advertisedSku", *METRICS),
    ),
    "placement": ReportType(
        report_type_id="spCampaigns",
        title="Sponsored Products by campaign and placement",
        group_by=("campaignPlacement",),
        columns=(*CAMPAIGN, "placementClassification", *METRICS),
    ),
}
