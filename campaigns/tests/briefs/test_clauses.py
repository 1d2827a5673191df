"""Clauses whose words no pattern knows as a whole: one figure, one subject, one bound."""

import pytest

from campaigns.briefs.readings.pieces import bound_of


def limit(level, name, share=None, amount=None):
    return {"level": level, "name": name, **({"share": share} if amount is None else {"amount": amount})}


# Each stands after "Budget $1M." and adds exactly this limit.
CAPS = [
    ("Anything above 5% for a single placement is not ok", limit("placement", None, 0.05)),
    ("What I do not want is any single retailer taking more than $180k", limit("retailer", None, amount=180_000)),
    ("Because the board worries, no placement should hold more than $150K", limit("placement", None, amount=150_000)),
    ("Without going over 55% on Alpha", limit("retailer", "alpha", 0.55)),
    ("Nothing over 20 percent at any one channel", limit("channel", None, 0.2)),
    ("Alpha, okay, tops out at 10%", limit("retailer", "alpha", 0.1)),
    ("The cap of any placement is 70%", limit("placement", None, 0.7)),
    ("Browse pages to be restricted upto 8 per cent only", limit("placement", "browse", 0.08)),
    ("Last time we put $90k on Beta, so at most $150k this time", limit("retailer", "beta", amount=150_000)),
    ("Kill Beta for now", limit("retailer", "beta", 0.0)),
    ("Offsite was vetoed", limit("placement", "offsite", 0.0)),
    ("Everything apart from Amazon", limit("retailer", "amazon", 0.0)),
]
FLOORS = [
    ("The lower limit for each retailer remains 45%", limit("retailer", None, 0.45)),
    ("Less than 20% per retailer is not possible", limit("retailer", None, 0.2)),
    ("Avoid going below 15% on Nordmill", limit("brand", "Nordmill", 0.15)),
    ("Atleast $20 thousand should go for search", limit("placement", "search", amount=20_000)),
    ("No less than twelve pct of it needs to land at Walmart", limit("retailer", "walmart", 0.12)),
]
OTHERS = [
    ("Below 2.75 ROAS is not on", "roas_floor", 2.75),
    ("Where return on ad spend drops below 5x, cut it", "roas_floor", 5),
    ("For every dollar I invest we want at least 7.0 back", "roas_floor", 7),
    ("Orders should not cost us more than $6.50 a piece", "cpa_ceiling", 6.5),
    ("Whenever CPA is above $12, stop", "cpa_ceiling", 12),
    ("A 70% slice of it is reserved for experiments", "reserve", 0.7),
    ("Experiments (40%)", "reserve", 0.4),
    ("No cell up or down by over 12.5%", "change_limit", 0.125),
    ("Shift tolerance = 8pct", "change_limit", 0.08),
    ("No items above 75pct out-of-stock risk", "oos_threshold", 0.75),
    ("All eyes on extra margin", "objective", "incremental_margin"),
    ("Proposals will be judged by ad-attributed revenue", "objective", "revenue"),
    ("Concentrate on profit after ads", "objective", "profit"),
]
# What is open, told of the past, or about something else, sets nothing.
NOTHING = [
    "A cap of maybe 20% should apply on Alpha",
    "A cap of 20% applied on Beta last year",
    "A maximum of 40% should apply for Alpha and Beta together",
    "18% of sales come from the big pack",
    "The last test ended with 20% uplift",
    "A minimum of 10% applies on Walmart if demand falls",
]


@pytest.mark.parametrize(("text", "expected"), CAPS)
def test_an_upper_limit_in_many_words(parse, text, expected):
    found = parse(f"Budget $1M. {text}.").as_json()["constraints"]

    assert (found.get("caps"), found.get("floors"), found["budget"]) == ([expected], None, 1_000_000)


@pytest.mark.parametrize(("text", "expected"), FLOORS)
def test_a_lower_limit_in_many_words(parse, text, expected):
    found = parse(f"Budget $1M. {text}.").as_json()["constraints"]

    assert (found.get("caps"), found.get("floors"), found["budget"]) == (None, [expected], 1_000_000)


@pytest.mark.parametrize(("text", "field", "value"), OTHERS)
def test_a_rule_in_many_words(parse, text, field, value):
    assert parse(f"Budget $1M. {text}.").as_json()["constraints"] == {
        "budget": 1_000_000,
        "currency": "USD",
        field: value,
    }


@pytest.mark.parametrize("text", NOTHING)
def test_an_open_clause_sets_nothing(parse, text):
    found = parse(f"Budget $1M. {text}.").as_json()["constraints"]

    assert found.keys() <= {"budget", "currency", "retailers"}


def test_the_second_of_two_limits_has_the_bound_of_the_first(parse):
    found = parse("Budget $1M. Cap Alpha at 25% and search at $60k.").constraints

    assert [(one.name, one.share, one.amount) for one in found.caps] == [
        ("alpha", 0.25, None),
        ("search", None, 60_000),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "(last year: $750k)",
        "instead of $600k before",
        "while radio is planned separately with $2M",
        "our rival has $12M",
    ],
)
def test_amounts_of_the_past_and_of_others_are_no_budget(parse, told):
    found = parse(f"$120k on Alpha and Beta {told}.")

    assert found.constraints.budget == 120_000


@pytest.mark.parametrize(
    "text",
    [
        "A floor of $175,000 applies on Alpha",
        "Per placement: not above $30k",
        "Our rival was seen spending $12M",
        "We have already signed $5'000 on Walmart",
    ],
)
def test_a_limit_alone_is_never_the_budget(parse, text):
    parsed = parse(f"{text}.")

    assert parsed.constraints.budget is None
    assert parsed.questions


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("not more than 5%", "cap"),
        ("5%, and not less", "floor"),
        ("no further than 5%", "cap"),
        ("anything under 5% is a waste", None),
        ("at least 5% and at most 9%", None),
        ("not never above 5%", None),
        ("should be over 5%", "floor"),
        ("kept under 5%", "cap"),
    ],
)
def test_a_bound_is_read_only_where_the_words_agree(text, bound):
    assert bound_of(text) == bound


@pytest.mark.parametrize("text", ["$15k on Alpha. The total is still being discussed", "$15k on Alpha, name a budget"])
def test_a_budget_said_to_be_open_is_asked_about(parse, text):
    assert any("in total?" in question for question in parse(text).questions)


@pytest.mark.parametrize(
    "talk", ["No rush", "Our market share is about 8%", "Prices fell 40% since January", "18% of buyers know us"]
)
def test_talk_asks_nothing(parse, talk):
    assert parse(f"$1M on Alpha. {talk}.").questions == ()
