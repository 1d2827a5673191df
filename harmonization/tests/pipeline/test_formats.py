"""The same table gives the same facts whatever format it comes in."""

import gzip
import json
from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest
import xlsxwriter

from harmonization.mapping.library import detect_mapping
from harmonization.pipeline.run import HarmonizationRefused
from harmonization.tests.pipeline.exports import (
    ALPHA,
    BETA,
    alpha_row,
    alpha_text,
    beta_row,
    beta_text,
    differences,
    events,
    harmonized,
    rejects,
    table_text,
    total,
    written,
)

ROWS = [alpha_row(), alpha_row(date="2026-01-06", spend_usd="0.07", product_name='5" disk, "new"', placement="home")]
NUMBERS = ("impressions", "clicks", "orders_14d", "units_14d", "stock_level")
AMOUNTS = ("spend_usd", "sales_14d_usd", "ntb_sales_14d_usd", "price_usd", "margin_rate")


def typed(row):
    """The row with numbers as numbers, as JSON has them."""
    whole = {name: int(row[name]) for name in NUMBERS}
    return row | whole | {name: float(row[name]) for name in AMOUNTS}


def workbook(path, *sheets):
    """A workbook of sheets, each a list of rows."""
    with xlsxwriter.Workbook(path) as book:
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    sheet.write(number, place, value, *([dates] if isinstance(value, date) else []))
    return path


@pytest.fixture
def expected(tmp_path):
    return harmonized(written(tmp_path, alpha_text(*ROWS), "plain.csv")).daily


def as_json_lines(folder):
    return written(folder, "\n".join(json.dumps(typed(row)) for row in ROWS) + "\n", "export.jsonl")


def as_json_array(folder):
    return written(folder, json.dumps([typed(row) for row in ROWS], indent=2), "export.json")


def as_parquet(folder):
    frame = pl.DataFrame([typed(row) for row in ROWS]).with_columns(pl.col("date").str.to_date())
    frame.write_parquet(folder / "export.parquet")
    return folder / "export.parquet"


def as_workbook(folder):
    rows = [
        [datetime.fromisoformat(value) if name == "date" else value for name, value in typed(row).items()]
        for row in ROWS
    ]
    return workbook(folder / "export.xlsx", [["Banner"], [], list(ALPHA), *rows])


def as_tabs(folder):
    return written(folder, alpha_text(*ROWS, separator="\t", line_end="\r\n"), "export.tsv")


def as_pipes(folder):
    return written(folder, alpha_text(*ROWS, separator="|"), "export.txt")


def as_old_mac_text(folder):
    return written(folder, alpha_text(*ROWS, line_end="\r"))


FORMS = [as_json_lines, as_json_array, as_parquet, as_workbook, as_tabs, as_pipes, as_old_mac_text]


@pytest.mark.parametrize("form", FORMS)
def test_every_format_gives_the_same_daily_facts(form, tmp_path, expected):
    result = harmonized(form(tmp_path))

    assert result.daily.equals(expected)
    assert differences(result) == []
    assert rejects(result) == []


@pytest.mark.parametrize("form", FORMS)
def test_every_format_is_recognised(form, tmp_path):
    assert detect_mapping(form(tmp_path)) == "alpha"


@pytest.mark.parametrize("form", FORMS)
def test_every_format_may_be_packed_by_gzip(form, tmp_path, expected):
    path = form(tmp_path)
    packed = written(tmp_path, gzip.compress(path.read_bytes()), f"{path.name}.gz")

    assert detect_mapping(packed) == "alpha"
    assert harmonized(packed).daily.equals(expected)


@pytest.mark.parametrize(
    ("form", "rows"), [(as_json_lines, [1, 2]), (as_json_array, [1, 2]), (as_parquet, [1, 2]), (as_workbook, [4, 5])]
)
def test_rows_are_numbered_as_the_format_counts_them(form, rows, tmp_path):
    assert events(harmonized(form(tmp_path)))["source_row_no"].to_list() == rows


def test_numbers_in_json_keep_their_digits(tmp_path):
    line = json.dumps(typed(alpha_row())).replace("12.34", "1234567890.123456").replace('"c1"', "12345678901234567890")

    result = harmonized(written(tmp_path, line + "\n", "export.jsonl"))

    assert total(result, "cost") == Decimal("1234567890.123456")
    assert result.daily["campaign_id"].to_list() == ["12345678901234567890"]


def test_broken_json_lines_are_rejected_with_their_line(tmp_path):
    good = json.dumps(typed(alpha_row()))
    text = "\n".join([good, "{broken", "", '["no object"]', '{"date": 1, "date": 2}', good]) + "\n"

    result = harmonized(written(tmp_path, text, "export.jsonl"))

    assert [row for row, _, _ in rejects(result)] == [2, 4, 5]
    assert (result.rows_read, result.rows_kept, result.rows_rejected) == (5, 2, 3)
    assert rejects(result)[0][2] == "{broken"


def test_rejects_of_all_kinds_come_in_the_order_of_the_file(tmp_path):
    good, bad = json.dumps(typed(alpha_row())), json.dumps(alpha_row(spend_usd="?"))

    result = harmonized(written(tmp_path, "\n".join([bad, "{broken", good, bad, "{broken"]), "export.jsonl"))

    assert [row for row, _, _ in rejects(result)] == [1, 2, 4, 5]


def test_a_json_array_that_is_cut_off_is_refused(tmp_path):
    text = json.dumps([typed(row) for row in ROWS])[:-20]

    with pytest.raises(HarmonizationRefused, match="JSON is broken"):
        harmonized(written(tmp_path, text, "export.json"))


