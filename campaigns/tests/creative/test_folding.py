"""Plain texts, and where their characters stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.creative.folding import foldings


@pytest.mark.parametrize(
    ("disguised", "heard"),
    [
        ("L a s t  c h a n c e", "last  chance"),
        ("l.a.s.t chance", "last chance"),
        ("the b3st b@rs", "the best bars"),
        ("ｌａｓｔ chance", "last chance"),
        ("la\u200bst chance", "last chance"),
        ("lаst chаnce", "last chance"),
    ],
)
def test_disguises_are_undone(disguised, heard):
    assert heard in [folded.text for folded in foldings(disguised)]


@pytest.mark.parametrize("honest", ["12oz of oats", "a 1st for 2x value", "mp3 at $5", "oats! more"])
def test_numbers_stay_numbers(honest):
    assert [folded.text for folded in foldings(honest)] == [honest]


@given(st.text(max_size=80))
def test_spans_stay_inside_the_text(text):
    for folded in foldings(text):
        if folded.text:
            start, end = folded.span(0, len(folded.text))
            assert 0 <= start < end <= len(text)
