"""The registry describes every field and names the source of its definition."""

import pytest

from harmonization.rmis.registry import EVERYTHING, FIELDS, FieldType, definition_of


@pytest.mark.parametrize("field", EVERYTHING.values(), ids=EVERYTHING.keys())
def test_every_field_is_defined_with_unit_and_source(field):
    assert field.definition.endswith(".")
    assert field.source
    assert field.unit or field.type in {FieldType.TEXT, FieldType.ENUM, FieldType.GTIN}


def test_enums_list_their_values():
    assert "product_detail" in FIELDS["placement_type"].choices
    assert FIELDS["channel"].choices == ("onsite", "offsite", "in-store")


def test_a_definition_names_the_standard_it_comes_from():
    assert "IAB/MRC" in definition_of("impressions")
    assert definition_of("spend") == definition_of("cost")


def test_an_unknown_metric_has_no_definition():
    assert definition_of("luck") == ""
