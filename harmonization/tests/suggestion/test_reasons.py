"""A brand manager reads why a column was left out, without the room's own terms."""

import pytest

from harmonization.suggestion.header_words import read_header
from harmonization.suggestion.knowledge import Knowledge
from harmonization.suggestion.lexicon import LANGUAGES
from harmonization.suggestion.reasons import REASONS, in_words, why_unmapped
from harmonization.suggestion.suggest import suggest


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Last Year Spend", "another period"),
        ("Target ROAS", "goal"),
        ("Organic clicks", "without ads"),
        ("Viewable impressions rate", "viewable"),
        ("Zorblax", "“zorblax” is not known"),
        ("Clicks price brand", "together"),
    ],
)
def test_the_reason_is_told_in_plain_words(header: str, reason: str) -> None:
    assert reason in why_unmapped(reading=read_header(header=header))


def test_reasons_speak_of_concepts_that_the_lexicon_has() -> None:
    concepts = {concept for language in LANGUAGES for concept in language.WORDS}

    assert set(REASONS) <= concepts


def test_fields_are_called_as_people_call_them() -> None:
    assert in_words("ntb_orders") == "new-to-brand orders"
    assert in_words("campaign_id") == "campaign identifier"


def test_no_sentence_shows_an_underscore() -> None:
    header = ["Day", "Clicks", "Spend", "NTB orders", "Campaign ID", "Sales", "Direct sales", "Views", "Status"]

    found = suggest(header=header, values={"Clicks": ("red",)}, knowledge=Knowledge())

    assert all("_" not in one.why for one in found)
