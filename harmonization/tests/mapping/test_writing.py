"""A mapping that is written and read again is the same mapping."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.mapping.library import available_mappings, load_mapping
from harmonization.mapping.reader import read_mapping
from harmonization.mapping.writing import mapping_text
from harmonization.tests.layouts import SMALL


@pytest.mark.parametrize("name", available_mappings())
def test_every_mapping_of_the_site_survives_being_written(name):
    mapping = load_mapping(name)

    again = read_mapping(text=mapping_text(mapping=mapping))

    assert replace(again, digest="") == replace(mapping, digest="")


@given(column=st.text(min_size=1, max_size=40).filter(str.strip))
def test_column_names_of_any_letters_survive(column):
    mapping = replace(read_mapping(text=SMALL), ignored={column: "why: “this”\n#2"})

    again = read_mapping(text=mapping_text(mapping=mapping))

    assert again.ignored == mapping.ignored


def test_one_field_is_one_line():
    text = mapping_text(mapping=read_mapping(text=SMALL))

    assert "  cost: {from: [Cost, Spend], required: true}\n" in text
    assert "  - {metric: revenue, from: Sales, window_days: 14, touch: click, scope: total}\n" in text


SHAPED = """\
timezone: Europe/Berlin
encoding: cp1251
totals: [total, sum]
totals_in: [Place, Cost]
rows_from: report.ads
level: {column: Entity, values: [product ad, "keyword: 1"]}
unpivot: {columns: "^(Shown|Cost) ([0-9-]+)$", name: Day}
"""


def test_the_shape_of_a_table_survives_being_written():
    mapping = read_mapping(text=SMALL + SHAPED)

    again = read_mapping(text=mapping_text(mapping=mapping))

    assert replace(again, digest="") == replace(mapping, digest="")
    assert again.shape.level.values == ("product ad", "keyword: 1")
