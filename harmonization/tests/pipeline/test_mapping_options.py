"""What a mapping of one's own can ask for, each option seen in the rows it makes."""

from datetime import date
from decimal import Decimal

import pytest

from harmonization.mapping.reader import read_mapping
from harmonization.tests.layouts import SMALL
from harmonization.tests.pipeline.exports import events, harmonized, rejects, written

ROW = {
    "Day": "2026-01-05", "Shown": "100", "Clicked": "5", "Cost": "1.50", "Place": "Top", "Sales": "9.00", "Orders": "1",
}  # fmt: skip


def small(*changes):
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_mapping(text=text)


def run(folder, mapping, *rows):
    lines = [",".join(ROW), *(",".join((ROW | row).values()) for row in rows)]
    return harmonized(written(folder, "\n".join(lines) + "\n"), mapping)


@pytest.mark.parametrize(("empty", "kept"), [("zero", 2), ("reject", 1)])
def test_an_empty_metric_is_zero_only_where_the_mapping_says_so(empty, kept, tmp_path):
    mapping = small(("{from: Clicked, required: true}", f"{{from: Clicked, required: true, empty: {empty}}}"))

    result = run(tmp_path, mapping, {}, {"Clicked": ""})

    assert result.rows_kept == kept
    assert result.daily["clicks"].sum() == 5


def test_an_optional_metric_that_is_empty_stays_unknown(tmp_path):
    mapping = small(("{from: Clicked, required: true}", "{from: Clicked}"))

    result = run(tmp_path, mapping, {"Clicked": ""})

    assert events(result)["clicks"].to_list() == [None]
    assert result.daily["clicks"].to_list() == [None]


def test_a_metric_the_file_lacks_is_null_and_not_zero(tmp_path):
    text = "Day,Shown,Clicked,Cost,Place\n2026-01-05,100,5,1.50,Top\n"

    row = harmonized(written(tmp_path, text), small()).daily.row(0, named=True)

    assert (row["revenue"], row["orders"], row["ntb_revenue"]) == (None, None, None)
    assert row["attribution_window_days"] is None
    assert row["scope"] == ""


@pytest.mark.parametrize(
    ("formats", "text"),
    [
        ("%d/%m/%Y", "05/01/2026"),
        ("%b %d, %Y", "Jan 05, 2026"),
        ("%Y%m%d", "20260105"),
        ("%Y年%m月%d日", "2026年01月05日"),
        ("%Y-%m-%dT%H:%M:%SZ", "2026-01-05T23:30:00Z"),
        ("['%d.%m.%Y', '%Y-%m-%d']", "2026-01-05"),
    ],
)
def test_days_are_read_in_the_format_of_the_mapping(formats, text, tmp_path):
    quoted = formats if formats.startswith("[") else f"'{formats}'"
    mapping = small(("{from: Day,", f"{{from: Day, formats: {quoted},"))
    row = f'"{text}"' if "," in text else text

    result = run(tmp_path, mapping, {"Day": row})

    assert result.daily["event_date"].to_list() == [date(2026, 1, 5)]
    assert [line.date for line in result.reconciliation if line.difference] == []


def test_the_second_alternative_is_read_where_the_first_is_absent(tmp_path):
    text = "Day,Shown,Clicked,Spend\n2026-01-05,100,5,1.50\n"

    assert harmonized(written(tmp_path, text), small()).daily["cost"].to_list() == [Decimal("1.5")]


@pytest.mark.parametrize(("unit", "cost"), [("micros", "0.0000015"), ("percent", "0.015"), ("one", "1.5")])
def test_units_are_converted(unit, cost, tmp_path):
    mapping = small(("[Cost, Spend], required: true", f"[Cost, Spend], unit: {unit}, required: true"))

    found = events(run(tmp_path, mapping, {}))["cost"].to_list()

    assert found == [Decimal(cost).quantize(Decimal("0.000001"))]


def test_totals_rows_are_left_out_by_their_first_cell(tmp_path):
    mapping = small(('version: "1"', 'version: "1"\ntotals: [Total, 合計]'))

    result = run(tmp_path, mapping, {}, {"Day": "TOTAL (all)"}, {"Day": "合計"}, {"Day": "Totally"}, {"Day": "Sum"})

    assert result.quality.totals_rows == 3
    assert [row for row, _, _ in rejects(result)] == [6]


def test_the_channel_of_the_mapping_holds_for_all_rows_but_offsite_ones(tmp_path):
    mapping = small(
        ('version: "1"', 'version: "1"\nchannel: in-store'),
        ("values: {Top: search}", "values: {Top: search, Web: offsite}"),
    )

    result = run(tmp_path, mapping, {}, {"Place": "Web"})

    assert sorted(result.daily["channel"]) == ["in-store", "offsite"]


def test_a_column_can_tell_the_channel(tmp_path):
    channel = "channel: {from: Place, values: {Top: onsite, Web: offsite}, otherwise: onsite}"
    mapping = small(("placement_type: {from: Place, values: {Top: search}, otherwise: other}", channel))

    assert sorted(run(tmp_path, mapping, {}, {"Place": "Web"}).daily["channel"]) == ["offsite", "onsite"]


def test_a_currency_column_that_is_wrong_rejects_the_row(tmp_path):
    mapping = small(("currency: {code: USD}", "currency: {from: Place}"))

    result = run(tmp_path, mapping, {"Place": "usd"}, {"Place": "dollars"})

    assert result.daily["currency"].to_list() == ["USD"]
    assert rejects(result)[0][1] == "currency (Place): “DOLLARS” is no currency code of three letters"
