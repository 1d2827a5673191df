import random

from training.datasets.phrasing import choose, fill, join


def test_choices_are_resolved_and_places_stay_open():
    phrase = choose(template="[keep|hold] [at least |]{share} back", rng=random.Random(3))

    assert phrase in {
        "keep {share} back",
        "hold {share} back",
        "keep at least {share} back",
        "hold at least {share} back",
    }


def test_values_are_where_they_were_said():
    said = fill(phrase="spend {money} on {node}", surface=lambda role: {"money": "$5", "node": "Amazon"}[role])
    both = join([said, said], separators=[", "])

    assert both.text == "spend $5 on Amazon, spend $5 on Amazon"
    assert [both.text[value.start :][:2] for value in both.values] == ["$5", "Am", "$5", "Am"]
