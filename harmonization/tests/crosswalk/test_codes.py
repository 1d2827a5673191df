"""Codes of trade items."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from harmonization.crosswalk.codes import CodeProblem, expand_upc_e, read_gtin
from harmonization.rmis.gtin import check_digit

BODIES = some.text("0123456789", min_size=11, max_size=11).filter(lambda text: text.lstrip("0"))


@pytest.mark.parametrize(
    ("text", "form", "gtin"),
    [
        ("036000291452", "UPC-A", "00036000291452"),
        ("4006381333931", "EAN-13", "04006381333931"),
        ("96385074", "EAN-8", "00000096385074"),
        ("10036000291459", "GTIN-14", "10036000291459"),
        ("0-306406-15", None, None),
        ("0-306-40615-2", "ISBN-10", "09780306406157"),
        ("080442957X", "ISBN-10", "09780804429573"),
        ("9780306406157", "EAN-13", "09780306406157"),
        ("0 36000 29145 2", "UPC-A", "00036000291452"),
        ("'036000291452", "UPC-A", "00036000291452"),
        ("36000291452.0", "UPC-A", "00036000291452"),
    ],
)
def test_codes_become_fourteen_digits(text, form, gtin):
    found = read_gtin(text)

    if gtin is None:
        assert found.problem
    else:
        assert (found.form, found.text, found.problem) == (form, gtin, None)


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("04252614", "042100005264"),  # the example of the GS1 General Specifications
        ("01234565", "012345000065"),
        ("425261", "042100005264"),
    ],
)
def test_upc_e_expands_as_the_specification_says(short, whole):
    found = expand_upc_e(short)

    assert found == whole


@pytest.mark.parametrize("short", ["04252615", "24252614"])
def test_a_wrong_check_digit_or_number_system_does_not_expand(short):
    assert expand_upc_e(short) is None


def test_eight_digits_that_are_no_ean_8_are_read_as_upc_e():
    found = read_gtin("04252614")

    assert (found.form, found.text) == ("UPC-E", "00042100005264")


def test_zeros_that_a_spreadsheet_ate_are_put_back_and_counted():
    found = read_gtin("36000291452")

    assert found.text == "00036000291452"
    assert found.zeros_restored == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("036000291453", CodeProblem.CHECK_DIGIT),
        ("3.6E+10", CodeProblem.SCIENTIFIC),
        ("000000000000", CodeProblem.ZERO),
        ("SKU-17", CodeProblem.NOT_DIGITS),
        ("123456789012345", CodeProblem.LENGTH),
        ("12", CodeProblem.LENGTH),
        ("", CodeProblem.NOT_DIGITS),
    ],
)
def test_what_is_no_gtin_says_why(text, problem):
    assert read_gtin(text).problem is problem


@pytest.mark.parametrize("body", ["200000000012", "020123450001", "981234500000", "040000000123"])
def test_numbers_of_one_shop_and_coupons_are_flagged_and_join_nothing(body):
    found = read_gtin(f"{body}{check_digit(body)}")

    assert found.text
    assert found.is_restricted
    assert not found.joins


def test_variable_measure_upc_does_not_join():
    digits = "21234500123"

    found = read_gtin(f"{digits}{check_digit(digits)}")

    assert found.is_restricted
    assert not found.joins


@given(BODIES)
def test_padding_leaves_every_upc_the_same_item(body):
    upc = f"{body}{check_digit(body)}"

    assert read_gtin(upc).text == read_gtin(f"0{upc}").text == read_gtin(f"00{upc}").text


@given(some.text("0123456789", min_size=6, max_size=6))
def test_every_upc_e_that_expands_has_a_valid_check_digit(six):
    whole = expand_upc_e(six)

    assert whole is not None
    assert len(whole) == 12
    assert int(whole[-1]) == check_digit(whole[:-1])


@given(some.text(max_size=20))
def test_any_text_gives_a_gtin_or_a_problem(text):
    found = read_gtin(text)

    assert bool(found.text) != bool(found.problem)
