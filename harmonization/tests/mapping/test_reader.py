"""A mapping file is checked against its schema; an error names line and field."""

import pytest

from harmonization.mapping.reader import read_mapping
from harmonization.mapping.spec import MappingError, Qualifier, Unit, WhenEmpty
from harmonization.tests.layouts import SMALL


def changed(old, new):
    assert old in SMALL
    return SMALL.replace(old, new)


def test_a_mapping_is_read_into_values():
    mapping = read_mapping(text=SMALL)

    assert mapping.field_named("cost").columns == ("Cost", "Spend")
    assert mapping.field_named("cost").when_empty is WhenEmpty.REJECT
    assert mapping.field_named("event_date").formats == ("%Y-%m-%d",)
    assert mapping.field_named("placement_type").values == {"top": "search"}
    assert mapping.outcomes[0].qualifier == Qualifier(window_days=14, touch="click", scope="total")
    assert mapping.required_groups == (("Day",), ("Shown",), ("Clicked",), ("Cost", "Spend"))


def test_the_version_changes_with_the_text():
    again = read_mapping(text=SMALL)
    other = read_mapping(text=SMALL + "# a comment\n")

    assert read_mapping(text=SMALL).full_version == again.full_version != other.full_version
    assert other.full_version.startswith("1+")


def test_a_unit_is_kept():
    mapping = read_mapping(text=changed("[Cost, Spend]", "[Cost, Spend], unit: micros"))

    assert mapping.field_named("cost").unit is Unit.MICROS


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "message"),
    [
        ("title: A small layout", "titel: A small layout", 2, "titel", "unknown key"),
        ("name: small\n", "name: ../etc\n", 1, "name", "not allowed"),
        ("  clicks: {from: Clicked", "  cliks: {from: Clicked", 11, "fields.cliks", "unknown key"),
        ("{from: Clicked, required: true}", "{form: Clicked, required: true}", 11, "fields.clicks.form", "unknown key"),
        ("{from: Clicked, required: true}", "{required: true}", 11, "fields.clicks", "“from” is missing"),
        ("Clicked, required: true}", "Clicked, required: no}", 11, "fields.clicks.required", "true or false"),
        ("{from: Clicked, required: true}", "Clicked", 11, "fields.clicks", "dictionary"),
        ("{from: Clicked, required: true}", "{from: [Clicked, Clicked]}", 11, "fields.clicks.from", "twice"),
        ("{from: Day, required: true}", "{from: Day}", 9, "fields.event_date", "required: true"),
        ("{from: Day, req", "{from: Day, formats: '%Q', req", 9, "fields.event_date.formats", "no date format"),
        ("Spend], required", "Spend], unit: milli, required", 12, "fields.cost.unit", "must be one of"),
        ("{Top: search}", "{Top: serch}", 13, "fields.placement_type.values.Top", "must be one of"),
        ("otherwise: other", "otherwise: unknown", 13, "fields.placement_type.otherwise", "must be one of"),
        ("{code: USD}", "{code: dollars}", 5, "currency.code", "not allowed"),
        ("{id: small, name: Small}", "{name: Small}", 4, "retailer", "either id"),
        ("metric: orders, from", "metric: luck, from", 16, "outcomes[2].metric", "must be one of"),
        ("Orders, window_days: 14", "Orders, window_days: 900", 16, "outcomes[2].window_days", "from 0 to 365"),
        ("Orders, window_days: 14", "Orders, window_days: yes", 16, "outcomes[2].window_days", "whole number"),
        ("from: Orders, window_days: 14, touch: click", "from: Orders, touch: tap", 16, "outcomes[2].touch", "one of"),
        ("metric: orders, from: Orders", "metric: revenue, from: Sales2", 16, "outcomes[2]", "means the same"),
        ("from: Orders", "from: Sales", 16, "outcomes[2]", "is read by"),
        ("{window_days: 14, touch: click}\nf", "{window_days: 7, touch: click}\nf", 7, "headline[1]", "no outcome"),
        ("version: \"1\"", "version: \"1\"\nseparator: x", 4, "separator", "not allowed"),
        ("version: \"1\"", "version: \"1\"\ndecimal: ','", 4, "decimal", "the same"),
    ],
)  # fmt: skip
def test_an_error_names_line_and_field(old, new, line, field, message):
    with pytest.raises(MappingError, match=message) as error:
        read_mapping(text=changed(old, new), name="small.yaml")

    assert (error.value.line, error.value.field) == (line, field)
    assert "small.yaml" in error.value.where


def test_empty_may_mean_zero_for_delivery_only():
    read_mapping(text=changed("{from: Shown, required: true}", "{from: Shown, required: true, empty: zero}"))

    with pytest.raises(MappingError, match="only delivery and money"):
        read_mapping(text=changed("{from: Day, required: true}", "{from: Day, required: true, empty: zero}"))


OUTCOME = "  - {metric: revenue, from: Sales, window_days: 14, touch: click}"


def test_outcomes_of_one_column_are_told_apart_by_what_rows_say():
    one = (
        OUTCOME
        + "\n  - {metric: revenue, from: Sales, where: {Window: 7D}, window_days: 7, touch: click, scope: total}"
    )

    mapping = read_mapping(text=changed(OUTCOME, one))

    assert mapping.told_apart_by == ("Window",)
    assert [outcome.places for outcome in mapping.outcomes][:2] == [("Sales",), ("Sales [Window=7d]",)]
    assert ("Window",) in mapping.column_groups


def test_one_column_said_to_mean_two_things_of_the_same_rows_is_refused():
    twice = OUTCOME + "\n  - {metric: units, from: Sales, scope: total}"

    with pytest.raises(MappingError, match="read by"):
        read_mapping(text=changed(OUTCOME, twice))
