"""Traps of shape: totals, levels, columns that are rows, nested lists, glued files."""

import json
from datetime import date
from decimal import Decimal

import pytest

from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.tests.pipeline.exports import differences, events, outcomes, rejects, total
from harmonization.tests.traps.small import run, run_text, small, table

TOTALS = "totals: [Total, Итого]\n"


def notes(result):
    return " ".join(result.quality.notes)


@pytest.mark.parametrize("word", ["Total", "total 2026", "Итого"])
def test_a_row_of_totals_is_left_out_and_counted(word, tmp_path):
    result = run(tmp_path, {}, {"Day": word, "Cost": "9999"}, mapping=small(top=TOTALS))

    assert (result.rows_kept, result.quality.totals_rows, total(result, "cost")) == (1, 1, Decimal("1.5"))
    assert differences(result) == []


def test_a_row_of_totals_the_mapping_does_not_know_is_rejected_for_its_day(tmp_path):
    assert [row for row, _, _ in rejects(run(tmp_path, {}, {"Day": "Grand Total"}))] == [3]


def test_totals_inside_a_day_are_left_out_by_the_column_the_mapping_names(tmp_path):
    mapping = small(top=f"{TOTALS}totals_in: Place\n")

    result = run(tmp_path, {}, {"Place": "Total", "Cost": "9999"}, mapping=mapping)

    assert total(result, "cost") == Decimal("1.5")
    assert "1 rows of totals were left out" in notes(result)
    assert differences(result) == []


def test_totals_inside_a_day_that_are_kept_are_asked_about(tmp_path):
    result = run(tmp_path, {}, {"Camp": "Total"}, mapping=small(fields="  campaign_name: {from: Camp}\n"))

    assert "campaign_name is “Total” in rows that were kept" in notes(result)


def test_totals_in_a_column_need_words():
    with pytest.raises(MappingError, match="which words"):
        small(top="totals_in: Place\n")


@pytest.mark.parametrize("name", ["Cost last year", "Cost (previous period)"])
def test_a_column_of_last_year_is_not_read_and_named(name, tmp_path):
    result = run(tmp_path, {name: "7.00"})

    assert total(result, "cost") == Decimal("1.5")
    assert result.quality.unmapped_columns == (name,)


def test_one_column_twice_is_refused(tmp_path):
    with pytest.raises(HarmonizationRefused, match="stands twice"):
        run_text(tmp_path, table({}).replace("Place", "Cost"))


def test_a_banner_above_the_header_does_no_harm(tmp_path):
    assert run_text(tmp_path, f"Report of January\nMade,2026-02-01\n\n{table({})}").rows_kept == 1


def test_a_header_glued_in_between_is_rejected(tmp_path):
    result = run_text(tmp_path, table({}) + table({}))

    assert (result.rows_kept, [row for row, _, _ in rejects(result)]) == (2, [3])


def test_a_row_cut_short_is_rejected(tmp_path):
    result = run_text(tmp_path, table({}, {})[:-12])

    assert (result.rows_kept, len(rejects(result))) == (1, 1)


LEVEL = "level: {column: Entity, values: [Product Ad]}\n"
BULK = [{"Entity": "Campaign", "Cost": "3.00"}, {"Entity": "Ad group", "Cost": "3.00"}, {"Entity": "product ad"}]


def test_of_mixed_levels_one_is_read_and_the_others_are_named(tmp_path):
    result = run(tmp_path, *BULK, {"Entity": ""}, mapping=small(top=LEVEL))

    assert total(result, "cost") == Decimal("1.5")
    assert "1 of Campaign, 1 of Ad group, 1 of (empty)" in notes(result)
    assert events(result)["source_row_no"].to_list() == [4]
    assert differences(result) == []


def test_a_file_without_its_column_of_levels_is_refused(tmp_path):
    with pytest.raises(HarmonizationRefused, match="needs Entity"):
        run(tmp_path, {}, mapping=small(top=LEVEL))


WIDE = 'unpivot: {columns: "^([0-9]{4}-[0-9]{2}-[0-9]{2})$", name: Day, value: Cost}\n'
WIDE_METRICS = 'unpivot: {columns: "^(Shown|Clicked|Cost) ([0-9-]{10})$", name: Day}\n'


