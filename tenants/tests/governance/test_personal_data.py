from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.governance.personal_data import PersonalData, find_personal_data


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("mail jo.doe+ads@mail.example.co.uk now", PersonalData.EMAIL, "jo.doe+ads@mail.example.co.uk"),
        ("card 4111 1111 1111 1111.", PersonalData.CARD, "4111 1111 1111 1111"),
        ("IBAN DE89 3704 0044 0532 0130 00", PersonalData.IBAN, "DE89 3704 0044 0532 0130 00"),
        ("ssn 123-45-6789", PersonalData.SSN, "123-45-6789"),
        ("from 203.0.113.9 and", PersonalData.IP, "203.0.113.9"),
        ("from 2001:db8::1 and", PersonalData.IP, "2001:db8::1"),
        ("ring +44 20 7946 0958", PersonalData.PHONE, "+44 20 7946 0958"),
    ],
)
def test_each_kind_is_found_where_it_stands(text, kind, found):
    (span,) = find_personal_data(text)

    assert (span.kind, text[span.start : span.end]) == (kind, found)


@pytest.mark.parametrize(
    "text",
    [
        "Budget 4111111111111112 impressions",
        "UPC 012345678905, 1,234,567 clicks, ROAS 3.25, 2026-11-21 at 12:30:45",
        "area 000-12-3456 or 900-12-3456 or 123-00-4567",
        "version 1.2.3 and 999.1.1.1",
        "DE00 3704 0044 0532 0130 00",
        "up +15% and + 3 more",
        "at 10:30, ratio 3:1, B0CX23V2ZK",
    ],
)
def test_figures_of_the_trade_are_not_people(text):
    assert find_personal_data(text) == ()


@given(st.text(max_size=6000))
def test_any_text_is_looked_through_and_spans_do_not_overlap(text):
    spans = find_personal_data(text)

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
