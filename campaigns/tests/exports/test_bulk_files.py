import csv
import io
from decimal import Decimal

import polars as pl
import pytest

from campaigns.exports import CampaignBudget, amazon_bulk, walmart_bulk
from campaigns.tests.exports.sheets import cells, sheet_names


@pytest.fixture
def budgets():
    return (
        CampaignBudget(campaign_id="171709504711018123", name="Search", daily=Decimal("120.50")),
        CampaignBudget(campaign_id="222", name="Small", daily=Decimal("0.40")),
        CampaignBudget(campaign_id="333", name="=Nothing", daily=Decimal("0.00")),
    )


def test_amazon_bulksheet_names_sheet_and_columns_as_amazon_does(budgets):
    content = amazon_bulk(budgets=budgets)

    sheet = cells(content, 1)
    assert sheet_names(content) == ["Sponsored Products Campaigns"]
    assert [sheet[f"{letter}1"] for letter in "ABCD"] == ["Product", "Entity", "Operation", "Campaign ID"]
    assert {"Daily Budget", "State", "Campaign Name", "Bidding Strategy"} <= {
        sheet[f"{c}1"] for c in "ABCDEFGHIJKLMNOPQRSTUV"
    }


def test_amazon_rows_update_campaigns_and_nothing_else(budgets):
    sheet = cells(amazon_bulk(budgets=budgets), 1)

    assert [sheet[f"{letter}2"] for letter in "ABC"] == ["Sponsored Products", "Campaign", "Update"]
    assert sheet["P2"] == 120.5
    assert {reference for reference in sheet if reference.endswith("2")} == {"A2", "B2", "C2", "D2", "P2"}


def test_amazon_campaign_ids_keep_all_their_digits(budgets):
    assert cells(amazon_bulk(budgets=budgets), 1)["D2"] == "171709504711018123"


def test_amazon_campaigns_below_the_least_budget_are_paused(budgets):
    sheet = cells(amazon_bulk(budgets=budgets), 1)

    assert sheet["O3"] == sheet["O4"] == "paused"
    assert "P3" not in sheet
    assert "O2" not in sheet


def test_amazon_bulksheet_opens_in_another_reader(budgets):
    frame = pl.read_excel(amazon_bulk(budgets=budgets), sheet_name="Sponsored Products Campaigns")

    assert frame.height == 3
    assert frame["Entity"].to_list() == ["Campaign"] * 3


def test_walmart_rows_hold_daily_budgets(budgets):
    rows = list(csv.DictReader(io.StringIO(walmart_bulk(budgets=budgets).decode())))

    assert rows[0] == {
        "campaignId": "171709504711018123",
        "budgetType": "daily",
        "dailyBudget": "120.50",
        "totalBudget": "",
        "status": "",
    }
    assert [row["dailyBudget"] for row in rows] == ["120.50", "0.40", ""]
    assert rows[2]["status"] == "paused"


def test_walmart_ids_cannot_be_formulas():
    content = walmart_bulk(budgets=[CampaignBudget(campaign_id="=1+1", name="", daily=Decimal(5))])

    assert b"\r\n'=1+1," in content


def test_the_same_budgets_make_the_same_bytes(budgets):
    assert amazon_bulk(budgets=budgets) == amazon_bulk(budgets=budgets)
