"""Sizes in names."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from harmonization.crosswalk.sizes import UNITS, parse_size, same_size, without_size


@pytest.mark.parametrize(
    ("text", "amount", "unit", "pack"),
    [
        ("12 x 330 ml", 330, "ml", 12),
        ("12x330ml", 330, "ml", 12),
        ("2-pack 16 oz", 453.592, "g", 2),
        ("16 oz (pack of 2)", 453.592, "g", 2),
        ("1.5 L", 1500, "ml", 1),
        ("0,5 l", 500, "ml", 1),
        ("22 LB", 9979.03, "g", 1),
        ("12 fl oz", 354.882, "ml", 1),
        ("100 ct", 100, "ct", 1),
        ("1,000 sheets", 1000, "ct", 1),
        ("Shampoo 400ml", 400, "ml", 1),
        ("24 ct 12 oz cans", 340.194, "g", 24),
        ("6pk", 1, "ct", 6),
    ],
)
def test_sizes_are_read(text, amount, unit, pack):
    found = parse_size(text)

    assert (round(found.amount, 2), found.unit, found.pack) == (pytest.approx(amount, rel=1e-4), unit, pack)


@pytest.mark.parametrize("text", ["", "Oat bar", "Route 66", "7 up", "Windows 11 Home"])
def test_a_text_without_a_size_has_none(text):
    assert parse_size(text) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12 oz", "340 g", True),
        ("12 oz", "355 ml", True),
        ("12 fl oz", "354 ml", True),
        ("12 x 330 ml", "3.96 L", True),
        ("12 x 330 ml", "330 ml", False),
        ("12 oz", "16 oz", False),
        ("400 g", "400 ml", False),
    ],
)
def test_sizes_are_compared_by_what_the_package_holds(one, other, same):
    assert same_size(parse_size(one), parse_size(other)) is same
    assert same_size(parse_size(other), parse_size(one)) is same


def test_a_name_keeps_its_words_without_the_size():
    assert without_size("Cola 12 x 330 ml Zero").split() == ["Cola", "Zero"]


@given(some.floats(0.1, 900), some.sampled_from(sorted(UNITS)), some.integers(2, 99))
def test_a_size_equals_itself_however_it_is_written(amount, unit, pack):
    one = parse_size(f"{pack} x {amount:.2f} {unit}")
    other = parse_size(f"{amount:.2f}{unit} (pack of {pack})")

    assert one is not None
    assert one == other or (one.total == 0 and other.total == 0)


@given(some.text(max_size=40))
def test_no_text_breaks_it(text):
    found = parse_size(text)

    assert found is None or (found.amount >= 0 and found.pack >= 0)
