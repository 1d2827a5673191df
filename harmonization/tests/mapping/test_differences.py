"""What differs between two mappings is said in words."""

from harmonization.mapping.differences import Difference, differences, text_difference
from harmonization.mapping.library import load_mapping
from harmonization.mapping.reader import read_mapping
from harmonization.tests.layouts import SMALL


def changed(old, new):
    assert old in SMALL
    return differences(before=read_mapping(text=SMALL), after=read_mapping(text=SMALL.replace(old, new)))


def test_a_mapping_does_not_differ_from_itself():
    mapping = load_mapping("walmart_search")

    assert differences(before=mapping, after=mapping) == ()


def test_a_new_unit_is_said_of_every_column():
    found = changed("required: true}\n  placement", "required: true, unit: micros}\n  placement")

    assert found[0] == Difference(subject="Cost", before="cost, required", after="cost in micros, required")
    assert [one.subject for one in found] == ["Cost", "Spend"]


def test_a_window_is_said_with_what_it_was():
    found = changed("{metric: orders, from: Orders, window_days: 14", "{metric: orders, from: Orders, window_days: 7")

    assert found == (
        Difference(subject="Orders", before="orders, 14-day click, total", after="orders, 7-day click, total"),
    )


def test_a_column_that_came_was_nothing_before():
    found = changed("  clicks:", "  reach: {from: Reach}\n  clicks:")

    assert found[0] == Difference(subject="Reach", before="", after="reach")


def test_settings_of_the_file_are_told_after_the_columns():
    found = changed("currency: {code: USD}", "currency: {code: EUR, assumed: true}")

    assert found == (Difference(subject="currency", before="USD", after="EUR, assumed"),)


def test_the_order_of_equal_columns_is_a_difference():
    assert [one.subject for one in changed("[Cost, Spend]", "[Spend, Cost]")] == ["order of equal columns"]


def test_words_of_the_network_are_a_difference():
    assert [one.subject for one in changed("{Top: search}", "{Top: home}")] == ["words of the network"]


def test_texts_differ_by_lines():
    shown = text_difference(before="a: 1\nb: 2\n", after="a: 1\nb: 3\n", names=("1", "2"))

    assert "-b: 2" in shown
    assert "+b: 3" in shown
    assert text_difference(before="a", after="a", names=("1", "2")) == ""
