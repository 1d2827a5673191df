import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.grounding.slots import slot
from campaigns.briefs.catalogue import Catalogue
from training.datasets.briefs import FIRST_DAY, PLACEMENTS, RETAILERS
from training.datasets.phrasing import choose, fill
from training.datasets.roughening import roughened
from training.tests.datasets.banks import BANKS

CATALOGUE = Catalogue(retailers=RETAILERS, placements=PLACEMENTS, brands=("Puro", "Glowe"))
SURFACES = {
    "budget": "$2.5M", "money": "$400k", "money2": "€300,000", "amount": "$250 thousand", "size": "20%",
    "share": "15 per cent", "rate": "3.5x", "low": "10%", "high": "30%", "weeks": "8 weeks",
    "weeks_adjective": "6-week", "start": "2026-03-02", "end": "31 May 2026", "period": "Q3 2026",
    "places": "Amazon and Walmart", "node": "Amazon", "node2": "Walmart", "brand": "Puro", "level": "retailer",
    "levels": "retailers", "aim": "profit", "goal": "sales of $2M", "word_under": "below", "size2": "30%",
    "count": "12", "goal_rate": "2.5",
}  # fmt: skip
TEMPLATES = sorted(each for bank in BANKS.values() for each in bank)


def values(text: str):
    slotted = slot(text=text, catalogue=CATALOGUE, today=FIRST_DAY)
    return sorted((token.kind, str(token.value), token.currency or "") for token in slotted.slots.values())


@given(st.sampled_from(TEMPLATES), st.integers(0, 10**6))
def test_slips_never_change_a_value(template, seed):
    rng = random.Random(seed)
    phrase = choose(template=template, rng=rng)
    said, rough = (
        fill(phrase=each, surface=SURFACES.__getitem__) for each in (phrase, roughened(text=phrase, rng=rng))
    )

    assert values(rough.text) == values(said.text)
    assert [each.role for each in rough.values] == [each.role for each in said.values]
    assert all(rough.text[each.start :].startswith(SURFACES[each.role]) for each in rough.values)


@given(st.integers(0, 10**6))
def test_numbers_names_and_slots_of_plain_text_stay(seed):
    text = "please keep Q3 2026 under $2.5 million, three weeks, ~money~~n1~ for {node} and 15 percent"

    rough = roughened(text=text, rng=random.Random(seed))

    for kept in ("Q3 2026", "$2.5 million", "three weeks", "~money~~n1~", "{node}", "15 percent"):
        assert kept.lower() in rough.lower()


@pytest.mark.parametrize("word", ["not", "no", "max", "min", "roas", "over", "up"])
@given(seed=st.integers(0, 10**6))
def test_words_that_turn_the_meaning_are_never_lost(word, seed):
    rough = roughened(text=f"we want this {word} there", rng=random.Random(seed))

    assert re.search(rf"\b{word}\b", rough.lower())


def test_hasty_writers_do_slip():
    text = "please keep the whole campaign balanced, without exceeding the agreed limits anywhere"

    rough = [roughened(text=text, rng=random.Random(seed)) for seed in range(50)]

    assert sum(each != text for each in rough) > 25
    assert len({each for each in rough if each != text}) > 20


def test_the_same_dice_make_the_same_slips():
    text = "please keep the whole campaign balanced"

    assert roughened(text=text, rng=random.Random(3)) == roughened(text=text, rng=random.Random(3))


def test_no_slip_makes_a_number_of_a_word():
    rough = {roughened(text="there are no wishes", rng=random.Random(seed)) for seed in range(400)}

    assert len(rough) > 10
    assert not any("three" in each.lower() for each in rough)
