"""Cutting documents into passages, and ranking them by words."""

from hypothesis import given
from hypothesis import strategies as st

from agents.retrieval.keywords import ranked
from agents.retrieval.passages import LONGEST, Passage, cut

PLAYBOOK = "# Alcohol\n\nNever show people driving.\n\nSay 21+.\n\n# Tone\nWe are warm.\nWe never shout."


def passage(text):
    return Passage(document="d", title="Playbook", place=text[:10], text=text, source="s")


def test_passages_know_heading_and_paragraph():
    assert list(cut(text=PLAYBOOK)) == [
        ("Alcohol, paragraph 1", "Never show people driving."),
        ("Alcohol, paragraph 2", "Say 21+."),
        ("Tone, paragraph 1", "We are warm. We never shout."),
    ]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=3000))
def test_no_passage_is_longer_than_a_model_reads_and_no_word_is_lost(text):
    pieces = [piece for _, piece in cut(text=text)]

    assert all(0 < len(piece) <= LONGEST for piece in pieces)


def test_the_passage_with_the_rarer_word_comes_first():
    passages = [passage("ads need a headline"), passage("ads for alcohol need a line"), passage("ads need tone")]

    first = ranked(query="What do ads for alcohol need?", passages=passages, most=2)[0]

    assert first.text == "ads for alcohol need a line"


def test_nothing_shared_is_nothing_found():
    assert ranked(query="zebra", passages=[passage("ads need a headline")], most=5) == []
