"""Files that cannot or should not be read are refused in words, and leave nothing behind."""

import contextlib
import gzip
import io
import zipfile

import polars as pl
import pytest
import xlsxwriter

from harmonization.mapping.refusal import FileLimits
from harmonization.pipeline.run import HarmonizationRefused
from harmonization.tests.pipeline.exports import ALPHA, alpha_row, alpha_text, harmonized, written

TIGHT = FileLimits(expanded_bytes=200_000, expansion_floor=50_000, expansion=20, workbook_bytes=100_000)


def refused(path, mapping="alpha", **options):
    """The refusal of a file; it names everything a reader needs, and no file is left."""
    output = path.parent / "rmis"
    with pytest.raises(HarmonizationRefused) as error:
        harmonized(path, mapping, output=output, **options)
    assert error.value.title
    assert error.value.detail
    assert error.value.fix
    assert [one for one in output.rglob("*") if one.is_file()] == []
    assert list(output.glob(".partial*")) == []
    return error.value


def workbook_bytes(rows=1, text="x"):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number in range(rows):
            sheet.write(number, 0, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (b"", "The file is empty"),
        (gzip.compress(b""), "The file is empty"),
        (alpha_text().splitlines()[0].encode(), "The file has no rows"),
        (alpha_text().splitlines()[0].encode() + b"\n\n,,,\n\n", "The file has no rows"),
        (b"a,b,c\n1,2,3\n", "No known column was found"),
        (b"just some words\n", "No known column was found"),
        (b"%PDF-1.7 ...", "The file is not a table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "The file is not a table"),
        (bytes(range(256)) * 50, "The file is not a table"),
        (alpha_text().encode() + b"\0\0\0", "The file is not a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "The workbook cannot be opened"),
        (b"PK\x03\x04 not really", "The workbook cannot be opened"),
        (b"PAR1 not really PAR1", "The Parquet file cannot be opened"),
        (gzip.compress(alpha_text().encode())[:-20], "The gzip file is damaged"),
        (gzip.compress(gzip.compress(alpha_text().encode())), "The file is not a table"),
        (b"{}\n", "Required columns are missing"),
        (b"[1, 2, 3]", "No known column was found"),
        (b'[{"date": "2026-01-05"}', "The JSON is broken"),
    ],
)
def test_what_is_no_report_is_refused(content, title, tmp_path):
    assert refused(written(tmp_path, content)).title == title


def test_missing_columns_are_listed(tmp_path):
    text = alpha_text().replace("spend_usd", "spent").replace("clicks", "taps")

    found = refused(written(tmp_path, text))

    assert "needs clicks, spend_usd." in found.detail
    assert "taps" in found.detail
    assert found.where == "export.csv, row 1"


def test_a_mapped_column_that_stands_twice_is_refused(tmp_path):
    text = alpha_text().replace("price_usd", "Spend_USD ")

    assert "Spend_USD, spend_usd" in refused(written(tmp_path, text)).detail


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "export.csv"
    with path.open("wb") as file:
        file.truncate(3 << 30)

    assert refused(path).title == "The file is too large"


def test_a_gzip_bomb_is_stopped_while_unpacking(tmp_path):
    path = written(tmp_path, gzip.compress(alpha_text().encode() + b"x" * 3_000_000), "export.csv.gz")

    found = refused(path, limits=TIGHT)

    assert found.title == "The file unpacks to too much"
    assert max((one.stat().st_size for one in tmp_path.rglob("*") if one.is_file()), default=0) < 200_000


def test_an_honest_gzip_file_is_read_within_the_limits(tmp_path):
    path = written(tmp_path, gzip.compress(alpha_text(*[alpha_row() for _ in range(200)]).encode()), "export.csv.gz")

    assert harmonized(path).rows_kept == 200


def test_a_workbook_bomb_is_refused_before_it_is_opened(tmp_path):
    path = written(tmp_path, workbook_bytes(rows=20_000, text="boom"), "export.xlsx")

    assert refused(path, limits=TIGHT).title in {"The file unpacks to too much", "The workbook is too large"}


def test_a_workbook_whose_directory_lies_about_sizes_is_still_counted(tmp_path):
    packed = bytearray(workbook_bytes(rows=20_000, text="boom"))
    for place in range(len(packed) - 4):
        if packed[place : place + 4] == b"PK\x01\x02":
            packed[place + 24 : place + 28] = (10).to_bytes(4, "little")

    refused(written(tmp_path, bytes(packed), "export.xlsx"), limits=TIGHT)


def test_two_cells_in_far_corners_are_refused_before_memory_is_asked_for(tmp_path):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(alpha_row()))
        sheet.write(1_048_575, 16_383, "stray")

    found = refused(written(tmp_path, buffer.getvalue(), "export.xlsx"))

    assert found.title == "The workbook is too large"
    assert "17,179,869,184 cells" in found.detail


