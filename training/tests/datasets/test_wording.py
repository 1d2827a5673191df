import random
import re
from collections import Counter, defaultdict

import pytest

from agents.grounding.answers import TOPICS
from agents.grounding.slots import slot, slot_at
from campaigns.briefs.catalogue import Catalogue
from training.datasets.brief_parts import Hand
from training.datasets.briefs import FIRST_DAY, PLACEMENTS, RETAILERS
from training.datasets.phrasing import phrasing_count, templates
from training.tests.datasets.banks import BANKS, DOUBT_BANKS, EVERY, phrasings

FEWEST_TEMPLATES, FEWEST_PHRASINGS = 16, 290
MOST_EXPANDED = 150
TRIES = 12
CATALOGUE = Catalogue(retailers=RETAILERS, placements=PLACEMENTS, brands=("Puro", "Glowe", "Acme"))
# Places whose values a reader could take for each other; slots tell shares from amounts and retailers from brands.
ALIKE = {
    "places": "node", "node2": "node", "amount": "money", "money2": "money", "budget": "money", "size": "money",
    "low": "money", "high": "money", "size2": "money", "brand2": "brand", "unknown2": "unknown",
}  # fmt: skip
KINDS = {
    "budget": "MN", "money": "MN", "money2": "MN", "amount": "MN", "size": "PMN", "low": "PMN", "high": "PMN",
    "size2": "PMN",
    "share": "P", "rate": "NXP", "weeks": "W", "weeks_adjective": "W", "start": "D", "end": "D", "period": "S",
    "places": "R", "node": "REB", "node2": "REB", "brand": "B",
}  # fmt: skip
GIVEN = {
    "start": "2026-03-02", "end": "2026-05-31", "level": "retailer", "levels": "retailers", "aim": "profit",
    "goal": "sales of $2M", "low": "10%", "high": "30%",
}  # fmt: skip


def compared(phrase: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: "{" + ALIKE.get(found[1], found[1]) + "}", phrase)


def is_read(template: str, rng: random.Random) -> bool:
    hand = Hand(rng=rng, catalogue=CATALOGUE, today=FIRST_DAY, held_out=False)
    said = hand.wish(of=(template,), asks={}, surface=GIVEN).said
    slotted = slot(text=said.text, catalogue=CATALOGUE, today=FIRST_DAY)
    for value in said.values:
        name = slot_at(slotted=slotted, position=value.start)
        # A name said twice has the slot of its first mention.
        if value.role in KINDS and KINDS[value.role] not in ("REB", "R", "B") and name is None:
            return False
        if name is not None and value.role in KINDS and slotted.slots[name].kind not in KINDS[value.role]:
            return False
    return True


@pytest.mark.parametrize("field", sorted(EVERY))
def test_everything_has_many_templates_and_phrasings(field):
    assert len(EVERY[field]) >= FEWEST_TEMPLATES
    assert sum(phrasing_count(template=each) for each in EVERY[field]) >= FEWEST_PHRASINGS


def test_every_topic_asked_about_is_one_the_answer_knows():
    assert {field.removeprefix("ask ") for field in DOUBT_BANKS} <= set(TOPICS)


@pytest.mark.parametrize("field", sorted(EVERY))
def test_both_sides_of_the_split_can_say_everything(field):
    ours, theirs = (set(templates(of=EVERY[field], held_out=side)) for side in (False, True))

    assert len(ours) > len(theirs) >= 1
    assert ours.isdisjoint(theirs)


def test_no_template_stands_twice():
    counts = Counter(each for bank in EVERY.values() for each in bank)

    assert [each for each, count in counts.items() if count > 1] == []


def test_brackets_close_and_are_not_nested():
    for template in (each for bank in EVERY.values() for each in bank):
        marks = re.sub(r"[^\[\]]", "", template)

        assert marks == "[]" * template.count("["), template


def test_no_phrasing_means_two_things():
    said = defaultdict(set)
    for field, bank in EVERY.items():
        for template in bank:
            for phrase in phrasings(template=template, most=MOST_EXPANDED):
                said[compared(phrase)].add(field)

    assert {phrase: fields for phrase, fields in said.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("field", sorted(BANKS))
def test_values_of_every_template_are_read_as_their_kind(field):
    rng = random.Random(field)

    unread = [each for each in BANKS[field] if not any(is_read(each, rng) for _ in range(TRIES))]

    assert unread == []
