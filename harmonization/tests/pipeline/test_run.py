"""A file goes in; events, attribution, daily facts and reconciliation come out."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from harmonization.mapping.library import load_mapping
from harmonization.pipeline.dataset import scan_attribution, scan_events
from harmonization.pipeline.writing import stored_name
from harmonization.rmis.registry import FIELDS
from harmonization.tests.pipeline.exports import (
    alpha_row,
    alpha_text,
    beta_row,
    beta_text,
    differences,
    events,
    harmonized,
    outcomes,
    written,
)


def test_an_alpha_export_becomes_events_with_types_and_provenance(tmp_path):
    result = harmonized(written(tmp_path, alpha_text()))

    row = events(result).row(0, named=True)
    assert (row["event_date"], row["retailer_id"], row["sku_id"]) == (date(2026, 1, 5), "alpha", "A-1")
    assert (row["impressions"], row["clicks"], row["cost"]) == (1000, 20, Decimal("12.34"))
    assert (row["placement_type"], row["placement_raw"], row["channel"]) == ("search", "search", "onsite")
    assert (row["source_file_id"], row["source_row_no"]) == (result.source_file_id, 2)
    assert row["mapping_version"] == result.mapping_version


def test_a_beta_export_is_read_past_banner_totals_and_decimal_commas(tmp_path):
    result = harmonized(written(tmp_path, beta_text(beta_row(), beta_row(Slot="PDP"))), "beta")

    assert (result.rows_read, result.rows_kept, result.rows_rejected) == (2, 2, 0)
    assert result.quality.totals_rows == 1
    assert result.quality.header_row == 3
    assert events(result)["source_row_no"].to_list() == [4, 5]
    assert events(result)["gtin"].to_list() == ["04006381333931"] * 2
    assert result.daily["cost"].to_list() == [Decimal("12.340000")] * 2
    assert result.daily["revenue"].sum() == Decimal("113.56")
    assert sorted(result.daily["placement_type"]) == ["product_detail", "search"]
    assert result.daily["touch"].unique().to_list() == ["click+view"]
    assert differences(result) == []


def test_event_files_are_partitioned_by_retailer_and_month(tmp_path):
    rows = [alpha_row(date="2026-01-31"), alpha_row(date="2026-02-01")]

    result = harmonized(written(tmp_path, alpha_text(*rows)))

    places = [path.relative_to(result.events_path).as_posix() for path in result.event_files]
    name = stored_name(source_file_id=result.source_file_id, mapping=load_mapping("alpha")) + ".parquet"
    assert name.startswith(result.source_file_id[:16])
    assert places == [f"retailer=alpha/month=2026-01/{name}", f"retailer=alpha/month=2026-02/{name}"]


def test_the_dataset_is_scanned_as_one(tmp_path):
    output = tmp_path / "rmis"
    harmonized(written(tmp_path, alpha_text()), output=output)
    harmonized(written(tmp_path, beta_text(), "b.csv"), "beta", output=output)

    rows = scan_events(output / "events").collect()

    assert sorted(rows["retailer_id"]) == ["alpha", "beta"]
    assert set(FIELDS) <= set(rows.columns)
    assert dict(zip(rows["retailer_id"], rows["gtin"], strict=True)) == {"alpha": None, "beta": "04006381333931"}
    assert sorted(path.parts[-3] for path in output.rglob("*.parquet")) == ["retailer=alpha", "retailer=beta"]


def test_the_long_table_of_several_networks_is_read_as_one(tmp_path):
    output = tmp_path / "rmis"
    harmonized(written(tmp_path, alpha_text()), output=output)
    harmonized(written(tmp_path, beta_text(), "b.csv"), "beta", output=output)

    rows = scan_attribution(output / "events").filter(pl.col("metric") == "revenue").collect()

    assert sorted(rows.select("retailer_id", "window_days", "value").rows()) == [
        ("alpha", 14, Decimal("56.78")),
        ("beta", 7, Decimal("56.78")),
    ]


def test_the_long_table_has_a_row_for_each_attributed_figure(tmp_path):
    rows = outcomes(harmonized(written(tmp_path, alpha_text(alpha_row(ntb_orders_14d=""), alpha_row(orders_14d="0")))))

    found = rows.group_by("metric").agg(pl.col("value").sort()).sort("metric").rows()
    assert dict(found) == {
        "orders": [Decimal(0), Decimal(3)],
        "units": [Decimal(4), Decimal(4)],
        "revenue": [Decimal("56.78")] * 2,
        "ntb_orders": [Decimal(1)],
        "ntb_revenue": [Decimal(20)] * 2,
    }
    assert rows.select("window_days", "touch", "scope").unique().rows() == [(14, "click", "total")]
    assert set(rows.filter(pl.col("metric") == "revenue")["currency"]) == {"USD"}
    assert set(rows.filter(pl.col("metric") == "orders")["currency"]) == {None}


def test_every_outcome_belongs_to_one_event_row(tmp_path):
    result = harmonized(written(tmp_path, alpha_text(*[alpha_row() for _ in range(50)])))

    ids = events(result)["row_id"]
    assert ids.n_unique() == 50
    assert set(outcomes(result)["row_id"]) == set(ids)


def test_rows_of_one_key_are_added_up_into_one_daily_fact(tmp_path):
    rows = [alpha_row(spend_usd="0.10"), alpha_row(spend_usd="0.20", product_name="Zoap"), alpha_row(placement="home")]

    daily = harmonized(written(tmp_path, alpha_text(*rows))).daily

    search = daily.filter(pl.col("placement_type") == "search").row(0, named=True)
    assert daily.height == 2
    assert (search["cost"], search["impressions"], search["orders"]) == (Decimal("0.30"), 2000, Decimal(6))
    assert (search["product_name"], search["attribution_window_days"], search["scope"]) == ("Soap", 14, "total")


def test_daily_facts_have_the_columns_and_types_pages_rely_on(tmp_path):
    schema = harmonized(written(tmp_path, alpha_text())).daily.schema

    assert list(schema) == [
        "event_date", "retailer_id", "retailer_name", "advertiser_id", "campaign_id", "campaign_name", "placement_type",
        "channel", "sku_id", "product_name", "brand", "currency", "impressions", "clicks", "cost", "revenue", "orders",
        "units", "ntb_revenue", "attribution_window_days", "touch", "scope",
    ]  # fmt: skip
    assert {schema[name] for name in ("cost", "revenue", "orders", "units", "ntb_revenue")} == {pl.Decimal(18, 6)}
    assert schema["event_date"] == pl.Date
    assert schema["advertiser_id"] == pl.String


def test_progress_is_told_in_order(tmp_path):
    told = []

    harmonized(written(tmp_path, alpha_text()), progress=lambda share, step: told.append((share, step)))

    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert (told[0][0], told[-1][0]) == (0.0, 1.0)
    assert all(step for _, step in told)


def test_ten_thousand_rows_take_less_than_two_seconds(tmp_path):
    rows = [alpha_row(event_id=str(number), spend_usd=f"{number % 997}.{number % 100:02d}") for number in range(10_000)]

    result = harmonized(written(tmp_path, alpha_text(*rows)))

    assert result.rows_kept == 10_000
    assert result.seconds < 2


@pytest.mark.parametrize("placement", ["Weird", "", "SEARCH"])
def test_an_unknown_placement_is_other_and_counted(placement, tmp_path):
    result = harmonized(written(tmp_path, alpha_text(alpha_row(placement=placement))))

    expected = "search" if placement == "SEARCH" else "other"
    assert result.daily["placement_type"].to_list() == [expected]
    unknown = [(one.value, one.rows) for one in result.quality.unknown_values]
    assert unknown == ([("Weird", 1)] if placement == "Weird" else [])
