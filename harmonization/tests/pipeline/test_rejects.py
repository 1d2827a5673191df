"""Rows that cannot be read are set apart with their number in the original file, the reason and what they say."""

import json
from decimal import Decimal

import polars as pl
import pytest

from harmonization.tests.pipeline.exports import (
    alpha_row,
    alpha_text,
    beta_row,
    beta_text,
    differences,
    events,
    harmonized,
    rejects,
    total,
    written,
)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"spend_usd": "abc"}, "cost (spend_usd): “abc” is no number"),
        ({"spend_usd": ""}, "cost (spend_usd): is empty"),
        ({"spend_usd": "n/a"}, "cost (spend_usd): is empty"),
        ({"spend_usd": "1,5"}, "cost (spend_usd): “1,5” is no number"),
        ({"spend_usd": "12.34.56"}, "cost (spend_usd): “12.34.56” is no number"),
        ({"spend_usd": "NaN"}, "cost (spend_usd): “NaN” is no number"),
        ({"spend_usd": "inf"}, "cost (spend_usd): “inf” is no number"),
        ({"spend_usd": "1000000000000"}, "cost (spend_usd): “1000000000000” is no number"),
        ({"spend_usd": "EUR 5.00"}, "cost (spend_usd): “EUR 5.00” is not in the row's currency"),
        ({"spend_usd": "€5"}, "cost (spend_usd): “€5” is not in the row's currency"),
        ({"impressions": "12.5"}, "impressions (impressions): “12.5” is no whole number"),
        ({"impressions": ""}, "impressions (impressions): is empty"),
        ({"date": "05.01.2026"}, "event_date (date): “05.01.2026” is no date written %Y-%m-%d"),
        ({"date": "2026-02-30"}, "event_date (date): “2026-02-30” is no date written %Y-%m-%d"),
        ({"date": "0026-02-03"}, "event_date (date): “0026-02-03” is no date written %Y-%m-%d"),
        ({"date": ""}, "event_date (date): is empty"),
        ({"sales_14d_usd": "free"}, "revenue (sales_14d_usd): “free” is no number"),
    ],
)
def test_a_cell_that_cannot_be_read_rejects_its_row(changes, reason, tmp_path):
    result = harmonized(written(tmp_path, alpha_text(alpha_row(), alpha_row(**changes), alpha_row())))

    assert [(row, why) for row, why, _ in rejects(result)] == [(3, reason)]
    assert (result.rows_read, result.rows_kept, result.rows_rejected) == (3, 2, 1)
    assert total(result, "cost") == Decimal("24.68")


def test_every_reason_of_a_row_is_told(tmp_path):
    result = harmonized(written(tmp_path, alpha_text(alpha_row(clicks="x", spend_usd="y{}"))))

    reason = rejects(result)[0][1]
    assert "clicks (clicks): “x” is no whole number" in reason
    assert "cost (spend_usd): “y{}” is no number" in reason


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$1,234.50", "1234.50"),
        ("USD 28.00", "28"),
        (" 5.5 ", "5.5"),
        ("(3.00)", "-3"),
        ("1E2", "100"),
        ("-1.25", "-1.25"),
    ],
)
def test_amounts_are_read_as_people_write_them(text, amount, tmp_path):
    result = harmonized(written(tmp_path, alpha_text(alpha_row(spend_usd=text))))

    assert rejects(result) == []
    assert total(result, "cost") == Decimal(amount)
    assert differences(result) == []


def test_the_raw_row_is_kept_as_it_was(tmp_path):
    row = alpha_row(product_name='=HYPERLINK("x"),\n"two"', spend_usd="?")

    found = rejects(harmonized(written(tmp_path, alpha_text(row))))

    assert json.loads(found[0][2]) == list(row.values())
    assert found[0][2].startswith("[")


def test_row_numbers_count_banner_blank_and_multiline_rows(tmp_path):
    good, bad = beta_row(Item="two\nlines"), beta_row(Views="many")
    text = beta_text(good, good, totals=False) + ";" * 16 + "\n\n" + beta_text(bad, totals=False).split("\n", 3)[3]

    result = harmonized(written(tmp_path, text), "beta")

    assert [row for row, _, _ in rejects(result)] == [8]
    assert result.quality.blank_rows == 2
    assert events(result)["source_row_no"].to_list() == [4, 5]


@pytest.mark.parametrize("cells", [5, 23])
def test_a_row_with_too_few_or_too_many_cells_is_rejected(cells, tmp_path):
    ragged = ",".join([*alpha_row().values(), "extra"][:cells])

    result = harmonized(written(tmp_path, alpha_text() + ragged + "\n"))

    assert [(row, why) for row, why, _ in rejects(result)] == [(3, f"has {cells} cells where the header has 22")]


def test_an_unquoted_separator_does_not_shift_figures_silently(tmp_path):
    shifted = ",".join(alpha_row(product_name="Soap, large").values())

    result = harmonized(written(tmp_path, alpha_text() + shifted + "\n"))

    assert result.rows_rejected == 1
    assert total(result, "cost") == Decimal("12.34")


def test_empty_cells_after_the_last_named_column_do_no_harm(tmp_path):
    lines = alpha_text().splitlines()

    result = harmonized(written(tmp_path, f"{lines[0]},,\n{lines[1]}\n{lines[1]},,\n{lines[1]},,,\n"))

    assert (result.rows_kept, result.rows_rejected) == (3, 0)


def test_attributes_that_cannot_be_read_are_left_empty_and_counted(tmp_path):
    row = beta_row(GTIN="4006381333932")

    result = harmonized(written(tmp_path, beta_text(beta_row(), row)), "beta")

    broken = {rule.name: (rule.rows_broken, rule.first_row) for rule in result.quality.invariants}
    assert result.rows_rejected == 0
    assert events(result)["gtin"].to_list() == ["04006381333931", None]
    assert broken["gtin is valid"] == (1, 5)


def test_a_file_of_rejects_only_is_still_reported(tmp_path):
    result = harmonized(written(tmp_path, alpha_text(alpha_row(spend_usd="?"))))

    assert (result.rows_kept, result.rows_rejected) == (0, 1)
    assert result.event_files == ()
    assert result.daily.height == 0
    assert result.daily.schema["cost"] == pl.Decimal(18, 6)


def test_a_repeated_header_is_no_row_of_data(tmp_path):
    text = alpha_text() + alpha_text()

    result = harmonized(written(tmp_path, text))

    assert result.rows_kept == 2
    assert [row for row, _, _ in rejects(result)] == [3]
