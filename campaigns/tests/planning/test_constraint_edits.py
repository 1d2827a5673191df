"""Single constraints are addressed, changed and removed without touching the others."""

import pytest

from campaigns.planning.constraint_edits import (
    ConstraintMissing,
    constraint_at,
    read_key,
    with_constraint,
    without_constraint,
)

CAP, OTHER = {"level": "placement", "name": None, "share": 0.3}, {"level": "brand", "name": "Lumen", "share": 0.5}
SAID = {"budget": 100.0, "caps": [CAP, OTHER], "fixed": {"amazon": 10.0}, "weeks": 6, "start": "2026-06-01"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("budget", 100.0),
        ("caps-1", OTHER),
        ("caps", None),
        ("fixed-0", ("amazon", 10.0)),
        ("roas_floor", None),
        ("period", {"weeks": 6, "start": "2026-06-01", "end": None}),
    ],
)
def test_a_key_leads_to_its_constraint(key, value):
    assert constraint_at(constraints=SAID, key=read_key(key)) == value


def test_a_listed_kind_without_a_place_adds_one():
    changed = with_constraint(constraints=SAID, key=read_key("caps"), value=CAP)

    assert changed["caps"] == [CAP, OTHER, CAP]
    assert SAID["caps"] == [CAP, OTHER]


def test_a_fixed_amount_is_replaced_with_its_name():
    changed = with_constraint(constraints=SAID, key=read_key("fixed-0"), value=("walmart", 20.0))

    assert changed["fixed"] == {"walmart": 20.0}


def test_removing_the_last_of_a_list_removes_the_list():
    once = without_constraint(constraints=SAID, key=read_key("caps-0"))
    twice = without_constraint(constraints=once, key=read_key("caps-0"))

    assert once["caps"] == [OTHER]
    assert "caps" not in twice


def test_the_period_is_one_constraint():
    changed = with_constraint(constraints=SAID, key=read_key("period"), value={"weeks": 4, "start": None, "end": None})

    assert changed["weeks"] == 4
    assert "start" not in changed
    assert "weeks" not in without_constraint(constraints=SAID, key=read_key("period"))


def test_a_place_that_is_not_there_is_refused():
    with pytest.raises(ConstraintMissing):
        without_constraint(constraints=SAID, key=read_key("caps-7"))
