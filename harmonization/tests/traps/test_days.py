"""Traps of days: order of day and month, serial numbers, other scripts, and what a day is the day of."""

from datetime import date

import pytest

from harmonization.mapping.library import load_mapping
from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.tests.pipeline.exports import events, rejects
from harmonization.tests.traps.small import run, run_text, small


def days_of(result):
    return sorted(result.daily["event_date"].unique().to_list())


def test_both_orders_of_day_and_month_at_once_are_refused():
    with pytest.raises(MappingError, match="one format has the day before the month"):
        small(Day="formats: ['%d/%m/%Y', '%m/%d/%Y']")


def test_a_file_written_month_first_is_refused_by_a_mapping_that_says_day_first(tmp_path):
    rows = [{"Day": "01/05/2026"}, {"Day": "01/13/2026"}]

    with pytest.raises(HarmonizationRefused, match="other way round"):
        run(tmp_path, *rows, mapping=small(Day="formats: '%d/%m/%Y'"))


def test_a_file_written_day_first_is_refused_by_a_mapping_that_says_month_first(tmp_path):
    rows = [{"Day": "05.01.2026"}, {"Day": "31.01.2026"}]

    with pytest.raises(HarmonizationRefused, match="other way round"):
        run(tmp_path, *rows, mapping=small(Day="formats: '%m.%d.%Y'"))


def test_a_day_that_is_none_in_either_order_is_only_rejected(tmp_path):
    result = run(tmp_path, {"Day": "05/01/2026"}, {"Day": "40/40/2026"}, mapping=small(Day="formats: '%d/%m/%Y'"))

    assert (days_of(result), [row for row, _, _ in rejects(result)]) == ([date(2026, 1, 5)], [3])


@pytest.mark.parametrize("text", ["05/01/2026", "46027", "20260105", "2026-02-30", "", "Total", "2026-01"])
def test_what_is_not_in_the_format_is_rejected_not_guessed(text, tmp_path):
    result = run(tmp_path, {}, {"Day": text})

    assert [row for row, _, _ in rejects(result)] == [3]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%Y%m%d", "20260105"),
        ("%Y年%m月%d日", "2026年1月5日"),
        ("%Y년 %m월 %d일", "2026년 1월 5일"),
        ("%d.%m.%Y", "05.01.2026"),
        ("%d %b %Y", "5 Jan 2026"),
        ("%Y-%m-%d", "２０２６-０１-０５"),
        ("%Y/%m/%d", "٢٠٢٦/٠١/٠٥"),
        ("%d.%m.%y", "05.01.26"),
    ],
)
def test_a_day_is_read_in_the_format_the_mapping_states(form, text, tmp_path):
    result = run(tmp_path, {"Day": text}, mapping=small(Day=f"formats: '{form}'"))

    assert days_of(result) == [date(2026, 1, 5)]
    assert not [line for line in result.reconciliation if line.difference]


@pytest.mark.parametrize("text", ["1026-01-05", "2226-01-05"])
def test_a_year_nobody_advertised_in_is_rejected(text, tmp_path):
    assert run(tmp_path, {"Day": text}).rows_kept == 0


def test_the_start_of_a_campaign_is_not_the_day_of_a_row(tmp_path):
    text = "Day,Shown,Clicked,Cost,Campaign start date\n2026-01-05,100,5,1.50,2025-11-01\n"

    result = run_text(tmp_path, text)

    assert days_of(result) == [date(2026, 1, 5)]
    assert result.quality.unmapped_columns == ("Campaign start date",)


@pytest.mark.parametrize("name", ["coupang", "amazon_console"])
def test_built_in_mappings_never_take_the_start_of_a_campaign_for_the_day(name):
    columns = load_mapping(name).field_named("event_date").columns

    assert not any("start" in column.lower() or "시작" in column for column in columns)


@pytest.mark.parametrize("basis", ["click", "impression", "order"])
def test_rows_say_what_their_day_is_the_day_of(basis, tmp_path):
    result = run(tmp_path, {}, mapping=small(top=f"date_basis: {basis}\n"))

    assert events(result)["date_basis"].to_list() == [basis]
