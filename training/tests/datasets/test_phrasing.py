import random

from training.datasets.phrasing import choose, fill, is_held_out, join, phrasing_count, templates
from training.datasets.wording import limits, period, returns, spend

BANKS = {
    "budget": spend.BUDGET_ON_PLACES + spend.BUDGET_ALONE,
    "retailers": spend.BUDGET_ON_PLACES + spend.PLACES,
    "brand": spend.BRAND,
    "objective": spend.OBJECTIVE_LEAD,
    "roas_floor": returns.ROAS,
    "cpa_ceiling": returns.CPA,
    "reserve": returns.RESERVE,
    "caps": limits.CAP_EACH + limits.CAP_NODE,
    "floors": limits.FLOOR_EACH + limits.FLOOR_NODE,
    "fixed": limits.FIXED,
    "excluded": limits.EXCLUDE,
    "change_limit": returns.CHANGE,
    "oos_threshold": returns.OOS,
    "weeks": period.WEEKS,
    "dates": period.START_END + period.PERIOD + period.START + period.END,
    "target": returns.TARGET,
}
FEWEST_PHRASINGS = 100


def test_every_field_can_be_said_in_a_hundred_ways():
    counts = {field: sum(phrasing_count(template=each) for each in bank) for field, bank in BANKS.items()}

    assert {field: count for field, count in counts.items() if count < FEWEST_PHRASINGS} == {}


def test_both_sides_of_the_split_can_say_every_field():
    for field, bank in BANKS.items():
        ours, theirs = (set(templates(of=bank, held_out=side)) for side in (False, True))

        assert len(ours) > len(theirs) >= 1, field


def test_no_template_is_on_both_sides():
    every = [each for bank in BANKS.values() for each in bank]
    held_out = {each for each in every if is_held_out(template=each)}

    assert held_out
    assert held_out.isdisjoint(templates(of=every, held_out=False))


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
