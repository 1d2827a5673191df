"""The smoke run reads exported files as a stranger would."""

from decimal import Decimal

import pytest

from campaigns.exports.amazon_bulk import amazon_bulk
from campaigns.exports.budgets import CampaignBudget
from campaigns.exports.plan_csv import plan_csv
from campaigns.exports.plan_workbook import plan_workbook
from campaigns.exports.rows import PlanReport, PlanRow
from campaigns.exports.walmart_bulk import walmart_bulk
from rmn_site.smoke.exported import FileUnexpected, daily_budgets, proposed_total

BUDGETS = (
    CampaignBudget(campaign_id="123456789012345678", name="Search", daily=Decimal("10.10")),
    CampaignBudget(campaign_id="223456789012345678", name="Home", daily=Decimal("0.00")),
)


def report(*amounts: str) -> PlanReport:
    rows = [
        PlanRow(path=("onsite", "Amazon", "search", f"Brand {number}"), current=Decimal(1), proposed=Decimal(amount))
        for number, amount in enumerate(amounts)
    ]
    return PlanReport(title="Plan", currency="USD", rows=tuple(rows), is_simulated=True)


@pytest.mark.parametrize(("form", "write"), [("csv", plan_csv), ("xlsx", plan_workbook)])
def test_total_of_a_table_is_exact_to_the_cent(form, write):
    content = write(report=report("1234567.89", "0.02", "0.10"))

    assert proposed_total(form=form, content=content) == Decimal("1234568.01")


def test_table_whose_total_is_wrong_is_noticed():
    content = plan_csv(report=report("10.00", "5.00")).replace(b"15.00", b"16.00")

    with pytest.raises(FileUnexpected, match=r"15\.00.*16\.00"):
        proposed_total(form="csv", content=content)


def test_file_that_is_no_table_is_noticed():
    with pytest.raises(FileUnexpected, match="headings"):
        proposed_total(form="csv", content=b"<html>Sign in</html>")


@pytest.mark.parametrize(("form", "write"), [("amazon_bulk", amazon_bulk), ("walmart_bulk", walmart_bulk)])
def test_bulk_files_have_a_budget_a_campaign_and_none_for_paused_ones(form, write):
    assert daily_budgets(form=form, content=write(budgets=BUDGETS)) == [Decimal("10.10"), Decimal(0)]
