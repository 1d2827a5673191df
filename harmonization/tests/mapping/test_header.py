"""The header is found among banner lines, whatever separates its columns."""

import pytest

from harmonization.mapping.header import candidate_headers, likely_header, locate_header, normal
from harmonization.mapping.reader import read_mapping
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.tests.layouts import SMALL

HEADER = "Day;Shown;Clicked;Cost;Place"


@pytest.fixture
def mapping():
    return read_mapping(text=SMALL)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_told_from_the_known_columns(separator, mapping):
    text = HEADER.replace(";", separator) + "\n2026-01-05" + separator + "1\n"

    found = locate_header(text=text, mapping=mapping, where="export")

    assert (found.separator, found.names[:2]) == (separator, ("Day", "Shown"))


def test_records_and_lines_above_the_header_are_counted(mapping):
    text = f'Report;x\n"a banner\nof two lines";y\n\n{HEADER}\n'

    found = locate_header(text=text, mapping=mapping, where="export")

    assert (found.records_before, found.lines) == (3, 5)


def test_a_banner_naming_one_column_is_not_the_header(mapping):
    found = locate_header(text=f"Cost;by Day\n{HEADER}\n", mapping=mapping, where="export")

    assert found.records_before == 1


def test_a_header_without_a_required_column_is_refused(mapping):
    with pytest.raises(HarmonizationRefused, match="needs Cost or Spend") as error:
        locate_header(text=HEADER.replace(";Cost", "") + "\n", mapping=mapping, where="export")

    assert error.value.where == "export, row 1"


def test_nothing_known_is_refused_with_what_was_found(mapping):
    with pytest.raises(HarmonizationRefused, match="Found: Tag, Anzeige"):
        locate_header(text="Tag;Anzeige\n1;2\n", mapping=mapping, where="export")


def test_names_are_compared_without_case_and_odd_spaces():
    assert normal("\ufeff Cost \u00a0 MICROS\n") == "cost micros"


def test_a_likely_header_has_words_only():
    found = likely_header(text="Report 1,,\nDay,Views,Cost\n2026-01-05,1,2\n")

    assert found.names == ("Day", "Views", "Cost")


def test_single_cells_are_no_header():
    assert candidate_headers(text="word\nanother\n") == []
