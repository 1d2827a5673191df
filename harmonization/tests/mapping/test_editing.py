"""Columns are given other meanings one by one, and everything else of the mapping stays."""

from dataclasses import replace

from harmonization.mapping.editing import (
    ColumnUse,
    Part,
    columns_of,
    doubled_uses,
    uses_of,
    with_use,
    without_dangling_headline,
)
from harmonization.mapping.library import available_mappings, load_mapping
from harmonization.mapping.reader import read_mapping
from harmonization.mapping.spec import Qualifier, Unit, WhenEmpty
from harmonization.mapping.writing import mapping_text
from harmonization.tests.layouts import SMALL

MAPPING = read_mapping(text=SMALL)
CLICK_14 = Qualifier(window_days=14, touch="click")


def use(column, mapping=MAPPING):
    return uses_of(mapping=mapping, columns=[column])[0]


def test_uses_of_a_header_tell_part_name_and_qualifier():
    day, spend, sales, other = uses_of(mapping=MAPPING, columns=["day", "Spend", "Sales", "Other"])

    assert (day.target, day.formats, day.required) == ("field:event_date", ("%Y-%m-%d",), True)
    assert spend.target == "field:cost"
    assert (sales.target, sales.qualifier) == ("outcome:revenue", CLICK_14)
    assert other.part is Part.NONE


def test_saving_every_use_as_it_is_changes_no_mapping_of_the_site():
    for name in available_mappings():
        mapping = load_mapping(name)
        for one in uses_of(mapping=mapping, columns=columns_of(mapping=mapping)):
            assert with_use(mapping=mapping, use=one) == mapping


def test_a_column_moves_to_another_field():
    changed = with_use(mapping=MAPPING, use=ColumnUse(column="Spend", part=Part.FIELD, name="fees"))

    assert changed.field_named("cost").columns == ("Cost",)
    assert changed.field_named("fees").columns == ("Spend",)


def test_a_field_without_columns_goes():
    changed = with_use(mapping=MAPPING, use=ColumnUse(column="Clicked"))

    assert changed.field_named("clicks") is None


def test_a_unit_changes_in_place():
    changed = with_use(mapping=MAPPING, use=replace(use("Cost"), unit=Unit.MICROS))

    assert [one.name for one in changed.fields] == [one.name for one in MAPPING.fields]
    assert changed.field_named("cost").unit is Unit.MICROS
    assert changed.field_named("cost").columns == ("Cost", "Spend")


def test_a_field_that_is_no_longer_required_may_be_empty():
    changed = with_use(mapping=MAPPING, use=replace(use("Clicked"), required=False))

    assert changed.field_named("clicks").when_empty is WhenEmpty.NULL


def test_a_window_changes_in_place_and_the_headline_follows():
    week = Qualifier(window_days=7, touch="click")
    changed = with_use(mapping=MAPPING, use=replace(use("Sales"), qualifier=week))
    changed = with_use(mapping=changed, use=replace(use("Orders"), qualifier=week))

    settled = without_dangling_headline(mapping=changed)

    assert [one.qualifier for one in settled.outcomes] == [week, week]
    assert settled.headline == (week,)
    assert read_mapping(text=mapping_text(mapping=settled)).headline == (week,)


def test_twins_stand_in_one_outcome():
    twin = ColumnUse(column="Turnover", part=Part.OUTCOME, name="revenue", qualifier=CLICK_14)

    changed = with_use(mapping=MAPPING, use=twin)

    assert changed.outcomes[0].columns == ("Sales", "Turnover")


def test_an_outcome_that_gets_the_meaning_of_another_joins_it():
    orders = replace(use("Orders"), name="revenue")

    changed = with_use(mapping=MAPPING, use=orders)

    assert [one.columns for one in changed.outcomes] == [("Sales", "Orders")]


def test_a_column_is_left_out_with_its_reason_and_taken_back():
    left = with_use(mapping=MAPPING, use=ColumnUse(column="Ctr", part=Part.IGNORED, reason="derived"))
    back = with_use(mapping=left, use=ColumnUse(column="Ctr", part=Part.CHECK, name="ctr", unit=Unit.PERCENT))

    assert left.ignored == {"Ctr": "derived"}
    assert back.ignored == {}
    assert back.checks[0].columns == ("Ctr",)


def test_retailer_and_currency_can_be_read_from_columns():
    changed = with_use(mapping=MAPPING, use=ColumnUse(column="Shop", part=Part.WHOLE_FILE, name="retailer_name"))
    changed = with_use(mapping=changed, use=ColumnUse(column="Cur", part=Part.WHOLE_FILE, name="currency"))

    assert changed.retailer.name_columns == ("Shop",)
    assert changed.currency.columns == ("Cur",)
    assert with_use(mapping=changed, use=ColumnUse(column="cur")).currency.columns == ()


def test_two_columns_of_one_file_that_become_the_same_are_told():
    both = uses_of(mapping=MAPPING, columns=["Cost", "Spend", "Sales"])

    assert [[one.column for one in group] for group in doubled_uses(uses=both)] == [["Cost", "Spend"]]
