"""Reading a creative: what is copy, what is known about it, what is refused."""

import pytest

from campaigns.creative.advert import CreativeRefused, creative_from_json


def test_unknown_texts_count_as_copy():
    creative = creative_from_json({"headline": "Oats", "subline": "Fresh", "brand": "Oat Acres", "items": 3})

    assert dict(creative.copy) == {"headline": "Oats", "subline": "Fresh"}
    assert (creative.brand, creative.about["items"]) == ("Oat Acres", 3)


@pytest.mark.parametrize(("written", "read"), [("US", "US"), ("en-GB", "GB"), ("de_DE", "DE"), ("", "")])
def test_a_locale_is_its_country(written, read):
    assert creative_from_json({"headline": "Oats", "locale": written}).locale == read


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ("Oats", "creative"),
        ({}, "creative"),
        ({"headline": "  "}, "creative"),
        ({"headline": 3}, "creative.headline"),
        ({"headline": "x" * 5_001}, "creative.headline"),
        ({f"field{number}": "x" for number in range(61)}, "creative"),
    ],
)
def test_what_is_no_creative_is_refused_with_its_place(document, where):
    with pytest.raises(CreativeRefused) as refused:
        creative_from_json(document)

    assert refused.value.where == where
