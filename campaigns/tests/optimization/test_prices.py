"""Shadow prices against what really happens when a rule moves a little."""

import pytest

from campaigns.optimization.allocation import allocate
from campaigns.tests.optimization.problems import cell, problem

CELLS = [cell("a", beta=300.0, k=40.0), cell("b", beta=200.0, k=60.0), cell("c", beta=400.0, k=100.0)]


def rule(kind, name, value, path=(), **more):
    return {"kind": kind, "name": name, "value": value, "path": list(path), **more}


def solved(*, budget=100.0, cells=CELLS, rules=(), method="lp", **more):
    return allocate(problem=problem(budget=budget, cells=cells, rules=rules, **more), method=method)


@pytest.mark.parametrize("method", ["lp", "convex"])
def test_price_of_the_budget_is_the_marginal_return_of_free_cells(method):
    # Two equal cells at 50 each: slope 300*40/90^2 = 1.4815.
    twins = [cell("a", beta=300.0, k=40.0), cell("b", beta=300.0, k=40.0)]

    price = solved(cells=twins, method=method).shadow_prices["budget"]

    assert price.value == pytest.approx(300 * 40 / 90**2, rel=1e-4)
    assert price.meaning == "One more 0.1 USD of budget brings 0.148 USD more incremental margin."


MOVES = [
    ("budget", {"budget": 100.0}, {"budget": 100.1}, 0.1),
    ("cap", {"rules": [rule("node_cap", "cap", 30.0, ["onsite", "a"])]},
     {"rules": [rule("node_cap", "cap", 30.1, ["onsite", "a"])]}, 0.1),
    ("floor", {"rules": [rule("node_floor", "floor", 30.0, ["onsite", "b"])]},
     {"rules": [rule("node_floor", "floor", 29.9, ["onsite", "b"])]}, 0.1),
    ("share", {"rules": [rule("node_cap", "share", 0.3, ["onsite", "a"], value_kind="share")]},
     {"rules": [rule("node_cap", "share", 0.301, ["onsite", "a"], value_kind="share")]}, 0.1),
    ("fixed", {"rules": [rule("fixed", "fixed", 50.0, ["onsite", "c"])]},
     {"rules": [rule("fixed", "fixed", 50.1, ["onsite", "c"])]}, 0.1),
    ("reserve", {"rules": [rule("reserve", "reserve", 0.2)]}, {"rules": [rule("reserve", "reserve", 0.199)]}, 0.001),
    ("ROAS", {"budget": 200.0, "rules": [rule("roas_floor", "ROAS", 3.0)]},
     {"budget": 200.0, "rules": [rule("roas_floor", "ROAS", 2.99)]}, 0.01),
]  # fmt: skip


@pytest.mark.parametrize("method", ["auto", "lp"])
@pytest.mark.parametrize(("name", "before", "after", "step"), MOVES, ids=[name for name, *_ in MOVES])
def test_price_is_what_a_small_move_of_the_rule_brings(name, before, after, step, method):
    first, second = solved(**before, method=method), solved(**after, method=method)

    gained = (second.objective - first.objective) / step
    assert first.shadow_prices[name].value == pytest.approx(gained, rel=0.01, abs=1e-4)


def test_budget_counts_the_share_limits_that_move_with_it():
    rules = [rule("node_cap", "share", 0.3, ["onsite", "a"], value_kind="share"), rule("reserve", "reserve", 0.2)]

    first, second = solved(rules=rules), solved(rules=rules, budget=100.1)

    gained = (second.objective - first.objective) / 0.1
    assert first.shadow_prices["budget"].value == pytest.approx(gained, rel=0.01)


def test_change_limit_is_priced_per_share_widened():
    cells = [cell("a", beta=300.0, k=40.0, current=20.0), cell("b", beta=200.0, k=60.0, current=60.0)]

    first, second = (solved(cells=cells, rules=[rule("change_limit", "change", v)]) for v in (0.2, 0.201))

    assert first.shadow_prices["change"].value == pytest.approx((second.objective - first.objective) / 0.001, rel=0.01)


def test_same_rules_bind_inside_the_validity_of_the_budget_and_others_outside():
    # c enters when the price falls to its slope at zero, 4; a alone then has sqrt(300*40/4) - 40 = 14.77.
    cells = [cell("a", beta=300.0, k=40.0, cap=70.0), cell("c", beta=400.0, k=100.0)]
    price = solved(cells=cells, budget=100.0).shadow_prices["budget"]

    # a is full at 70 when the price is 12000/110^2 = 0.9917; c then has sqrt(40000/0.9917) - 100 = 100.83.
    assert price.valid_from == pytest.approx(14.772, rel=1e-3)
    assert price.valid_to == pytest.approx(170.83, rel=1e-3)
    assert solved(cells=cells, budget=170.0).binding == ("budget",)
    assert solved(cells=cells, budget=172.0).binding == ("budget", "maximum of a")


def test_validity_without_an_upper_end_is_open():
    price = solved(cells=[cell("a", beta=300.0, k=40.0)]).shadow_prices["budget"]

    assert price.valid_to is None
    assert price.validity == "From this budget upward the same rules bind."


def test_range_that_cannot_be_told_says_why():
    plan = problem(
        budget=100.0, cells=CELLS, rules=[rule("node_cap", "share", 0.3, ["onsite", "a"], value_kind="share")]
    )
    allocation = allocate(problem=plan, method="auto", ranges=False)

    price = allocation.shadow_prices["budget"]
    assert (price.valid_from, price.valid_to) == (None, None)
    assert "shares of the budget move with it" in price.validity


