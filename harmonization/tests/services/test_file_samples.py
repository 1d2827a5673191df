"""The head of a file of any format becomes names and texts."""

import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.services.file_samples import read_file_sample

ROWS = [{"day": "2026-01-01", "ad": {"clicks": 3}}, {"day": "2026-01-02", "ad": {"clicks": 4}}]
FLAT = {"day": ("2026-01-01", "2026-01-02"), "ad.clicks": ("3", "4")}


def test_a_table_below_a_banner_is_found_whatever_its_separator(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("Report of June\nAccount;Foods\nday;clicks;spend\n01.06.2026;3;1,50\n02.06.2026;4;2,00\n")

    sample = read_file_sample(path=path)

    assert sample.columns == ("day", "clicks", "spend")
    assert sample.values["clicks"] == ("3", "4")
    assert sample.separator == ";"
    assert "Report of June" in sample.banner


@pytest.mark.parametrize("is_array", [True, False])
def test_nested_json_is_flattened(tmp_path: Path, is_array: bool) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(ROWS) if is_array else "\n".join(map(json.dumps, ROWS)))

    sample = read_file_sample(path=path)

    assert dict(sample.values) == FLAT


@pytest.mark.parametrize("is_packed", [True, False])
def test_parquet_is_flattened(tmp_path: Path, is_packed: bool) -> None:
    path = tmp_path / "report.parquet"
    pl.DataFrame(ROWS).write_parquet(path)
    if is_packed:
        path.write_bytes(gzip.compress(path.read_bytes()))

    sample = read_file_sample(path=path, name="june")

    assert dict(sample.values) == FLAT
    assert sample.name == "june"


def test_a_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    pl.DataFrame({"day": ["2026-01-01"], "clicks": [3]}).write_excel(path)

    sample = read_file_sample(path=path)

    assert sample.columns == ("day", "clicks")
    assert sample.texts("clicks") == ("3",)


def test_a_file_without_a_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("1,2\n3,4\n")

    with pytest.raises(HarmonizationRefused, match="header"):
        read_file_sample(path=path)


def test_a_header_is_known_by_what_it_names_where_shape_misleads(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("Account,Foods,Brand,Oats,\nclicks,impressions,spend,,\n3,40,1.5,,\n4,50,2.5,,\n")

    sample = read_file_sample(path=path)

    assert sample.columns == ("clicks", "impressions", "spend")
    assert sample.values["spend"] == ("1.5", "2.5")
