import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.briefs import Catalogue, RulesParser, constraints_from_json
from campaigns.briefs.lexing.numbers import AmbiguousNumber, read_number
from campaigns.briefs.lexing.plain import plain

CATALOGUE = Catalogue(
    retailers={"amazon": "Amazon", "walmart": "Walmart"}, placements=("search",), brands=("Nordmill",)
)
TODAY = dt.date(2026, 11, 21)


def parse(text):
    return RulesParser().parse(text=text, catalogue=CATALOGUE, today=TODAY)


STYLES = [
    lambda amount: f"${amount:,}",
    lambda amount: f"${amount}",
    lambda amount: f"USD {amount:,}",
    lambda amount: f"{amount:,} USD".replace(",", " "),
    lambda amount: f"{amount:,} dollars",
    lambda amount: f"${amount / 1e6:.6f}M",
    lambda amount: f"${amount / 1e3:.3f}k",
    lambda amount: f"{amount / 1e6:.6f} million dollars",
    lambda amount: f"US${amount:,}.00",
    lambda amount: f"{amount:,} USD".replace(",", "'"),
    lambda amount: f"$ {amount:,}".replace(",", "\u202f"),
]


@settings(max_examples=300, deadline=None)
@given(amount=st.integers(1_000, 999_999_999), style=st.sampled_from(STYLES))
def test_a_budget_reads_back_in_every_style(amount, style):
    parsed = parse(f"Allocate {style(amount)} across Amazon and Walmart")

    assert parsed.constraints.budget == pytest.approx(amount, rel=1e-9)
    assert parsed.constraints.currency == "USD"
    assert parsed.questions == ()


@settings(max_examples=100, deadline=None)
@given(tenths=st.integers(1, 999), form=st.sampled_from(["{}%", "{} %", "{} percent", "{} per cent", "{}pct"]))
def test_a_share_reads_back_in_every_style(tenths, form):
    share = form.format(f"{tenths / 10:g}")

    parsed = parse(f"$1M, no placement above {share}, keep 10% for experiments")

    assert parsed.constraints.caps[0].share == pytest.approx(tenths / 1000)


@settings(max_examples=300, deadline=None)
@given(text=st.text(min_size=1, max_size=300).filter(str.strip))
def test_any_text_is_answered_and_spans_lie_in_it(text):
    parsed = parse(text)

    for span in parsed.not_understood:
        assert text[span.start : span.end] == span.text
    assert constraints_from_json(values=parsed.as_json()["constraints"]) == parsed.constraints


WORDS = [
    "$1M",
    "$2.5M",
    "10%",
    "30%",
    "3x",
    "3",
    "at",
    "least",
    "most",
    "no",
    "more",
    "than",
    "above",
    "below",
    "on",
    "across",
    "Amazon",
    "Walmart",
    "search",
    "placement",
    "each",
    "keep",
    "for",
    "experiments",
    "ROAS",
    "budget",
    "cap",
    "and",
    ",",
    ".",
    "between",
    "not",
    "exactly",
    "weeks",
    "8",
    "from",
    "to",
    "1",
    "Jan",
    "2027",
    "Q1",
    "any",
    "line",
    "change",
    "per",
]


@settings(max_examples=400, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_words_of_the_trade_in_any_order_give_valid_constraints(words):
    parsed = parse(" ".join(words))

    assert parsed == parse(" ".join(words))
    assert constraints_from_json(values={**parsed.as_json()["constraints"], "fixed": None}) is not None


@given(text=st.text(max_size=200))
def test_plain_letters_keep_every_position(text):
    assert len(plain(text=text)) == len(text)


@pytest.mark.parametrize("piece", ["keep ", "any ", "$1 ", "no placement ", "at least 10% on ", "Amazon and ", "( "])
def test_long_repetition_does_not_stall(piece):
    began = time.perf_counter()

    parse((piece * 5_000)[:5_000])

    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.5m", 2_500_000),
        ("2,5 mio", 2_500_000),
        ("1.200.000", 1_200_000),
        ("1,200,000.50", 1_200_000.5),
        ("1.200.000,50", 1_200_000.5),
        ("1 200 000", 1_200_000),
        ("2,500", 2_500),
        ("0.125", 0.125),
        ("two hundred thousand", 200_000),
        ("twenty-five", 25),
        ("one hundred and five", 105),
        ("half a million", 500_000),
        ("one and a half million", 1_500_000),
        ("two point five million", 2_500_000),
        ("three million two hundred thousand", 3_200_000),
        ("a hundred", 100),
        ("12 lakh", 1_200_000),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert read_number(text=text) == value


def test_a_point_before_three_digits_is_ambiguous():
    with pytest.raises(AmbiguousNumber):
        read_number(text="2.500")
