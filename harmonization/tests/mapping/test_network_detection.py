"""A header of each of ten networks finds its own mapping, and that mapping leaves no documented column unsaid."""

import csv
from pathlib import Path

import pytest

from harmonization.mapping.header import normal
from harmonization.mapping.library import LEAST_EXPLAINED, available_mappings, explain_detection, load_mapping
from harmonization.tests.mapping.network_rows import EBAY_PRIORITY, HEADERS, OZON_OLD, UBER_RESTAURANT, ZEPTO
from harmonization.tests.pipeline.exports import table_text, written

SHARED = Path(__file__).resolve().parents[4] / "shared"
NAMES = (
    *("amazon_console", "amazon_fivetran", "amazon_stream_sp_traffic", "uber", "ebay", "flipkart", "mercado_ads"),
    *("coupang", "ozon", "zepto", "amazon_stream_sp_conversion", "criteo_transactions"),
)
NOT_READ = {"Last Year Spend", "listing_quantity_sold", "Expected ROI", "Заказано на сумму, ₽", "Дата добавления"}
OTHER_REPORTS = [
    ("uber", UBER_RESTAURANT),
    ("ebay", EBAY_PRIORITY),
    ("ozon", OZON_OLD),
    ("zepto", {{"CampaignID": "Campaign_id", "CampaignName": "Campaign_name"}.get(name, name): "" for name in ZEPTO}),
]


def test_every_mapping_is_known_to_these_tests_or_to_those_of_the_first_six():
    first = {"alpha", "amazon_sp_v3", "beta", "criteo", "instacart", "walmart_search"}

    assert set(available_mappings()) == first | set(NAMES)
    assert set(HEADERS) == set(NAMES)


@pytest.mark.parametrize(("name", "row"), [*HEADERS.items(), *OTHER_REPORTS])
def test_a_header_of_the_network_finds_its_own_mapping_only(name, row, tmp_path):
    header = table_text([], header=list(row), separator=load_mapping(name).separator)

    found = explain_detection(written(tmp_path, header))

    fitting = [one.name for one in found.candidates if not one.missing and one.explained >= LEAST_EXPLAINED]
    assert found.name == name
    assert fitting == [name]


@pytest.mark.parametrize("name", NAMES)
def test_every_documented_column_is_mapped_or_left_out_with_a_reason(name):
    path = SHARED / "networks" / f"{name}.csv"
    if not path.exists():
        pytest.skip("the collection of real layouts is not beside the project")
    with path.open(encoding="utf-8", newline="") as file:
        documented = {row["source_column"] for row in csv.DictReader(file)}

    known = {normal(column) for group in load_mapping(name).column_groups for column in group}

    assert {column for column in documented if normal(column) not in known} == set()


def test_columns_that_mislead_are_left_out_with_a_reason():
    left_out = {column: reason for name in NAMES for column, reason in load_mapping(name).ignored.items()}

    assert set(left_out) >= NOT_READ
    assert all(left_out.values())
