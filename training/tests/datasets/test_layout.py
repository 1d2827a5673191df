import random
import re

from training.datasets.layout import laid_out
from training.datasets.phrasing import Value, Worded

PARTS = (
    Worded(text="could we spend $5 on it?", values=(Value(role="money", start=15),)),
    Worded(text="roas at least 3", values=(Value(role="rate", start=14),)),
    Worded(text="10% for tests", values=(Value(role="size", start=0),)),
)
MANY = [laid_out(parts=PARTS, rng=random.Random(seed)) for seed in range(400)]


def test_values_stand_where_they_were_said_whatever_the_layout():
    for whole in MANY:
        said = {value.role: whole.text[value.start :] for value in whole.values}

        assert list(said) == ["0:money", "1:rate", "2:size"]
        assert said["0:money"].startswith("$5")
        assert said["1:rate"].startswith("3")
        assert said["2:size"].startswith("10%")


def test_no_comma_or_stop_follows_a_question():
    assert not any(re.search(r"\? ?[,;.](?!\.)", whole.text) for whole in MANY)


def test_some_briefs_are_numbered_lists():
    numbered = [whole.text for whole in MANY if re.match(r"\(?1[.)]", whole.text)]

    assert 0 < len(numbered) < len(MANY) / 5
    assert all("2" in text and "3" in text for text in numbered)


def test_one_part_alone_is_never_numbered():
    alone = [laid_out(parts=PARTS[1:2], rng=random.Random(seed)).text for seed in range(200)]

    assert not any(re.match(r"\(?1[.)]", text) for text in alone)
