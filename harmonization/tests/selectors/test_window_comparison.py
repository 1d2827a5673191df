"""Comparisons over retailers are made of the rows that count today."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from harmonization.comparison.windows import Basis
from harmonization.selectors.window_comparison import window_comparison
from harmonization.services.uploads import receive_upload
from harmonization.tests.files import alpha_bytes, beta_bytes

START, END = date(2026, 6, 1), date(2026, 6, 14)


@pytest.fixture
def imported(acme, owner, run_operations):
    def take_in(name, content):
        receive_upload(file=SimpleUploadedFile(name, content), file_name=name, mapping_name="", by=owner)
        run_operations()

    return take_in


def test_one_retailer_is_compared_in_its_own_window(imported):
    imported("alpha.csv", alpha_bytes())

    found = window_comparison(start=START, end=END)

    (one,) = found.comparison.retailers
    assert (found.comparison.window.days, found.comparison.is_common, one.basis) == (14, True, Basis.REPORTED)
    assert one.value > 0
    assert found.names[one.retailer_id]


def test_windows_nobody_shares_are_not_compared_without_a_word(imported):
    imported("alpha.csv", alpha_bytes())
    imported("beta.csv", beta_bytes())

    found = window_comparison(start=START, end=END).comparison

    assert not found.is_common
    assert {one.basis for one in found.retailers} == {Basis.REPORTED, Basis.NONE}


def test_a_restated_day_counts_once(imported):
    imported("beta.csv", beta_bytes())
    imported("again.csv", beta_bytes().replace(b";31,50;", b";41,50;"))

    (one,) = window_comparison(start=START, end=END).comparison.retailers

    assert one.value == Decimal("50.49")


def test_days_without_data_give_no_comparison(acme):
    assert window_comparison(start=START, end=END).comparison is None
