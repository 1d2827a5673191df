"""Plans as tables, workbooks and retailers' bulk files."""

from campaigns.exports.amazon_bulk import amazon_bulk
from campaigns.exports.budgets import BulkRefused, Campaign, CampaignBudget, campaign_budgets, split_cents
from campaigns.exports.plan_csv import plan_csv
from campaigns.exports.plan_workbook import plan_workbook
from campaigns.exports.rows import Interval, PlanReport, PlanRow, RuleLine
from campaigns.exports.walmart_bulk import walmart_bulk

__all__ = [
    "BulkRefused",
    "Campaign",
    "CampaignBudget",
    "Interval",
    "PlanReport",
    "PlanRow",
    "RuleLine",
    "amazon_bulk",
    "campaign_budgets",
    "plan_csv",
    "plan_workbook",
    "split_cents",
    "walmart_bulk",
]
