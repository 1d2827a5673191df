"""Loading of dimensions and histories."""

import csv
import gzip
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from harmonization.dimensions.loading import load_dimension
from harmonization.mapping.reader import read_mapping
from harmonization.mapping.refusal import HarmonizationRefused

DEMAND = """\
kind: demand
name: sales
title: Sales
version: "1"
retailer: {id: alpha, name: Alpha}
currency: {code: USD}
totals: [total]
fields:
  sku_id: {from: sku, required: true}
  store_id: {from: store}
  event_date: {from: day, required: true, formats: ["%Y-%m-%d", "%d.%m.%Y"]}
  units: {from: units, required: true}
  revenue: {from: revenue, required: true}
  promo_flag: {from: promo}
"""
PRODUCTS = """\
kind: products
name: catalogue
title: Catalogue
version: "1"
retailer: {id: alpha}
currency: {code: USD}
fields:
  sku: {from: sku, required: true}
  name: {from: name}
  gtin: {from: upc}
  item_id: {from: item}
  price: {from: price}
  category_path: {from: [department, aisle], join: " > "}
"""
HEADER = ["sku", "store", "day", "units", "revenue", "promo"]
ROWS = [
    ["A", "1", "2024-05-01", "2", "10.50", "1"],
    ["A", "2", "2024-05-01", "1", "5.25", "0"],
    ["B", "1", "02.05.2024", "1.5", "1,234.56", ""],
]


def _load(tmp_path: Path, path: Path, mapping: str):
    return load_dimension(input_path=path, mapping=read_mapping(text=mapping), output_dir=tmp_path / "out")


def _csv(tmp_path: Path, rows: list[list[str]], header: list[str] = HEADER, name: str = "sales.csv") -> Path:
    path = tmp_path / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def _rejects(result) -> list[list[str]]:
    text = result.rejects_path.read_text(encoding="utf-8") if result.rejects_path else ""
    return list(csv.reader(text.splitlines()))[1:]


def test_demand_is_rolled_up_by_item_and_day(tmp_path):
    result = _load(tmp_path, _csv(tmp_path, ROWS), DEMAND)

    first = result.table.row(0, named=True)
    assert (first["sku_id"], first["event_date"], first["stores"], first["rows"]) == ("A", date(2024, 5, 1), 2, 2)
    assert (first["units"], first["revenue"], first["promoted_rows"]) == (3, Decimal("15.75"), 1)
    assert result.is_reconciled
    assert pl.read_parquet(result.rows_path).height == 3


def _as_jsonl(tmp_path: Path) -> Path:
    path = tmp_path / "sales.jsonl"
    path.write_text("\n".join(json.dumps(dict(zip(HEADER, row, strict=True))) for row in ROWS))
    return path


def _as_json(tmp_path: Path) -> Path:
    path = tmp_path / "sales.json"
    path.write_text(json.dumps([dict(zip(HEADER, row, strict=True)) for row in ROWS]))
    return path


def _as_parquet(tmp_path: Path) -> Path:
    path = tmp_path / "sales.parquet"
    days = [date(2024, 5, 1), date(2024, 5, 1), date(2024, 5, 2)]
    frame = pl.DataFrame(ROWS, schema=HEADER, orient="row").with_columns(
        pl.Series("day", days), pl.Series("units", [2.0, 1.0, 1.5]), pl.Series("revenue", [10.5, 5.25, 1234.56])
    )
    frame.write_parquet(path)
    return path


def _as_xlsx(tmp_path: Path) -> Path:
    path = tmp_path / "sales.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([["Sales of May"], [], HEADER, *ROWS]):
            sheet.write_row(number, 0, row)
    return path


def _as_gzip(tmp_path: Path) -> Path:
    path = tmp_path / "sales.csv.gz"
    path.write_bytes(gzip.compress(_csv(tmp_path, ROWS).read_bytes()))
    return path


@pytest.mark.parametrize("written", [_as_jsonl, _as_json, _as_parquet, _as_xlsx, _as_gzip])
def test_every_format_gives_the_same_table(tmp_path, written):
    from_csv = _load(tmp_path, _csv(tmp_path, ROWS), DEMAND)

    result = _load(tmp_path, written(tmp_path), DEMAND)

    assert result.table.equals(from_csv.table)
    assert result.is_reconciled


