"""Candidates by name, brand and size."""

import random

from hypothesis import given, settings
from hypothesis import strategies as some

from harmonization.crosswalk.candidates import AUTO_SUGGEST, propose
from harmonization.crosswalk.names import Named, words

CATALOGUE = [
    Named(name="Oat bar honey almond", brand="Northfield", size="12 x 40 g"),
    Named(name="Oat bar honey almond", brand="Northfield", size="40 g"),
    Named(name="Sparkling water lime", brand="Tidewater", size="8 x 12 fl oz"),
    Named(name="Dark chocolate sea salt", brand="Almara", size="100 g"),
    Named(name="Sunscreen SPF 30", brand="Lumina", size="200 ml"),
    Named(name="Sunscreen SPF 50", brand="Lumina", size="200 ml"),
    *(Named(name=f"Filler thing {number}", brand="Other") for number in range(40)),
]


def _best(name: str, **given: str):
    found = propose(items=[Named(name=name, **given)], products=CATALOGUE)
    return found[0] if found else None


def test_an_abbreviated_reordered_name_finds_its_product():
    best = _best("ALMARA DK CHOC SEA SALT 3.5 oz")

    assert best.product == 3
    assert best.same_brand
    assert best.confidence > 0.5


def test_the_pack_decides_between_twins():
    assert _best("Northfield honey almond oat bar, 12-pack 1.41 oz").product == 0
    assert _best("Northfield honey almond oat bar 1.41 oz").product == 1


def test_a_different_number_in_the_name_is_another_product():
    best = _best("Lumina sunscreen SPF 50 200ml")

    assert best.product == 5


def test_a_thing_not_in_the_catalogue_is_not_suggested():
    best = _best("Cordless drill 18V", brand="Hammerhead")

    assert best is None or best.confidence < AUTO_SUGGEST


def test_two_equal_products_are_never_certain():
    twins = [Named(name="Corn flakes", brand="Pico", size="500 g")] * 2

    found = propose(items=[Named(name="Pico corn flakes 500 g")], products=twins)

    assert {one.product for one in found} == {0, 1}
    assert all(one.confidence < AUTO_SUGGEST for one in found)


def test_nothing_to_compare_proposes_nothing():
    assert propose(items=[], products=CATALOGUE) == []
    assert propose(items=[Named(name="x")], products=[]) == []
    assert propose(items=[Named(name="")], products=[Named(name="")]) == []


def test_accents_case_and_filling_words_do_not_count():
    assert words("The Crème & Brûlée for YOU") == ("creme", "brulee", "you")


@settings(deadline=None, max_examples=25)
@given(some.lists(some.text(max_size=30), max_size=8), some.randoms())
def test_order_of_the_catalogue_changes_nothing(names, order: random.Random):
    products = [Named(name=name) for name in names]
    shuffled = products[:]
    order.shuffle(shuffled)
    items = [Named(name=name) for name in names[:3]]

    one = {
        (found.item, products[found.product].name, round(found.confidence, 6))
        for found in propose(items=items, products=products)
    }
    other = {
        (found.item, shuffled[found.product].name, round(found.confidence, 6))
        for found in propose(items=items, products=shuffled)
    }

    assert one == other