@pytest.mark.parametrize("place", range(0, 3000, 37))
def test_a_workbook_with_a_damaged_byte_is_read_or_refused(tmp_path, place):
    packed = bytearray(workbook_bytes(rows=40, text="x"))
    packed[place % len(packed)] ^= 0x55

    with contextlib.suppress(HarmonizationRefused):
        harmonized(written(tmp_path, bytes(packed), "export.xlsx"))


def test_a_zip_of_something_else_is_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("export.csv", alpha_text())

    assert refused(written(tmp_path, buffer.getvalue(), "export.zip")).title == "The workbook cannot be opened"


def test_a_parquet_bomb_is_stopped_while_unpacking(tmp_path):
    frame = pl.DataFrame({name: [value] * 200_000 for name, value in alpha_row(product_name="boom" * 50).items()})
    frame.write_parquet(tmp_path / "export.parquet")

    assert refused(tmp_path / "export.parquet", limits=TIGHT).title == "The file unpacks to too much"


@pytest.mark.parametrize("limits", [FileLimits(rows=5), FileLimits(columns=10)])
def test_tables_beyond_the_limits_are_refused(limits, tmp_path):
    text = alpha_text(*[alpha_row() for _ in range(10)])

    assert "too many" in refused(written(tmp_path, text), limits=limits).title


def test_a_quote_that_never_closes_is_refused_with_its_line(tmp_path):
    lines = alpha_text(*[alpha_row() for _ in range(5)]).splitlines()
    lines[3] = lines[3].replace("Soap", '"Soap')

    found = refused(written(tmp_path, "\n".join(lines) + "\n"))

    assert found.title == "The rows cannot be told apart"
    assert "line" in found.where


def test_a_cell_without_end_is_refused(tmp_path):
    path = written(tmp_path, alpha_text(alpha_row(product_name="x" * (2 << 20))))

    assert refused(path).title == "The rows cannot be told apart"


def test_deeply_nested_json_is_rejected_not_crashed(tmp_path):
    path = written(tmp_path, '{"date": ' + "[" * 200_000 + "]" * 200_000 + "}\n", "export.jsonl")

    refused(path)


def test_a_retailer_named_like_a_path_stays_in_its_folder(tmp_path):
    header = "date,campaignId,retailerId,retailerName,impressions,clicks,spend\n"
    rows = "".join(f"2026-01-05,c,{name},n,1,1,1.00\n" for name in ("../../etc", "..", "/tmp/x", "a b", "ü"))

    result = harmonized(written(tmp_path, header + rows), "criteo")

    places = {path.relative_to(result.events_path).parts[0] for path in result.event_files}
    assert places == {
        "retailer=..%2F..%2Fetc", "retailer=%2E%2E", "retailer=%2Ftmp%2Fx", "retailer=a b", "retailer=%C3%BC",
    }  # fmt: skip
    assert all(path.resolve().is_relative_to(tmp_path) for path in result.event_files)


def test_thousands_of_retailers_in_one_file_are_refused(tmp_path):
    header = "date,campaignId,retailerId,retailerName,impressions,clicks,spend\n"
    rows = "".join(f"2026-01-05,c,r{number},n,1,1,1.00\n" for number in range(50))

    found = refused(written(tmp_path, header + rows), "criteo", limits=FileLimits(partitions=20))

    assert "too many retailers" in found.title


def test_a_sum_beyond_what_facts_can_hold_is_refused(tmp_path):
    rows = [alpha_row(spend_usd="999999999999") for _ in range(3)]

    assert refused(written(tmp_path, alpha_text(*rows))).title == "An amount is too large"


def test_names_of_columns_cannot_break_the_plan(tmp_path):
    header = [*ALPHA, "{}", "__row", "c0", "spend_usd}{"]
    text = ",".join(header) + "\n" + ",".join([*alpha_row().values(), "1", "2", "3", "4"]) + "\n"

    result = harmonized(written(tmp_path, text))

    assert result.quality.unmapped_columns == ("{}", "__row", "c0", "spend_usd}{")
    assert result.rows_kept == 1