def test_a_column_a_day_becomes_a_row_a_day(tmp_path):
    text = "Place,Shown,Clicked,2026-01-05,2026-01-06\nTop,100,5,1.50,2.50\nEnd,10,1,,0.25\n"

    result = run_text(tmp_path, text, mapping=small(top=WIDE))

    found = dict(result.daily.group_by("event_date").agg("cost").iter_rows())
    assert {day: sum(costs) for day, costs in found.items()} == {
        date(2026, 1, 5): Decimal("1.5"),
        date(2026, 1, 6): Decimal("2.75"),
    }
    assert len(set(events(result)["row_id"].to_list())) == 3
    assert "2 columns were turned into rows" in notes(result)


def test_a_column_a_metric_and_day_becomes_a_row_a_day(tmp_path):
    days = ("2026-01-05", "2026-01-06")
    header = ",".join(["Place", *(f"{metric} {day}" for day in days for metric in ("Shown", "Clicked", "Cost"))])

    result = run_text(tmp_path, f"{header}\nTop,100,5,1.50,200,6,2.50\n", mapping=small(top=WIDE_METRICS))

    rows = result.daily.select("event_date", "impressions", "clicks", "cost").rows()
    assert rows == [(date(2026, 1, 5), 100, 5, Decimal("1.5")), (date(2026, 1, 6), 200, 6, Decimal("2.5"))]
    assert differences(result) == []


def test_a_wide_file_without_a_mapping_for_it_is_refused(tmp_path):
    with pytest.raises(HarmonizationRefused, match="Required columns are missing"):
        run_text(tmp_path, "Place,Shown,2026-01-05,2026-01-06\nTop,100,1.50,2.50\n")


def test_a_file_without_the_wide_columns_is_refused(tmp_path):
    with pytest.raises(HarmonizationRefused, match="No column to turn into rows"):
        run_text(tmp_path, "Place,Shown,Clicked\nTop,100,5\n", mapping=small(top=WIDE))


@pytest.mark.parametrize("pattern", ["no group", "(broken", "(a) (b)"])
def test_a_pattern_of_wide_columns_has_the_groups_it_needs(pattern):
    with pytest.raises(MappingError, match="1 group"):
        small(top=f'unpivot: {{columns: "{pattern}", name: Day, value: Cost}}\n')


def test_a_column_a_window_stays_beside_the_others(tmp_path):
    mapping = small(top="").outcomes

    result = run(tmp_path, {})

    found = {(row["metric"], row["window_days"]) for row in outcomes(result).iter_rows(named=True)}
    assert found == {(one.metric, one.qualifier.window_days) for one in mapping}


NESTED = {"report": {"Day": "2026-01-05", "ads": [
    {"Place": "Top", "Shown": 100, "Clicked": 5, "Cost": 1.10}, {"Place": "End", "Shown": 9, "Clicked": 0, "Cost": 0.3},
]}}  # fmt: skip


def test_lists_inside_json_become_rows_with_what_stands_around_them(tmp_path):
    text = json.dumps([NESTED, NESTED], indent=1)

    result = run_text(tmp_path, text, mapping=small(top="rows_from: report.ads\n"), name="export.json")

    assert (result.rows_kept, total(result, "cost")) == (4, Decimal("2.8"))
    assert events(result)["source_row_no"].to_list() == [1, 2, 3, 4]
    assert differences(result) == []


def test_a_number_inside_nested_json_keeps_its_digits(tmp_path):
    text = json.dumps(NESTED).replace("1.1", "1234567890.123456")

    result = run_text(tmp_path, text, mapping=small(top="rows_from: report.ads\n"), name="export.json")

    assert total(result, "cost") == Decimal("1234567890.423456")


@pytest.mark.parametrize("text", ['{"report": {}}', "{}", "[]", '{"report": {"ads": []}}'])
def test_nested_json_without_items_is_refused(text, tmp_path):
    with pytest.raises(HarmonizationRefused):
        run_text(tmp_path, text, mapping=small(top="rows_from: report.ads\n"), name="export.json")


def test_nested_json_cut_off_is_refused(tmp_path):
    with pytest.raises(HarmonizationRefused, match="JSON is broken"):
        run_text(tmp_path, json.dumps(NESTED)[:-9], mapping=small(top="rows_from: report.ads\n"), name="export.json")


def test_a_list_no_mapping_reads_is_refused_for_its_columns(tmp_path):
    with pytest.raises(HarmonizationRefused, match="Required columns are missing"):
        run_text(tmp_path, json.dumps(NESTED) + "\n", name="export.jsonl")
