"""What holds for every mapping and file: totals are conserved, order does not matter, twice is once."""

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from harmonization.mapping.reader import read_mapping
from harmonization.tests.pipeline.exports import events, harmonized, rejects, total, written

FEW = settings(max_examples=12, deadline=None)
AMOUNTS = st.decimals(-(10**6), 10**6, places=2)
COUNTS = st.integers(-100, 10**7)
DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))
UNITS = {"one": 1, "micros": 10**6, "microcents": 10**8}
FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%d %b %Y")
ROWS = st.lists(
    st.fixed_dictionaries(
        {"day": DAYS, "shown": COUNTS, "clicked": COUNTS, "cost": AMOUNTS, "place": st.text("abc", max_size=2)}
    ),
    min_size=1,
    max_size=12,
)


@st.composite
def layouts(draw):
    """How a network might write its report: mark, separator, unit, format, order of columns, encoding."""
    decimal = draw(st.sampled_from(".,"))
    return {
        "decimal": decimal,
        "separator": draw(st.sampled_from(";\t|" if decimal == "," else ",;\t|")),
        "unit": draw(st.sampled_from(sorted(UNITS))),
        "format": draw(st.sampled_from(FORMATS)),
        "columns": draw(st.permutations(["Day", "Shown", "Clicked", "Cost", "Place"])),
        "encoding": draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])),
        "is_grouped": draw(st.booleans()),
    }


def mapping_of(layout):
    return read_mapping(
        text=f"""\
name: random
title: A random layout
version: "1"
retailer: {{id: random}}
currency: {{code: USD}}
separator: "{layout["separator"].replace(chr(9), chr(92) + "t")}"
decimal: "{layout["decimal"]}"
fields:
  event_date: {{from: Day, formats: "{layout["format"]}", required: true}}
  impressions: {{from: Shown, required: true}}
  clicks: {{from: Clicked, required: true}}
  cost: {{from: Cost, unit: {layout["unit"]}, required: true}}
  campaign_name: {{from: Place}}
"""
    )


def number(value, layout):
    text = f"{value:,f}" if layout["is_grouped"] else f"{value:f}"
    return text.translate({ord(","): ".", ord("."): ","}) if layout["decimal"] == "," else text


def text_of(rows, layout):
    lines = [layout["separator"].join(layout["columns"])]
    for row in rows:
        cells = {
            "Day": row["day"].strftime(layout["format"]),
            "Shown": str(row["shown"]),
            "Clicked": str(row["clicked"]),
            "Cost": number(row["cost"] * UNITS[layout["unit"]], layout),
            "Place": row["place"],
        }
        quoted = {name: f'"{cell}"' if layout["separator"] in cell else cell for name, cell in cells.items()}
        lines.append(layout["separator"].join(quoted[name] for name in layout["columns"]))
    return "\n".join(lines) + "\n"


def run(rows, layout, folder):
    path = written(Path(folder), text_of(rows, layout), encoding=layout["encoding"])
    return harmonized(path, mapping_of(layout))


@FEW
@given(rows=ROWS, layout=layouts())
def test_cost_clicks_and_impressions_are_conserved(rows, layout):
    with tempfile.TemporaryDirectory() as folder:
        result = run(rows, layout, folder)

        assert rejects(result) == []
        assert total(result, "cost") == sum((row["cost"] for row in rows), Decimal(0))
        assert total(result, "clicks") == sum(row["clicked"] for row in rows)
        assert total(result, "impressions") == sum(row["shown"] for row in rows)
        assert not [line for line in result.reconciliation if line.difference]


@FEW
@given(rows=ROWS, layout=layouts(), data=st.data())
def test_the_order_of_rows_does_not_matter(rows, layout, data):
    shuffled = data.draw(st.permutations(rows))

    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        assert run(rows, layout, one).daily.equals(run(shuffled, layout, other).daily)


@FEW
@given(rows=ROWS, layout=layouts())
def test_the_same_file_again_leaves_the_same(rows, layout):
    with tempfile.TemporaryDirectory() as folder:
        first, again = run(rows, layout, folder), run(rows, layout, folder)

        assert first.daily.equals(again.daily)
        assert first.event_files == again.event_files
        assert len(list((Path(folder) / "rmis").rglob("*.parquet"))) == len(again.event_files)
        assert events(again).height == len(rows)


@FEW
@given(rows=ROWS, layout=layouts(), spoiled=st.sets(st.integers(0, 11)))
def test_a_spoiled_row_is_rejected_alone_and_its_figures_are_accounted_for(rows, layout, spoiled):
    bad = sorted(number for number in spoiled if number < len(rows))
    lines = text_of(rows, layout).splitlines()
    for place in bad:
        cells = lines[place + 1].split(layout["separator"])
        cells[layout["columns"].index("Day")] = "no day"
        lines[place + 1] = layout["separator"].join(cells)

    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), "\n".join(lines) + "\n", encoding=layout["encoding"])
        result = harmonized(path, mapping_of(layout))

        assert [row for row, _, _ in rejects(result)] == [place + 2 for place in bad]
        assert total(result, "clicks") == sum(row["clicked"] for place, row in enumerate(rows) if place not in bad)
        assert all("not explained" not in line.reason for line in result.reconciliation)
