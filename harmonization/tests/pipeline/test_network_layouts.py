"""Each real layout: a small file with the headers of its mapping gives a row for every window, touch and scope."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from harmonization.mapping.header import normal
from harmonization.mapping.library import load_mapping
from harmonization.rmis.registry import FIELDS, FieldType
from harmonization.tests.pipeline.exports import harmonized, outcomes, table_text, written

NETWORKS = Path(__file__).resolve().parents[4] / "shared" / "networks"
REAL = {"amazon_sp_v3": "", "walmart_search": "", "criteo": "performance", "instacart": ""}
SAMPLES = {
    FieldType.TEXT: "text", FieldType.ENUM: "search", FieldType.GTIN: "036000291452", FieldType.COUNT: "100",
    FieldType.QUANTITY: "2", FieldType.MONEY: "1.50", FieldType.RATIO: "0.1", FieldType.DATE: "2026-01-05",
}  # fmt: skip


def full_row(mapping, *, choice=0):
    """A row with one column of every group, each outcome with a value of its own; twins by ``choice``."""
    row = {one.columns[min(choice, len(one.columns) - 1)]: SAMPLES[FIELDS[one.name].type] for one in mapping.fields}
    for number, one in enumerate(mapping.outcomes, start=1):
        row[one.columns[min(choice, len(one.columns) - 1)]] = f"{number}.25"
    row |= dict.fromkeys(mapping.retailer.id_columns, "r1") | dict.fromkeys(mapping.retailer.name_columns, "Shop")
    return row | dict.fromkeys(mapping.currency.columns, "USD")


def harmonized_row(folder, mapping, row):
    return harmonized(written(folder, table_text([row], header=list(row))), mapping)


def meanings(rows):
    """The long table as value by (metric, window, touch, scope, sales channel, model)."""
    names = ("metric", "window_days", "touch", "scope", "sales_channel", "attr_model")
    return {tuple(row[name] for name in names): row["value"] for row in rows.iter_rows(named=True)}


@pytest.mark.parametrize("choice", [0, 1])
@pytest.mark.parametrize("name", REAL)
def test_every_attributed_column_has_a_row_with_its_own_meaning(name, choice, tmp_path):
    mapping = load_mapping(name)

    result = harmonized_row(tmp_path, mapping, full_row(mapping, choice=choice))

    found = meanings(outcomes(result))
    assert result.rows_kept == 1
    assert len(found) == len(mapping.outcomes)
    for number, one in enumerate(mapping.outcomes, start=1):
        about = one.qualifier
        channel = about.sales_channel or ("all" if name == "criteo" else None)
        key = (one.metric, about.window_days, about.touch, about.scope, channel, about.attr_model)
        assert found[key] == Decimal(f"{number}.25")


@pytest.mark.parametrize("name", REAL)
def test_twin_columns_are_never_added_up(name, tmp_path):
    mapping = load_mapping(name)
    one, both = full_row(mapping, choice=0), full_row(mapping, choice=1) | full_row(mapping, choice=0)

    alone = harmonized_row(tmp_path, mapping, one)
    twins = harmonized_row(tmp_path, mapping, both)

    assert meanings(outcomes(twins)) == meanings(outcomes(alone))
    assert twins.daily.equals(alone.daily)


@pytest.mark.parametrize("name", REAL)
def test_a_subset_of_the_columns_is_enough(name, tmp_path):
    mapping = load_mapping(name)
    needed = {column for group in mapping.required_groups for column in group}
    row = {column: value for column, value in full_row(mapping).items() if column in needed}

    result = harmonized_row(tmp_path, mapping, row)

    daily = result.daily.row(0, named=True)
    assert (daily["cost"], daily["impressions"], daily["revenue"]) == (Decimal("1.5"), 100, None)
    assert daily["attribution_window_days"] is None
    assert any("no revenue" in note for note in result.quality.notes)


@pytest.mark.parametrize(("name", "report"), REAL.items())
def test_every_documented_column_is_mapped_or_left_out_with_a_reason(name, report):
    path = NETWORKS / f"{name}.csv"
    if not path.exists():
        pytest.skip("the collection of real layouts is not beside the project")
    with path.open(encoding="utf-8", newline="") as file:
        documented = {row["source_column"] for row in csv.DictReader(file) if report in row["report"]}

    known = {normal(column) for group in load_mapping(name).column_groups for column in group}

    assert {column for column in documented if normal(column) not in known} == set()


def test_amazon_has_four_windows_of_three_scopes():
    found = Counter((one.metric, one.qualifier.scope) for one in load_mapping("amazon_sp_v3").outcomes)

    assert found == {
        (metric, scope): 4 for metric in ("orders", "units", "revenue") for scope in ("total", "same_sku", "halo")
    }


def test_amazon_reads_cost_or_spend_but_never_their_sum(tmp_path):
    text = "date,campaignId,impressions,clicks,cost,spend,sales14d\n2026-01-05,1,10,1,2.00,2.00,9.00\n"

    assert harmonized(written(tmp_path, text), "amazon_sp_v3").daily["cost"].to_list() == [Decimal(2)]


def test_amazon_shows_the_best_window_the_file_has(tmp_path):
    text = "date,campaignId,impressions,clicks,cost,sales1d,sales7d\n2026-01-05,1,10,1,2.00,5.00,9.00\n"

    result = harmonized(written(tmp_path, text), "amazon_sp_v3")

    assert result.daily.select("revenue", "attribution_window_days").row(0) == (Decimal(9), 7)
    assert any("7-day window" in note for note in result.quality.notes)


@pytest.mark.parametrize(
    ("said", "placement", "channel"),
    [
        ("Top of Search on-Amazon", "search", "onsite"),
        ("Detail Page on-Amazon", "product_detail", "onsite"),
        ("Other on-Amazon", "browse", "onsite"),
        ("Off Amazon", "offsite", "offsite"),
        ("Somewhere new", "other", "onsite"),
    ],
)
def test_amazon_placements(said, placement, channel, tmp_path):
    text = f"date,placementClassification,impressions,clicks,cost\n2026-01-05,{said},10,1,2.00\n"

    daily = harmonized(written(tmp_path, text), "amazon_sp_v3").daily

    assert daily.select("placement_type", "channel").row(0) == (placement, channel)


def test_a_share_below_what_amazon_tells_does_not_cost_the_row(tmp_path):
    text = "date,topOfSearchImpressionShare,impressions,clicks,cost\n2026-01-05,<5%,10,1,2.00\n"

    assert harmonized(written(tmp_path, text), "amazon_sp_v3").rows_rejected == 0


def test_walmart_keeps_in_store_apart_from_online():
    mapping = load_mapping("walmart_search")

    in_store = {one.columns[0] for one in mapping.outcomes if one.qualifier.sales_channel == "in_store"}

    assert in_store == {one.columns[0] for one in mapping.outcomes if one.columns[0].startswith("inStore")}
    assert len(in_store) == 15
    assert {one.qualifier.window_days for one in mapping.outcomes} == {3, 14, 30}


def test_walmart_headline_revenue_is_online_total_of_fourteen_days(tmp_path):
    mapping = load_mapping("walmart_search")

    row = full_row(mapping) | {"attributedSales14days": "77.00"}

    assert harmonized_row(tmp_path, mapping, row).daily["revenue"].to_list() == [Decimal(77)]


@pytest.mark.parametrize(
    ("columns", "placement"),
    [
        ({"placement": "Search Ingrid", "pageType": "home"}, "search"),
        ({"placement": "Item Buybox"}, "product_detail"),
        ({"placement": "Home Page"}, "home"),
        ({"placement": "Stock Up"}, "browse"),
        ({"pageType": "browse"}, "browse"),
    ],
)
def test_walmart_page_type_is_read_only_without_placement(columns, placement, tmp_path):
    row = {"date": "2026-01-05", "numAdsShown": "10", "numAdsClicks": "1", "adSpend": "1.00"} | columns

    assert harmonized_row(tmp_path, "walmart_search", row).daily["placement_type"].to_list() == [placement]


def test_criteo_assisted_sales_are_not_attributed_sales(tmp_path):
    mapping = load_mapping("criteo")

    result = harmonized_row(
        tmp_path, mapping, full_row(mapping) | {"attributedSales": "5.00", "assistedSales": "900.00"}
    )

    assert result.daily["revenue"].to_list() == [Decimal(5)]
    assert result.daily["attribution_window_days"].to_list() == [None]
    assert any("does not state its attribution window" in note for note in result.quality.notes)


def test_criteo_rows_belong_to_the_retailer_they_name(tmp_path):
    header = "date,campaignId,retailerId,retailerName,impressions,clicks,spend,salesChannel,attributedSales\n"
    shops = ("1,One,1,1,1.00,online,3", "2,Two,1,1,1.00,offline,4", ",Nobody,1,1,1.00,online,5")
    rows = "".join(f"2026-01-05,c,{shop}\n" for shop in shops)

    result = harmonized(written(tmp_path, header + rows), "criteo")

    assert result.daily.select("retailer_id", "retailer_name").rows() == [("1", "One"), ("2", "Two")]
    assert outcomes(result).sort("value")["sales_channel"].to_list() == ["online", "in_store"]
    assert result.rows_rejected == 1


def test_instacart_units_are_fractional(tmp_path):
    text = "date,campaign,upc,spend,attributed_sales,attributed_quantities,impressions,clicks\n"
    text += "2026-01-05,Spring,36000291452,1.00,3.33,0.333333,10.0,1.0\n" * 3

    result = harmonized(written(tmp_path, text), "instacart")

    assert result.daily.select("units", "impressions").row(0) == (Decimal("0.999999"), 30)
    assert set(outcomes(result)["attr_model"]) == {"linear"}
