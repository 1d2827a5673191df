import datetime as dt

import pytest

from campaigns.briefs import (
    Catalogue,
    Chip,
    ConstraintError,
    Constraints,
    Limit,
    Target,
    constraints_from_json,
    constraints_to_json,
    constraints_to_text,
    replace,
)

FULL = Constraints(
    budget=2_500_000,
    currency="USD",
    retailers=("amazon", "walmart"),
    brand="Nordmill",
    objective="incremental_margin",
    roas_floor=3,
    cpa_ceiling=12.5,
    reserve=0.1,
    caps=(Limit(level="placement", name=None, share=0.3),),
    floors=(Limit(level="retailer", name="amazon", amount=300_000),),
    fixed={"walmart": 500_000},
    change_limit=0.2,
    oos_threshold=0.15,
    weeks=12,
    start=dt.date(2027, 1, 1),
    end=dt.date(2027, 3, 25),
    target=Target(metric="roas", value=4),
)


def test_constraints_survive_json():
    written = constraints_to_json(constraints=FULL)

    assert constraints_from_json(values=written) == FULL
    assert written["caps"] == [{"level": "placement", "name": None, "share": 0.3}]
    assert written["target"] == {"roas": 4}
    assert written["start"] == "2027-01-01"


def test_what_was_not_said_is_absent():
    assert constraints_to_json(constraints=Constraints(budget=1.0)) == {"budget": 1.0}


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"budgett": 1}, "budgett"),
        ({"budget": 0}, "budget"),
        ({"budget": True}, "budget"),
        ({"budget": float("nan")}, "budget"),
        ({"budget": "1M"}, "budget"),
        ({"currency": "usd"}, "currency"),
        ({"retailers": "amazon"}, "retailers"),
        ({"retailers": ["amazon", ""]}, "retailers[1]"),
        ({"objective": "fame"}, "objective"),
        ({"reserve": 1.2}, "reserve"),
        ({"reserve": 1}, "reserve"),
        ({"budget": 10**400}, "budget"),
        ({"brand": "a\0b"}, "brand"),
        ({"brand": "\ud800"}, "brand"),
        ({"fixed": {"a\nb": 1}}, "fixed"),
        ({"retailers": ["amazon"] * 201}, "retailers"),
        ({"caps": [{"level": "placement", "name": None, "share": 0.3}] * 201}, "caps"),
        ({"weeks": 1e-6}, "weeks"),
        ({"start": "0001-01-01", "end": "9999-12-31"}, "end"),
        ({"caps": [{"level": "shelf", "name": None, "share": 0.3}]}, "caps[0].level"),
        ({"caps": [{"level": "placement", "name": None}]}, "caps[0]"),
        ({"caps": [{"level": "placement", "name": None, "share": 0.3, "amount": 3}]}, "caps[0]"),
        ({"caps": [{"level": "placement", "name": None, "share": 30}]}, "caps[0].share"),
        ({"floors": {"amazon": 1}}, "floors"),
        ({"fixed": {"amazon": -1}}, "fixed.amazon"),
        ({"fixed": [1]}, "fixed"),
        ({"weeks": 105}, "weeks"),
        ({"start": "01/02/2027"}, "start"),
        ({"start": "2027-02-01", "end": "2027-01-01"}, "end"),
        ({"target": {"fame": 3}}, "target"),
        ({"target": 3}, "target"),
        ({"budget": 100, "fixed": {"amazon": 101}}, "fixed"),
    ],
)
def test_malformed_constraints_name_their_field(values, where):
    with pytest.raises(ConstraintError) as refusal:
        constraints_from_json(values=values)

    assert refusal.value.where == where
    assert refusal.value.detail


def test_bounds_are_written_as_people_write_numbers():
    with pytest.raises(ConstraintError) as refusal:
        constraints_from_json(values={"budget": 1e15})

    assert refusal.value.detail == "This must be a number above 0 to 1,000,000,000,000."


def test_retailer_named_twice_counts_once():
    assert constraints_from_json(values={"retailers": ["amazon", "walmart", "amazon"]}).retailers == (
        "amazon",
        "walmart",
    )


def test_name_in_any_script_is_a_name():
    assert constraints_from_json(values={"brand": "日清 Café\u00a0Zoë"}).brand == "日清 Café\u00a0Zoë"


def test_replace_changes_one_field_and_null_removes_one():
    changed = replace(constraints=FULL, changes={"roas_floor": 2.5, "brand": None})

    assert changed.roas_floor == 2.5
    assert changed.brand is None
    assert changed.budget == FULL.budget


def test_replace_checks_what_it_is_given():
    with pytest.raises(ConstraintError, match="reserve"):
        replace(constraints=FULL, changes={"reserve": 10})


def test_every_constraint_has_a_chip():
    chips = constraints_to_text(constraints=FULL, names={"amazon": "Amazon", "walmart": "Walmart"})

    assert [chip.text for chip in chips] == [
        "Budget 2,500,000 USD",
        "Maximise incremental margin",
        "Amazon and Walmart",
        "Brand Nordmill",
        "ROAS at least 3",
        "Cost per order at most 12.50 USD",
        "10% held for experiments",
        "No line moves more than 20%",
        "Stock-out risk at most 15%",
        "12 weeks",
        "From 2027-01-01",
        "Until 2027-03-25",
        "Least budget that reaches roas 4",
        "each placement: at most 30%",
        "Amazon: at least 300,000 USD",
        "Walmart: exactly 500,000 USD",
    ]


def test_chips_name_the_field_they_stand_for():
    chips = constraints_to_text(constraints=Constraints(caps=FULL.caps, fixed={"home": 5.0}))

    assert chips == (
        Chip(field="caps[0]", text="each placement: at most 30%"),
        Chip(field="fixed.home", text="home: exactly 5"),
    )


def test_aliases_are_names_too():
    catalogue = Catalogue(retailers={"amazon": "Amazon"}, aliases={("retailer", "amazon"): ("The Jungle",)})

    assert catalogue.phrases()["the jungle"] == ("retailer", "amazon")
