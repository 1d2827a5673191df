"""What changed in a header is told, and what it means for what is read."""

import pytest

from harmonization.mapping.drift import ChangeKind, change_lines, compare_headers
from harmonization.mapping.reader import read_mapping
from harmonization.tests.layouts import SMALL

MAPPING = read_mapping(text=SMALL)
HEADER = ("Day", "Shown", "Clicked", "Cost", "Place", "Sales", "Orders")


def lines(after, before=HEADER):
    change = compare_headers(before=before, after=after)
    return [(one.kind, one.was, one.column) for one in change_lines(change=change, mapping=MAPPING, header=after)]


def meaning(after):
    change = compare_headers(before=HEADER, after=after)
    return " ".join(one.meaning for one in change_lines(change=change, mapping=MAPPING, header=after))


@pytest.mark.parametrize("after", [HEADER, tuple(name.upper() for name in HEADER), ("Day ", *HEADER[1:])])
def test_the_same_header_in_other_letters_is_no_change(after):
    assert compare_headers(before=HEADER, after=after).is_none


def test_a_new_column_is_listed_as_not_imported():
    after = (*HEADER, "Reach")

    assert lines(after) == [(ChangeKind.ADDED, "", "Reach")]
    assert "not imported" in meaning(after)


def test_a_removed_column_says_what_is_lost():
    after = tuple(name for name in HEADER if name != "Orders")

    assert lines(after) == [(ChangeKind.REMOVED, "", "Orders")]
    assert "orders, 14-day click, total" in meaning(after)


def test_a_required_column_that_is_missing_comes_first():
    after = tuple(name for name in (*HEADER, "Reach") if name != "Clicked")

    assert lines(after)[0] == (ChangeKind.MISSING, "", "Clicked")
    assert "nothing is imported" in meaning(after)


def test_an_alternative_keeps_a_required_field():
    after = ("Day", "Shown", "Clicked", "Spend", "Place", "Sales", "Orders")

    assert ChangeKind.MISSING not in [kind for kind, _, _ in lines(after)]


@pytest.mark.parametrize(("old", "new"), [("Sales", "Sales (EUR)"), ("Orders", "Order"), ("Place", "Placement")])
def test_a_renamed_column_is_paired_with_its_old_name(old, new):
    after = tuple(new if name == old else name for name in HEADER)

    assert lines(after) == [(ChangeKind.RENAMED, old, new)]
    assert "not read any more" in meaning(after)


def test_a_column_of_quite_another_name_is_not_taken_for_the_old_one():
    after = tuple("Zeitstempel" if name == "Sales" else name for name in HEADER)

    assert {kind for kind, _, _ in lines(after)} == {ChangeKind.REMOVED, ChangeKind.ADDED}


def test_another_order_changes_nothing_that_is_read():
    after = (*HEADER[1:], HEADER[0])

    assert lines(after) == [(ChangeKind.REORDERED, "", "")]
    assert "nothing is read otherwise" in meaning(after)


def test_a_new_column_in_the_middle_is_no_new_order():
    assert lines((*HEADER[:3], "Reach", *HEADER[3:])) == [(ChangeKind.ADDED, "", "Reach")]
