"""Walmart Connect: daily budgets of sponsored-search campaigns, in the fields of its campaign update."""

import csv
import io
from collections.abc import Sequence

from campaigns.exports.budgets import CampaignBudget
from tenants.exports import safe_text

# Fields of PUT /api/v1/campaigns of the Sponsored Search API; what is empty stays as it is. totalBudget is empty
# since it is for a campaign's whole life, which began before this plan.
COLUMNS = ("campaignId", "budgetType", "dailyBudget", "totalBudget", "status")


def walmart_bulk(*, budgets: Sequence[CampaignBudget]) -> bytes:
    """CSV with a row a campaign; a campaign that gets nothing is paused, the others keep their status."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for budget in budgets:
        daily, status = (f"{budget.daily:.2f}", "") if budget.daily else ("", "paused")
        writer.writerow([safe_text(budget.campaign_id), "daily", daily, "", status])
    return lines.getvalue().encode()