def test_nested_json_keys_are_joined_by_a_dot(tmp_path):
    record = {
        "event": {
            "date": "2026-01-05",
            "spend": 1.5,
            "impressions": 10,
            "clicks": 1,
            "attributed_sales_linear": 0.333333,
        },
        "campaign": {"id": "c1", "name": "Spring"},
        "product": {"id": "p1", "scan_code": "036000291452"},
    }

    result = harmonized(written(tmp_path, json.dumps(record) + "\n", "export.jsonl"), "instacart")

    row = result.daily.row(0, named=True)
    assert (row["campaign_id"], row["sku_id"], row["revenue"]) == ("c1", "p1", Decimal("0.333333"))


def test_structures_in_parquet_are_read_like_nested_json(tmp_path):
    frame = pl.DataFrame(
        {
            "event": [{"date": date(2026, 1, 5), "spend": Decimal("1.50"), "impressions": 10.0, "clicks": 1.0}],
            "campaign": [{"id": 7, "name": "Spring"}],
        }
    )
    frame.write_parquet(tmp_path / "export.parquet")

    result = harmonized(tmp_path / "export.parquet", "instacart")

    assert result.daily.select("campaign_id", "cost", "impressions").row(0) == ("7", Decimal("1.5"), 10)


def test_the_sheet_that_fits_is_read(tmp_path):
    path = workbook(
        tmp_path / "export.xlsx", [["Contents"], ["see the next sheet"]], [list(ALPHA), list(ALPHA.values())]
    )

    assert harmonized(path).rows_kept == 1


def test_numbers_in_workbooks_do_not_carry_binary_noise(tmp_path):
    values = typed(alpha_row()) | {"spend_usd": 0.1 + 0.2}

    result = harmonized(workbook(tmp_path / "export.xlsx", [list(ALPHA), list(values.values())]))

    assert total(result, "cost") == Decimal("0.3")
    assert differences(result) == []


def test_typed_numbers_are_safe_from_a_decimal_comma(tmp_path):
    values = beta_row() | {"Turnover 7d": 1.234, "Views": 1000}

    result = harmonized(workbook(tmp_path / "export.xlsx", [list(BETA), list(values.values())]), "beta")

    assert total(result, "revenue") == Decimal("1.234")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["Crème brûlée", "石鹸セット"])
def test_unicode_of_any_kind_is_read(encoding, name, tmp_path):
    result = harmonized(written(tmp_path, alpha_text(alpha_row(product_name=name)), encoding=encoding))

    assert result.daily["product_name"].to_list() == [name]
    assert result.daily["cost"].to_list() == [Decimal("12.34")]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "Crème brûlée – “25 €”"),
        ("cp1252", "Käse, Nuß"),
        ("cp932", "石鹸セット"),
        ("cp932", "アクメ洗剤（大）"),
    ],
)
def test_older_encodings_are_told_apart(encoding, name, tmp_path):
    result = harmonized(written(tmp_path, alpha_text(alpha_row(product_name=name)), encoding=encoding))

    assert result.daily["product_name"].to_list() == [name]
    assert result.quality.encoding == encoding


def test_a_foreign_character_far_down_the_file_is_noticed(tmp_path):
    rows = [alpha_row() for _ in range(5000)] + [alpha_row(product_name="Käse")]

    result = harmonized(written(tmp_path, alpha_text(*rows), encoding="cp1252"))

    assert result.quality.encoding == "cp1252"
    assert "Käse" in events(result)["product_name"].to_list()


@pytest.mark.parametrize("name", ['5" disk', 'a "b" c', '"quoted"', 'half "open', "line\nbreak", "a;b,c"])
def test_quotes_and_line_breaks_in_names_do_no_harm(name, tmp_path):
    result = harmonized(written(tmp_path, alpha_text(alpha_row(product_name=name), alpha_row())))

    assert result.rows_kept == 2
    assert sorted(events(result)["product_name"].to_list()) == sorted([name, "Soap"])
    assert total(result, "cost") == Decimal("24.68")


def test_bare_quotes_in_unquoted_cells_are_text(tmp_path):
    cells = list(alpha_row(product_name='5" disk 3"', brand='7" screen').values())

    result = harmonized(written(tmp_path, alpha_text() + ",".join(cells) + "\n"))

    assert events(result)["product_name"].to_list() == ["Soap", '5" disk 3"']
    assert total(result, "cost") == Decimal("24.68")


def test_the_header_is_found_under_a_long_banner(tmp_path):
    banner = "".join(f"Line {number};{number}\n" for number in range(40)) + "\n"
    body = table_text([beta_row()], header=list(BETA), separator=";")

    result = harmonized(written(tmp_path, banner + body), "beta")

    assert (result.quality.header_row, result.rows_kept) == (42, 1)


def test_another_separator_than_the_mapping_says_is_found(tmp_path):
    body = table_text([beta_row()], header=list(BETA), separator="\t")

    assert harmonized(written(tmp_path, body), "beta").rows_kept == 1


def test_header_names_may_differ_in_case_and_spaces(tmp_path):
    text = beta_text(totals=False).replace("Cost micros", " COST  micros ")

    assert harmonized(written(tmp_path, text), "beta").rows_kept == 1


def test_a_carriage_return_within_json_text_ends_no_row(tmp_path):
    path = written(tmp_path, json.dumps(alpha_row(event_id="a\rb", product_name="So\rap")), name="export.json")

    result = harmonized(path)

    assert result.rows_kept == 1
    assert events(result)["product_name"].to_list() == ["So\rap"]
