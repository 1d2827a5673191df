"""Figures that a later sentence takes back: the later one holds, or the brief asks; the first never stands silently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.briefs import RulesParser
from campaigns.tests.briefs.conftest import TODAY

BRIEF = "Spend $500k across Amazon and Walmart"
CORRECTED = [
    f"{BRIEF}. Actually make that $750k.",
    f"{BRIEF}. Actually, make it 750k.",
    f"{BRIEF}, actually $750k.",
    f"{BRIEF}. No wait, $750k.",
    f"{BRIEF}. Sorry, I meant $750k.",
    f"{BRIEF} – scratch that, $750,000.",
    f"{BRIEF}. Correction: $750k.",
    f"{BRIEF}, or rather $750k.",
    f"{BRIEF}. On second thought, 750 thousand dollars.",
    f"{BRIEF}. Bump it to $750k.",
    f"{BRIEF}. Please change that to $750k instead.",
    f"{BRIEF}. Can we make it $750k?",
    f"{BRIEF}. Make that seven hundred fifty thousand.",
    f"{BRIEF}. Oh no, sorry, let's make it 750k, not 500k.",
    f"I said: {BRIEF.lower()}, but it should be $750k.",
    f"{BRIEF}. Update: it's now $750k across Amazon and Walmart.",
    "Spend $500k on Amazon and Walmart. Actually make that $750k.",
    "Amazon and Walmart have a budget of $500k. Actually make that 750k.",
    "$500k, across Amazon and Walmart\nEDIT: $750k",
]
# A brief, the field, and what must be read.
OTHERS = [
    (f"{BRIEF}, ROAS at least 3. Actually make that 4.", "roas_floor", 4.0),
    (f"{BRIEF}, keep 10% for experiments. Actually make that 15%.", "reserve", 0.15),
    (f"{BRIEF} over 8 weeks. Sorry, make that 6 weeks.", "weeks", 6.0),
    (f"{BRIEF}. Make that €750k.", "currency", "EUR"),
    (f"{BRIEF}. Actually it's $500k.", "budget", 500_000.0),
    ("Run 8 weeks on Amazon. Let's make it $500k.", "budget", 500_000.0),
]
# A brief and a word of what is asked: which figure is meant, or by how much, is not for us to say.
ASKED = [
    (f"{BRIEF}, at least $100k on Walmart. Actually make that $150k.", "$500k or $100k"),
    (f"{BRIEF}. Make that 750.", "“750” reads like a correction"),
    (f"{BRIEF}. Double that.", "Double that"),
    (f"{BRIEF}. Actually, 20% less.", "20%"),
    (f"{BRIEF}. Add another $250k.", "$250k"),
    (f"{BRIEF}. Let's go with $750k.", "$750k"),
    (f"{BRIEF}. Actually make that $200k on Walmart.", "“$200k” reads like a correction"),
    (f"{BRIEF}. The budget was raised to $750k.", "$750k"),
    ("Spend $500k on Amazon. Actually make that Walmart.", "reads like a correction"),
    (f"{BRIEF}, ROAS at least 3. Actually ROAS at least 4.", "3 or 4"),
]


@pytest.mark.parametrize("text", CORRECTED)
def test_a_later_budget_holds(parse, text):
    parsed = parse(text)

    assert (parsed.constraints.budget, parsed.constraints.currency) == (750_000, "USD")
    assert set(parsed.constraints.retailers) == {"amazon", "walmart"}
    assert parsed.questions == ()


@pytest.mark.parametrize(("text", "field", "value"), OTHERS)
def test_other_figures_are_corrected_by_their_like(parse, text, field, value):
    parsed = parse(text)

    assert getattr(parsed.constraints, field) == value
    assert parsed.questions == ()


@pytest.mark.parametrize(("text", "asked"), ASKED)
def test_a_correction_in_doubt_is_asked_about(parse, text, asked):
    assert any(asked in question for question in parse(text).questions), parse(text).questions


def test_what_is_past_is_not_corrected(parse):
    parsed = parse("Last year we spent $500k. Budget $1M on Amazon. Actually make that $750k.")

    assert parsed.constraints.budget == 750_000


def test_questions_name_the_figure_that_holds(parse):
    parsed = parse("Spend 500k across Amazon and Walmart. Actually make that 750k.")

    assert any("750k" in question for question in parsed.questions)
    assert not any("500k" in question for question in parsed.questions)


@given(
    first=st.integers(10, 900),
    second=st.integers(10, 900),
    cue=st.sampled_from(
        [
            "Actually make that",
            "Sorry,",
            "No wait,",
            "Make it",
            "Hmm, let's do",
            "We now have",
            "It was raised to",
            "Finance gave us",
            "Better:",
            "But",
            "Then",
            "",
        ]
    ),
)
def test_the_first_of_two_budgets_never_stands_silently(catalogue, first, second, cue):
    text = f"Spend ${first}k across Amazon and Walmart. {cue} ${second}k."
    parsed = RulesParser().parse(text=text, catalogue=catalogue, today=TODAY)

    assert parsed.questions or parsed.constraints.budget == 1000 * second