def test_rules_that_do_not_bind_have_no_price():
    allocation = solved(rules=[rule("node_cap", "cap", 90.0, ["onsite", "a"])])

    assert allocation.binding == ("budget",)
    assert set(allocation.shadow_prices) == {"budget"}


def test_binding_roas_floor_is_said_to_set_the_price_of_money():
    allocation = solved(budget=500.0, rules=[rule("roas_floor", "ROAS", 3.0)])

    assert allocation.binding == ("ROAS",)
    assert "budget" not in allocation.shadow_prices
    assert "set by “ROAS”, not by the budget" in allocation.notes[0]


def test_caps_that_sum_to_the_budget_are_said_to_leave_prices_open():
    cells = [cell("a", beta=300.0, k=40.0, cap=10.0), cell("b", beta=200.0, k=60.0, cap=90.0)]

    allocation = solved(cells=cells)

    assert allocation.spend == pytest.approx({"a": 10.0, "b": 90.0})
    assert any("not unique" in note for note in allocation.notes)


def test_spend_under_the_steep_part_of_an_s_shape_is_pointed_out():
    s_shaped = cell("a", beta=300.0, k=40.0) | {"curve": {"kind": "hill", "beta": 300.0, "k": 40.0, "s": 2.0}}

    allocation = solved(cells=[s_shaped], budget=20.0)

    assert "The response of a is S-shaped" in allocation.notes[-1]


RANGED = [
    ("cap", [rule("node_cap", "cap", 30.0, ["onsite", "a"])]),
    ("floor", [rule("node_floor", "floor", 40.0, ["onsite", "b"])]),
    ("fixed", [rule("fixed", "fixed", 50.0, ["onsite", "c"])]),
    ("share", [rule("node_cap", "share", 0.3, ["onsite", "a"], value_kind="share")]),
    ("reserve", [rule("reserve", "reserve", 0.2)]),
]


@pytest.mark.parametrize(("name", "rules"), RANGED, ids=[name for name, _ in RANGED])
def test_same_rules_bind_inside_the_validity_of_each_rule(name, rules):
    answer = solved(rules=rules, method="auto")
    price = answer.shadow_prices[name]

    wide = price.valid_to - price.valid_from
    assert wide > 0.0
    for value in (price.valid_from + 0.01 * wide, price.valid_to - 0.01 * wide):
        inside = solved(rules=[rules[0] | {"value": value}], method="auto")
        assert inside.binding == answer.binding
        assert set(inside.shadow_prices) == set(answer.shadow_prices)


def test_cap_lets_go_where_its_price_meets_that_of_the_budget():
    # Without the cap the twins would have 50 each, so a cap on one of them is worth something up to there.
    twins = [cell("a", beta=300.0, k=40.0), cell("b", beta=300.0, k=40.0)]

    capped = [rule("node_cap", "cap", 30.0, ["onsite", "a"])]
    price = solved(cells=twins, rules=capped, method="auto").shadow_prices["cap"]

    assert price.valid_to == pytest.approx(50.0)


def test_maximum_of_a_cell_has_a_range_too():
    twins = [cell("a", beta=300.0, k=40.0, cap=30.0), cell("b", beta=300.0, k=40.0)]

    price = solved(cells=twins, method="auto").shadow_prices["maximum of a"]

    assert (price.valid_from, price.valid_to) == (pytest.approx(0.0), pytest.approx(50.0))


TRIED = [
    ("ROAS", [rule("roas_floor", "ROAS", 3.0)], 500.0),
    ("change", [rule("change_limit", "change", 0.3, ["onsite", "a"])], 100.0),
    ("share of shares", [rule("node_cap", "share of shares", 0.2, ["onsite", "a"], value_kind="share")], 100.0),
]


@pytest.mark.parametrize(("name", "rules", "budget"), TRIED, ids=[name for name, _, _ in TRIED])
def test_rules_that_share_the_price_of_money_have_ranges_too(name, rules, budget):
    cells = [
        cell("a", beta=300.0, k=40.0, current=20.0),
        cell("b", beta=200.0, k=60.0, current=40.0),
        cell("c", beta=400.0, k=100.0, current=40.0),
    ]
    answer = solved(cells=cells, rules=rules, budget=budget, method="auto")
    price = answer.shadow_prices[name]

    wide = price.valid_to - price.valid_from
    assert wide > 0.0
    assert price.valid_from <= rules[0]["value"] <= price.valid_to
    for value in (price.valid_from + 0.02 * wide, price.valid_to - 0.02 * wide):
        inside = solved(cells=cells, rules=[rules[0] | {"value": value}], budget=budget, method="auto")
        assert inside.binding == answer.binding
    further = [rules[0] | {"value": price.valid_to + 0.05 * wide}]
    beyond = solved(cells=cells, rules=further, budget=budget, method="auto")
    assert beyond.binding != answer.binding


def test_budget_has_a_range_where_a_share_of_it_binds():
    share = rule("node_cap", "cap", 0.2, ["onsite", "a"], value_kind="share")

    price = solved(rules=[share], method="auto").shadow_prices["budget"]

    assert price.valid_from < 100.0 < (price.valid_to or 1e9)


def test_large_plans_say_that_their_ranges_were_not_tried():
    cells = [cell(f"c{i}", beta=300.0, k=40.0, cap=2.0) for i in range(500)]
    answer = solved(cells=cells, rules=[rule("roas_floor", "ROAS", 7.3)], budget=5_000.0, method="auto")

    assert answer.shadow_prices["ROAS"].valid_from is None
    assert answer.shadow_prices["ROAS"].validity.startswith("Not computed")
