import csv
import datetime as dt
import gzip
import json
from decimal import Decimal

import pytest

from campaigns.simulation import WorldError, build_world, write_exports


def rows_of(file, *, skip=0, delimiter=","):
    with file.path.open(encoding="utf-8") as lines:
        for _ in range(skip):
            next(lines)
        return list(csv.DictReader(lines, delimiter=delimiter))


def total(rows, column):
    return sum(Decimal(row[column]) for row in rows)


def test_alpha_and_beta_hold_eighteen_thousand_events_of_a_hundred_items(exports):
    alpha = rows_of(exports["alpha"])
    beta = [row for row in rows_of(exports["beta"], skip=2, delimiter=";") if row["Day"] != "Total"]

    assert len(alpha) + len(beta) == 18_000 == exports["alpha"].rows + exports["beta"].rows
    assert len({row["retailer_sku"] for row in alpha}) == len({row["Item ID"] for row in beta}) == 100
    assert len({row["event_id"] for row in alpha}) == 9_000


def test_alphas_header_is_the_agreed_one(exports):
    header = exports["alpha"].path.read_text().split("\n", 1)[0]

    assert header == (
        "event_id,date,retailer_sku,product_name,brand,category,placement,audience,campaign_id,campaign_name,impressions,"
        "clicks,spend_usd,orders_14d,units_14d,sales_14d_usd,ntb_orders_14d,ntb_sales_14d_usd,price_usd,stock_level,"
        "margin_rate,promo"
    )


def test_betas_preamble_header_and_total_are_the_agreed_ones(exports):
    lines = exports["beta"].path.read_text().splitlines()

    assert lines[0] == "Report: Beta Retail Media Daily (SIMULATED DATA)"
    assert lines[1].startswith("Generated: 2026-")
    assert lines[2] == (
        "Day;Item ID;GTIN;Item;Brand;Slot;Line item ID;Line item;Views;Taps;CTR %;Cost micros;Purchases 7d;Items 7d;"
        "Turnover 7d;New buyer turnover 7d;Currency"
    )
    assert lines[-1].startswith("Total;")


def test_betas_total_row_is_the_sum_of_its_rows(exports):
    rows = rows_of(exports["beta"], skip=2, delimiter=";")
    body, last = rows[:-1], rows[-1]

    for column in ("Views", "Taps", "Cost micros", "Items 7d"):
        assert total(body, column) == Decimal(last[column])
    turnover = sum(Decimal(row["Turnover 7d"].replace(",", ".")) for row in body)
    assert turnover == Decimal(last["Turnover 7d"].replace(",", ".")) == exports["beta"].revenue


@pytest.mark.parametrize(
    ("retailer_id", "cost", "clicks", "impressions", "revenue"),
    [
        ("alpha", "spend_usd", "clicks", "impressions", "sales_14d_usd"),
        ("amazon", "cost", "clicks", "impressions", "sales14d"),
        ("walmart", "adSpend", "numAdsClicks", "numAdsShown", "attributedSales14days"),
        ("gamma", "spend", "clicks", "impressions", "attributedSales"),
        ("instacart", "spend", "clicks", "impressions", "attributed_sales"),
    ],
)
def test_stated_totals_are_those_of_the_file_to_the_cent(exports, retailer_id, cost, clicks, impressions, revenue):
    file = exports[retailer_id]
    rows = rows_of(file)

    assert len(rows) == file.rows
    assert total(rows, cost) == file.cost
    assert total(rows, clicks) == file.clicks
    assert total(rows, impressions) == file.impressions
    assert total(rows, revenue) == file.revenue


def test_betas_stated_totals_are_those_of_the_file(exports):
    rows = rows_of(exports["beta"], skip=2, delimiter=";")[:-1]

    assert total(rows, "Cost micros") / 1_000_000 == exports["beta"].cost
    assert total(rows, "Taps") == exports["beta"].clicks
    assert total(rows, "Views") == exports["beta"].impressions


def test_no_money_is_written_finer_than_a_cent(exports):
    rows = rows_of(exports["amazon"])

    for column in ("cost", "sales1d", "sales14d", "attributedSalesSameSku30d", "salesOtherSku7d"):
        assert all(Decimal(row[column]) == Decimal(row[column]).quantize(Decimal("0.01")) for row in rows)


def test_same_and_other_items_add_up_at_amazon_and_walmart(exports):
    amazon, walmart = rows_of(exports["amazon"]), rows_of(exports["walmart"])

    for row in amazon:
        assert Decimal(row["attributedSalesSameSku7d"]) + Decimal(row["salesOtherSku7d"]) == Decimal(row["sales7d"])
    for row in walmart:
        for days in (3, 14, 30):
            parts = Decimal(row[f"advertisedSkuSales{days}days"]) + Decimal(row[f"otherSkuSales{days}days"])
            assert parts == Decimal(row[f"attributedSales{days}days"])


def test_column_names_are_those_of_the_networks(exports):
    amazon, walmart = rows_of(exports["amazon"])[0], rows_of(exports["walmart"])[0]

    assert {"campaignId", "advertisedAsin", "placementClassification", "purchases14d", "roasClicks14d"} <= set(amazon)
    assert {"numAdsShown", "adSpend", "ntbRevenue30days", "inStoreAttributedSales14days", "placement"} <= set(walmart)


def test_every_file_and_campaign_says_it_is_simulated(exports):
    for file in exports.values():
        assert file.path.name.startswith("simulated-")
    for name, column in [("alpha", "campaign_name"), ("amazon", "campaignName"), ("instacart", "campaign")]:
        assert all(row[column].startswith("Simulated | ") for row in rows_of(exports[name]))


def test_the_same_world_writes_the_same_bytes(world, exports, tmp_path):
    again = write_exports(world=world, directory=tmp_path, retailer_ids=tuple(exports))

    for file in again:
        assert file.path.read_bytes() == exports[file.retailer_id].path.read_bytes()


def test_amazon_can_come_as_the_api_packs_it(world, exports, tmp_path):
    (file,) = write_exports(world=world, directory=tmp_path, retailer_ids=("amazon",), amazon_format="json.gz")

    rows = json.loads(gzip.decompress(file.path.read_bytes()))

    assert file.path.name.endswith(".json.gz")
    assert len(rows) == exports["amazon"].rows
    assert sum(Decimal(str(row["cost"])) for row in rows) == exports["amazon"].cost


def test_files_stay_small(exports):
    usual = sum(exports[name].path.stat().st_size for name in ("alpha", "beta", "amazon", "walmart"))

    assert usual < 60_000_000


@pytest.mark.parametrize("seed", [1, 7, 42])
def test_acmes_history_suits_a_brief_of_two_and_a_half_million(tmp_path, seed):
    world = build_world(seed=seed, start=dt.date(2026, 8, 1), days=90, manufacturer="acme")

    files = write_exports(world=world, directory=tmp_path, retailer_ids=("amazon", "walmart"))

    cost, revenue = sum(file.cost for file in files), sum(file.revenue for file in files)
    assert 1_800_000 < cost < 2_200_000
    assert Decimal("3.2") < revenue / cost < Decimal("4.5")


def test_unknown_retailer_is_refused_by_name(world, tmp_path):
    with pytest.raises(WorldError, match="target"):
        write_exports(world=world, directory=tmp_path, retailer_ids=("target",))
