"""Constraints as chips."""

from campaigns.planning.constraint_words import constraints_in_words

NAMES = {"amazon": "Amazon", "walmart": "Walmart"}


def words(constraints):
    said = constraints_in_words(constraints=constraints, currency="USD", names=NAMES)
    return [(str(chip.key), chip.label, chip.value) for chip in said]


def test_every_kind_has_its_words():
    said = {
        "budget": 2_500_000,
        "retailers": ["amazon", "walmart"],
        "roas_floor": 3.0,
        "reserve": 0.1,
        "caps": [
            {"level": "placement", "name": None, "share": 0.3},
            {"level": "retailer", "name": "amazon", "amount": 9},
        ],
        "fixed": {"walmart": 50_000},
        "weeks": 12,
        "start": "2026-06-01",
    }

    assert words(said) == [
        ("budget", "Budget", "$2,500,000"),
        ("retailers", "Retailers", "Amazon, Walmart"),
        ("roas_floor", "ROAS at least", "3.0×"),
        ("reserve", "Held for experiments", "10%"),
        ("caps-0", "At most", "30% on each placement"),
        ("caps-1", "At most", "$9 on Amazon"),
        ("fixed-0", "Fixed", "Walmart $50,000"),
        ("period", "Period", "12 weeks from 2026-06-01"),
    ]


def test_what_was_not_said_has_no_chip():
    assert words({"budget": None, "caps": [], "retailers": []}) == []


def test_half_percents_are_not_rounded_away():
    assert words({"reserve": 0.125}) == [("reserve", "Held for experiments", "12.5%")]
