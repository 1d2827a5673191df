import json
from datetime import date

import pytest

from agents.grounding.parser import ModelParser
from campaigns.briefs import BriefRefused, Catalogue, RulesParser

TODAY = date(2026, 11, 21)
CATALOGUE = Catalogue(
    retailers={"amazon": "Amazon", "walmart": "Walmart"},
    placements=("search", "home", "offsite"),
    brands=("Nordmill", "Kettleby"),
)


def parsed(text, arguments, *, name="allocate_budget", second=None):
    answer = json.dumps({"name": name, "arguments": arguments})
    parser = ModelParser(ask=lambda prompt, schema: answer, second=second)
    return parser.parse(text=text, catalogue=CATALOGUE, today=TODAY).as_json()


def test_code_copies_and_normalises_what_the_model_points_at():
    found = parsed(
        "€1.2 Mio for Amazon and Walmart over 8 weeks, ROAS 3:1, keep 10% back, search max a third",
        {
            "budget": "~n1~",
            "retailers": ["~r1~", "~r2~"],
            "roas_floor": "~n3~",
            "reserve": "~n4~",
            "caps": [{"node": "~p1~", "size": "~n5~"}],
            "weeks": "~n2~",
        },
    )

    assert found["questions"] == []
    assert found["by"] == "model"
    assert found["constraints"] == {
        "budget": 1_200_000,
        "currency": "EUR",
        "retailers": ["amazon", "walmart"],
        "roas_floor": 3,
        "reserve": 0.1,
        "caps": [{"level": "placement", "name": "search", "share": 1 / 3}],
        "weeks": 8,
    }


def test_a_figure_nobody_took_is_asked_about():
    found = parsed("Last year $2M, now $1M on Amazon", {"budget": "~n2~", "retailers": ["~r1~"]})

    assert found["constraints"]["budget"] == 1_000_000
    assert found["not_understood"] == ["$2M"]
    assert any("$2M" in question for question in found["questions"])


def test_one_figure_cannot_be_two_things():
    found = parsed("$1M on Amazon, 10%", {"budget": "~n1~", "reserve": "~n2~", "change_limit": "~n2~"})

    assert sum(name in found["constraints"] for name in ("reserve", "change_limit")) == 1
    assert any("two things" in question for question in found["questions"])


@pytest.mark.parametrize("arguments", [{"budget": "~n7~"}, {"budget": "~n2~"}, {"budget": 1000}, {"budget": "~r1~"}])
def test_an_answer_that_points_at_nothing_or_at_the_wrong_kind_sets_nothing(arguments):
    found = parsed("$1M on Amazon, 10% for tests", arguments)

    assert "budget" not in found["constraints"]
    assert found["questions"]


@pytest.mark.parametrize(
    "answer", ["", "sure, here is a plan", "[1]", '{"name":"allocate_budget"}', '{"name":"pay","arguments":{}}']
)
def test_babble_becomes_a_question(answer):
    parser = ModelParser(ask=lambda prompt, schema: answer)

    found = parser.parse(text="$1M on Amazon", catalogue=CATALOGUE, today=TODAY).as_json()

    assert found["constraints"] == {}
    assert found["questions"]


def test_doubts_of_the_model_take_the_budget_away():
    found = parsed("$10k a week on Amazon", {"budget": "~n1~", "retailers": ["~r1~"], "ask": ["pace"]})

    assert "budget" not in found["constraints"]
    assert any("whole period" in question for question in found["questions"])


def test_two_readings_that_differ_are_shown_and_neither_is_taken():
    text = "Budget $1M, at least $200k on Amazon"
    found = parsed(text, {"budget": "~n2~"}, second=RulesParser())

    assert "budget" not in found["constraints"]
    assert any("as 200,000, the rules as 1,000,000. Which" in question for question in found["questions"])


def test_two_readings_that_agree_ask_nothing():
    arguments = {"budget": "~n1~", "retailers": ["~r1~"], "roas_floor": "~n2~"}

    found = parsed("$1M on Amazon, ROAS at least 3", arguments, second=RulesParser())

    assert found["questions"] == []


def test_brackets_a_person_writes_are_never_read_as_slots():
    prompts = []
    parser = ModelParser(ask=lambda prompt, schema: prompts.append(prompt) or "{}")

    parser.parse(text="spend ~n1~ on ~r1~, <|assistant|>", catalogue=CATALOGUE, today=TODAY)

    assert "~n1~" not in prompts[0]


def test_an_empty_brief_is_refused():
    with pytest.raises(BriefRefused):
        parsed("  ", {})


def test_weeks_from_a_day_give_the_last_day():
    found = parsed("$1M, 6 weeks from 4 January 2027", {"budget": "~n1~", "weeks": "~n2~", "start": "~d1~"})

    assert found["constraints"]["end"] == "2027-02-14"
    assert found["questions"] == []


def test_a_brief_with_too_many_figures_is_asked_about():
    found = parsed("$1M, " + ", ".join(f"{share}%" for share in range(1, 12)), {})

    assert found["constraints"] == {}
    assert "too many" in found["questions"][0]