def test_what_cannot_be_read_is_rejected_with_row_reason_and_raw(tmp_path):
    bad = [
        ["", "1", "2024-05-01", "1", "1", ""],
        ["C", "1", "May 1st", "1", "1", ""],
        ["D", "1", "2024-05-01", "many", "1", "maybe"],
        ["E", "1", "2024-05-01", "1", "", ""],
        ["Total", "", "", "9", "9", ""],
    ]
    path = _csv(tmp_path, [*ROWS, *bad])
    with path.open("a") as file:
        file.write("F,1\n\n")

    result = _load(tmp_path, path, DEMAND)

    reasons = {row: reason for row, reason, _ in _rejects(result)}
    assert result.report.rows_read == 9 == result.report.rows_kept + result.report.rows_rejected
    assert reasons["5"] == "sku_id (sku): is empty"
    assert "May 1st" in reasons["6"]
    assert "units (units): “many”" in reasons["7"]
    assert "promo_flag (promo): “maybe”" in reasons["7"]
    assert reasons["8"] == "revenue (revenue): is empty"
    assert "totals" in reasons["9"]
    assert "2 cells" in reasons["10"]


def test_totals_of_rejected_rows_are_the_whole_difference(tmp_path):
    result = _load(tmp_path, _csv(tmp_path, [*ROWS, ["", "1", "2024-05-01", "4", "7.77", ""]]), DEMAND)

    revenue = [line for line in result.reconciliation if line.metric == "revenue"]
    assert sum(line.source for line in revenue) == Decimal("1258.08")
    assert sum(line.difference for line in revenue) == Decimal("7.77")
    assert {line.reason for line in revenue if line.difference} == {"in rejected rows"}
    assert not result.is_reconciled


def test_loading_again_gives_the_same_file(tmp_path):
    path = _csv(tmp_path, ROWS)

    first, second = _load(tmp_path, path, DEMAND), _load(tmp_path, path, DEMAND)

    assert first.rows_path == second.rows_path
    assert first.table.equals(second.table)
    assert not list((tmp_path / "out").glob(".partial-*"))


def test_products_keep_codes_and_join_their_categories(tmp_path):
    header = ["sku", "name", "upc", "item", "price", "department", "aisle"]
    rows = [
        ["A", "Oat bar", "36000291452", "X1", "$8.99", "Food", "Bars"],
        ["B", "Nut bar", "36000291453", "X2", "", "Food", ""],
        ["A", "Oat bar again", "", "", "", "", ""],
    ]

    result = _load(tmp_path, _csv(tmp_path, rows, header), PRODUCTS)

    table = result.table
    assert table["gtin"].to_list() == ["00036000291452", None]
    assert table["category_path"].to_list() == ["Food > Bars", "Food"]
    assert table["price"].to_list() == [Decimal("8.99"), None]
    assert _rejects(result)[0][:2] == ["4", "sku A stands in row 2 already"]
    assert any("without their GTIN" in note for note in result.report.notes)


def test_a_file_without_the_columns_is_refused(tmp_path):
    with pytest.raises(HarmonizationRefused, match="revenue"):
        _load(tmp_path, _csv(tmp_path, [["A", "2024-05-01"]], ["sku", "day"]), DEMAND)


def test_broken_json_lines_are_rejected_and_not_lost(tmp_path):
    path = _as_jsonl(tmp_path)
    path.write_text(path.read_text() + '\n{"sku": \n')

    result = _load(tmp_path, path, DEMAND)

    assert (result.report.rows_read, result.report.rows_kept, result.report.rows_rejected) == (4, 3, 1)
    assert _rejects(result)[0][0] == "4"


def test_a_decimal_comma_is_read_where_the_mapping_says_so(tmp_path):
    mapping = DEMAND.replace("totals:", 'decimal: ","\nseparator: ";"\ntotals:')
    path = tmp_path / "sales.csv"
    path.write_text("sku;store;day;units;revenue;promo\nA;1;2024-05-01;2;1.234,56;\n")

    result = _load(tmp_path, path, mapping)

    assert result.table["revenue"].to_list() == [Decimal("1234.56")]
    assert result.is_reconciled


def test_nothing_to_load_leaves_an_empty_table(tmp_path):
    result = _load(tmp_path, _csv(tmp_path, []), DEMAND)

    assert (result.report.rows_read, result.table.height, result.rows_path) == (0, 0, None)
