"""Amazon Ads bulksheet that changes daily budgets of Sponsored Products campaigns."""

import io
from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter import Workbook

from campaigns.exports.budgets import CampaignBudget
from campaigns.exports.plan_workbook import CREATED

SHEET = "Sponsored Products Campaigns"
# Bulksheets 2.0, in the order of Amazon's own download; only the first four, State and Daily Budget are filled.
COLUMNS = (
    "Product",
    "Entity",
    "Operation",
    "Campaign ID",
    "Ad Group ID",
    "Portfolio ID",
    "Ad ID",
    "Keyword ID",
    "Product Targeting ID",
    "Campaign Name",
    "Ad Group Name",
    "Start Date",
    "End Date",
    "Targeting Type",
    "State",
    "Daily Budget",
    "SKU",
    "Ad Group Default Bid",
    "Bid",
    "Keyword Text",
    "Match Type",
    "Bidding Strategy",
    "Placement",
    "Percentage",
    "Product Targeting Expression",
)
LEAST_BUDGET = Decimal(1)


def amazon_bulk(*, budgets: Sequence[CampaignBudget]) -> bytes:
    """The workbook to upload under Bulk operations. A blank cell leaves what Amazon has unchanged.

    Amazon takes no daily budget under 1.00: such campaigns are paused instead, with their budget left as it is. Ids are
    text, since a spreadsheet's numbers lose digits past fifteen.
    """
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"created": CREATED})
        sheet = workbook.add_worksheet(SHEET)
        money = workbook.add_format({"num_format": "0.00"})
        for place, heading in enumerate(COLUMNS):
            sheet.write_string(0, place, heading)
        for number, budget in enumerate(budgets, start=1):
            for place, text in enumerate(("Sponsored Products", "Campaign", "Update", budget.campaign_id)):
                sheet.write_string(number, place, text)
            if budget.daily < LEAST_BUDGET:
                sheet.write_string(number, COLUMNS.index("State"), "paused")
            else:
                sheet.write_number(number, COLUMNS.index("Daily Budget"), float(budget.daily), money)
        sheet.freeze_panes(1, 0)
    return file.getvalue()
