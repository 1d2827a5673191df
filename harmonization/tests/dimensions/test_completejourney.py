"""The Complete Journey, loaded through mappings as a user writes them: nothing is lost, totals are exact."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings

from harmonization.dimensions.loading import load_dimension
from harmonization.mapping.library import FOLDER, load_mapping

DATA = Path(settings.BASE_DIR).parent / "shared" / "data" / "kroger_completejourney"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")


def _load(tmp_path: Path, *, mapping: str, file: str):
    return load_dimension(
        input_path=DATA / file,
        mapping=load_mapping(FOLDER / "examples" / f"completejourney_{mapping}.yaml"),
        output_dir=tmp_path,
    )


def _nothing_lost(result, *, rows: int) -> None:
    assert result.report.rows_read == rows == result.report.rows_kept + result.report.rows_rejected
    assert result.report.rows_rejected == 0
    assert result.is_reconciled
    assert pl.scan_parquet(result.rows_path).select(pl.len()).collect().item() == rows


def test_all_products_become_the_sku_dimension(tmp_path):
    result = _load(tmp_path, mapping="products", file="products.parquet")

    _nothing_lost(result, rows=92_331)
    assert result.table["sku"].n_unique() == 92_331


def test_all_transactions_become_demand_and_reconcile_to_the_cent(tmp_path):
    result = _load(tmp_path, mapping="demand", file="transactions_sample.parquet")

    source = pl.read_parquet(DATA / "transactions_sample.parquet")
    cents = int((source["sales_value"] * 100).round().cast(pl.Int64).sum())
    _nothing_lost(result, rows=75_000)
    assert result.table["revenue"].sum() == Decimal(cents) / 100 == Decimal("233935.24")
    assert result.table["units"].sum() == Decimal(int(source["quantity"].sum()))
    assert result.table["rows"].sum() == 75_000


def test_all_promotions_become_in_store_placements(tmp_path):
    result = _load(tmp_path, mapping="placements", file="promotions_sample.parquet")

    _nothing_lost(result, rows=360_535)
    assert result.table["stores"].sum() == 360_535


def test_weeks_of_placements_fit_the_days_of_transactions(tmp_path):
    result = _load(tmp_path, mapping="placements", file="promotions_sample.parquet")

    days = pl.read_parquet(DATA / "transactions_sample.parquet", columns=["week", "transaction_timestamp"])
    shown = result.table["week_start"].unique().sort()
    assert shown.dt.weekday().unique().to_list() == [1]
    second = days.filter(pl.col("week") == 2)["transaction_timestamp"].min().date()
    assert shown.to_list()[1] <= second
