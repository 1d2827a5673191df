"""Briefs as people talk: the past, the total among several amounts, limits without the word, days in passing."""

import pytest

NORMAL = {"budget": 1_000_000, "currency": "USD"}


def node(name, share=None, *, level="retailer", amount=None):
    return {"level": level, "name": name} | ({"share": share} if amount is None else {"amount": amount})


def constraints(parse, text):
    return parse(text).as_json()["constraints"]


# Several amounts; which one is the whole budget.
TOTALS = [
    ("We were given three quarters of... no, simply two million dollars. Of this $300k is pledged to Walmart.", None),
    ("Previous flight we spent $3M. For this one there is $2M for Amazon.", 2_000_000),
    ("$5M was the budget in 2025; this year $4M on Walmart", 4_000_000),
    ("We have already used $120k this month. $900k for Alpha and Beta, please.", 900_000),
    ("Put $200k into Alpha, $700k in total", 700_000),
    ("Overall there is $650k, of which $150k goes to Beta", 650_000),
    ("Alpha wants $50k. The whole envelope: $400k.", 400_000),
    ("Two point four million dollars. We promised $600k to Walmart.", 2_400_000),
    ("I have 320 grand for Walmart (US dollars)", 320_000),
]


@pytest.mark.parametrize(("text", "budget"), TOTALS)
def test_the_whole_budget_is_found_among_amounts_or_asked_for(parse, text, budget):
    parsed = parse(text)

    assert parsed.constraints.budget == budget
    assert parsed.constraints.currency == ("USD" if budget else None)
    assert budget or parsed.questions


UNCLEAR = [
    "$300k on Amazon, and if it goes well add $200k",
    "$300k on Amazon, €200k on Walmart",
    "Alpha gets $400k. Also there is $90k.",
    "$2M or maybe $3M for Amazon",
    "every conversion above $12 is too expensive",
    "transfer $900k to another account",
    "$9 for Amazon in total",
]


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_budget_that_could_be_another_amount_is_asked_for(parse, text):
    parsed = parse(text)

    assert parsed.questions
    assert parsed.constraints.budget is None


def test_an_amount_that_nothing_took_is_asked_about_beside_a_named_budget(parse):
    parsed = parse("Budget $1M. The pallets cost us $40k per lorry load.")

    assert parsed.constraints.budget == 1_000_000
    assert any("$40k" in question for question in parsed.questions)


def test_a_share_that_nothing_took_is_asked_about(parse):
    parsed = parse("Budget $1M, 7% is how much we grew")

    assert "What does “7%” stand for? I did not use it." in parsed.questions


# Each stands after "Budget $1M." and adds exactly this.
LOOSE = [
    ("Walmart mustn't get past 45%", {"caps": [node("walmart", 0.45)]}),
    ("Amazon should never climb above $600k", {"caps": [node("amazon", amount=600_000)]}),
    ("We can't let Alpha fall under 15%", {"floors": [node("alpha", 0.15)]}),
    ("Don't allow any retailer to take more than 70%", {"caps": [node(None, 0.7)]}),
    ("Nobody receives more than 40%", {"caps": [node(None, 0.4)]}),
    ("Everybody gets at least 10%", {"floors": [node(None, 0.1)]}),
    ("Each retailer takes 55% tops", {"caps": [node(None, 0.55)]}),
    ("Beta's head of sales says they need at least $80k", {"floors": [node("beta", amount=80_000)]}),
    ("Walmart ends up anywhere from 10% to 30%", {"caps": [node("walmart", 0.3)], "floors": [node("walmart", 0.1)]}),
    ("Offsite is off limits", {"caps": [node("offsite", 0.0, level="placement")]}),
    ("The home page gets nothing", {"caps": [node("home", 0.0, level="placement")]}),
    ("Leave browse out", {"caps": [node("browse", 0.0, level="placement")]}),
    ("Alpha gets $90k, fixed", {"fixed": {"alpha": 90_000}}),
    ("ROAS must not sink below 2.2", {"roas_floor": 2.2}),
    ("I never want to see returns under 4", {"roas_floor": 4}),
    ("Every euro must bring back four", {"roas_floor": 4}),
    ("ACOS has to remain under 25%", {"roas_floor": 4}),
    ("Don't pay more than $8 per order", {"cpa_ceiling": 8}),
    ("An order may cost at most $15", {"cpa_ceiling": 15}),
    ("Test & learn fund: 6%", {"reserve": 0.06}),
    ("Nothing should shift by more than 12% versus today", {"change_limit": 0.12}),
    ("Skip products likely to run out of stock (over 35% risk)", {"oos_threshold": 0.35}),
    ("We only care about profit", {"objective": "profit"}),
    ("Units are our KPI", {"objective": "units"}),
    ("Volume first", {"objective": "units"}),
    ("Start on the second of March 2027 for 4 weeks", {"start": "2027-03-02", "end": "2027-03-29", "weeks": 4}),
    ("We finish on 30 April 2027", {"end": "2027-04-30"}),
]


@pytest.mark.parametrize(("text", "expected"), LOOSE)
def test_a_rule_in_loose_words(parse, text, expected):
    assert constraints(parse, f"Budget $1M. {text}.") == NORMAL | expected


def test_a_limit_for_each_stands_on_the_retailers_that_are_named(parse):
    found = constraints(parse, "$1M across Amazon and Beta, at least 20% each")

    assert found["floors"] == [node("amazon", 0.2), node("beta", 0.2)]


def test_a_return_of_the_past_is_no_floor(parse):
    found = constraints(parse, "Budget $1M. The last campaign achieved a ROAS of 2.4.")

    assert "roas_floor" not in found


def test_a_quarter_that_is_over_is_no_period(parse):
    found = constraints(parse, "After a slow Q1 we have $1M for Amazon over 6 weeks")

    assert (found["weeks"], "start" in found) == (6, False)


def test_as_cheaply_as_possible_makes_an_outcome_a_target(parse):
    found = constraints(parse, "Get us $3M in attributed revenue on Amazon for the least money. Limit: max $900k.")

    assert (found["target"], found["budget"]) == ({"revenue": 3_000_000}, 900_000)


def test_who_sees_the_ads_is_asked_about(parse):
    assert any("“students”" in question for question in parse("$1M on Amazon for students").questions)
