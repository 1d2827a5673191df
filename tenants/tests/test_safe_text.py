"""What a spreadsheet might compute becomes text, in every file that leaves the house."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.exports import safe_text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "   =1",
        "\u00a0=1",
        "\uff1d1+1",
        "\uff0b1",
        "\uff20x",
        "\u200b=1",
        "\ufeff=1",
        "\ufe63x",
        "\x00=1",
        "\x1f\n",
        '=HYPERLINK("http://example.com","x")',
    ],
)
def test_what_a_spreadsheet_might_compute_is_put_behind_an_apostrophe(text):
    assert safe_text(text).startswith("'")


@pytest.mark.parametrize("text", ["Nordmill", "Salt & Vinegar", "a=b", "3-pack", "'quoted'", "", "Größe"])
def test_plain_text_stays_as_it_is(text):
    assert safe_text(text) == text


@given(text=st.text(max_size=50))
def test_no_text_starts_with_a_sign_of_a_formula(text):
    seen = unicodedata.normalize("NFKC", safe_text(text)).strip()

    assert not seen.startswith(("=", "+", "-", "@"))
    assert not safe_text(text).startswith(("\t", "\r", "\n"))
