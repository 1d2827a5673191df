"""GTINs are padded and checked, never repaired."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.rmis.gtin import check_digit, is_valid_gtin, normalised_gtin


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("036000291452", "00036000291452"),
        ("4006381333931", "04006381333931"),
        ("00012345678905", "00012345678905"),
        ("73513537", "00000073513537"),
        (" 4006381-333931 ", "04006381333931"),
    ],
)
def test_every_kind_of_gtin_becomes_fourteen_digits(text, expected):
    assert normalised_gtin(text) == expected


def test_zeros_a_spreadsheet_ate_are_put_back():
    assert normalised_gtin("36000291452") == normalised_gtin("036000291452")


@pytest.mark.parametrize(
    "text", ["4006381333932", "", "abc", "0", "00000000000000", "123456", "1234567890123456", "٣" * 13]
)
def test_what_is_no_gtin_is_none(text):
    assert normalised_gtin(text) is None


@given(body=st.text(alphabet="0123456789", min_size=11, max_size=13).filter(lambda text: int(text) > 0))
def test_a_right_check_digit_is_always_accepted_and_any_other_never(body):
    right = check_digit(body)

    accepted = [digit for digit in range(10) if normalised_gtin(f"{body}{digit}") is not None]

    assert accepted == [right]
    assert is_valid_gtin(f"{body}{right}")
