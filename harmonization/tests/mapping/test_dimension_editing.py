"""A mapping of a dimension, edited field by field."""

from dataclasses import replace
from datetime import date

import pytest

from harmonization.mapping.differences import differences
from harmonization.mapping.dimension_editing import FieldUse, field_uses, with_field_uses
from harmonization.mapping.library import FOLDER
from harmonization.mapping.reader import read_mapping, read_unchecked
from harmonization.mapping.spec import MappingError, Unit, WhenEmpty
from harmonization.mapping.writing import mapping_text
from harmonization.rmis.dimensions import FIELDS_BY_KIND

EXAMPLES = sorted((FOLDER / "examples").glob("*.yaml"))
CATALOGUE = """\
kind: products
name: catalogue
title: Catalogue
version: "1"
retailer: {id: alpha}
currency: {code: USD}
fields:
  sku: {from: id, required: true}
  item_id: {from: id}
  category_path: {from: [dept, cat], join: " > "}
ignored: {price: taken from elsewhere}
"""
POLICIES = """\
kind: policies
name: rules
title: Rules
version: "1"
fields:
  term_kind: {from: kind, required: true, values: {verboten: disallowed_term}}
  text: {from: text, required: true}
  effective_on: {from: day, formats: "%d.%m.%Y"}
"""


def catalogue():
    return read_mapping(text=CATALOGUE)


def changed(mapping, *uses):
    return with_field_uses(mapping=mapping, uses=uses)


@pytest.mark.parametrize("text", [*(path.read_text() for path in EXAMPLES), CATALOGUE, POLICIES])
def test_a_mapping_of_a_dimension_survives_being_written(text):
    mapping = read_mapping(text=text)

    again = read_mapping(text=mapping_text(mapping=mapping))

    assert replace(again, digest="") == replace(mapping, digest="")


@pytest.mark.parametrize("text", [CATALOGUE, POLICIES])
def test_fields_left_as_they_are_change_nothing(text):
    mapping = read_mapping(text=text)

    assert with_field_uses(mapping=mapping, uses=field_uses(mapping=mapping)) == mapping


def test_every_field_of_the_kind_is_offered():
    uses = field_uses(mapping=catalogue())

    assert [one.name for one in uses] == list(FIELDS_BY_KIND["products"])
    assert uses[0] == FieldUse(name="sku", columns=("id",), required=True)


def test_one_column_may_feed_several_fields():
    after = changed(catalogue(), FieldUse(name="seller_sku", columns=("id",)))

    assert [one.name for one in after.fields if one.columns == ("id",)] == ["sku", "item_id", "seller_sku"]


def test_a_field_without_columns_leaves_and_the_others_stay():
    after = changed(catalogue(), FieldUse(name="item_id"))

    assert [one.name for one in after.fields] == ["sku", "category_path"]


def test_a_column_that_is_read_is_left_out_no_more():
    after = changed(catalogue(), FieldUse(name="price", columns=("Price",), unit=Unit.MICROS))

    assert after.ignored == {}
    assert read_mapping(text=mapping_text(mapping=after)).field_named("price").unit is Unit.MICROS


def test_what_a_kind_needs_is_required_without_being_asked():
    without = changed(catalogue(), FieldUse(name="sku"))

    after = changed(without, FieldUse(name="sku", columns=("code",)))

    assert (after.field_named("sku").required, after.field_named("sku").when_empty) == (True, WhenEmpty.REJECT)


def test_a_needed_field_that_was_not_required_is_mended():
    draft = read_unchecked(text=CATALOGUE.replace(", required: true", ""))

    after = with_field_uses(mapping=draft, uses=field_uses(mapping=draft))

    assert after.field_named("sku").required


def test_words_of_the_file_stay_when_the_column_changes():
    after = changed(read_mapping(text=POLICIES), FieldUse(name="term_kind", columns=("art",)))

    assert after.field_named("term_kind").values["verboten"] == "disallowed_term"


def test_a_day_is_written_in_formats_or_counted_in_weeks():
    mapping = read_mapping(text=POLICIES)

    weeks = changed(mapping, FieldUse(name="effective_on", columns=("w",), weeks_from=date(2024, 1, 1)))
    days = changed(weeks, FieldUse(name="effective_on", columns=("w",)))

    assert weeks.field_named("effective_on").formats == ()
    assert days.field_named("effective_on").formats == ("%Y-%m-%d",)
    assert read_mapping(text=mapping_text(mapping=weeks)).field_named("effective_on").weeks_from == date(2024, 1, 1)


def test_a_draft_may_lack_what_its_kind_needs_but_a_mapping_may_not():
    text = mapping_text(mapping=with_field_uses(mapping=catalogue(), uses=[FieldUse(name=n) for n in NAMES]))

    assert read_unchecked(text=text).fields == ()
    with pytest.raises(MappingError, match="needs sku"):
        read_mapping(text=text)


NAMES = ("sku", "item_id", "category_path")


def test_a_demand_without_retailer_can_be_edited_and_is_refused_when_used():
    text = "kind: demand\nname: d\ntitle: D\nversion: '1'\nfields: {}\n"

    assert read_unchecked(text=text).retailer.id == ""
    with pytest.raises(MappingError, match="needs a retailer"):
        read_mapping(text=text)


def test_versions_are_compared_field_by_field():
    before = catalogue()
    after = replace(
        changed(before, FieldUse(name="item_id", columns=("asin",)), FieldUse(name="name", columns=("n",))),
        title="Our catalogue",
    )

    found = {one.subject: (one.before, one.after) for one in differences(before=before, after=after)}

    assert found == {
        "item_id": ("id", "asin"),
        "name": ("", "n"),
        "title": ("Catalogue", "Our catalogue"),
    }


def test_a_changed_join_is_a_difference():
    before = catalogue()
    after = changed(before, FieldUse(name="category_path", columns=("dept", "cat"), join=" / "))

    (found,) = differences(before=before, after=after)

    assert "joined by “ / ”" in found.after
