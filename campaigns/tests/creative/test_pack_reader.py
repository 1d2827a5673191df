"""A pack that is wrong says where; the packs that come with the site are right."""

import pytest

from campaigns.creative.checks.parameters import PackError
from campaigns.creative.library import UnknownPack, load_pack, pack_names
from campaigns.creative.pack_reader import read_pack

PACK = """
pack: corner_shop
title: Corner shop
sources:
  sign: {title: A sign in the window, captured_on: 2026-11-01}
rules:
  - id: SHOP-NO-BANANAS
    text: No bananas.
    source: sign
    severity: reject
    checks:
      - {kind: words, phrases: [bananas?]}
"""


def read(text):
    return read_pack(text=text, included=load_pack)


def test_a_rule_carries_its_source_and_day():
    rule = read(PACK).rules[0]

    assert (rule.id, rule.source.title, str(rule.source.captured_on)) == (
        "SHOP-NO-BANANAS",
        "A sign in the window",
        "2026-11-01",
    )


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("kind: words", "kind: poetry", "no check of the kind"),
        ("severity: reject", "severity: frown", "severity is one of"),
        ("source: sign", "source: rumour", "no source"),
        ("phrases: [bananas?]", "phrases: ['(']", "no pattern"),
        ("phrases: [bananas?]", "phrases: [a], tone: dark", "unknown tone"),
        ("captured_on: 2026-11-01", "captured_on: lately", "no day"),
        (", captured_on: 2026-11-01", "", "captured"),
        ("title: Corner shop", "title: !!python/object x", "tag"),
    ],
)
def test_a_wrong_pack_says_what_is_wrong(was, becomes, said):
    with pytest.raises(PackError, match=said):
        read(PACK.replace(was, becomes))


def test_a_rule_that_stands_twice_is_refused():
    with pytest.raises(PackError, match="twice: SHOP-NO-BANANAS"):
        read(PACK + PACK[PACK.index("  - id") :])


@pytest.mark.parametrize("name", pack_names())
def test_every_rule_of_ours_names_a_source_and_the_day_of_capture(name):
    pack = load_pack(name)

    assert all(rule.text and rule.source.title and rule.source.captured_on for rule in pack.rules)
    assert pack.notice


def test_packs_answer_to_what_people_call_them():
    assert load_pack("Amazon").name == "amazon_sponsored_brands"
    with pytest.raises(UnknownPack, match="sears"):
        load_pack("sears")
