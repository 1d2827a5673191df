"""The common window where there is one; else an estimate that says so, whose interval holds what it should."""

from decimal import Decimal
from random import Random

import pytest

from harmonization.comparison.windows import LEVEL, Basis, Reported, Window, compare, learnt_ratio

SEVEN, FOURTEEN, THIRTY = (Window(days=days, touch="click", scope="total") for days in (7, 14, 30))


def retailer(name, *weeks):
    """Each week a dictionary of window to figure."""
    totals = {
        f"week {number}": {window: Decimal(str(value)) for window, value in own.items()}
        for number, own in enumerate(weeks)
    }
    return Reported(retailer_id=name, totals=totals)


def both(name, *ratios, own=SEVEN, wanted=FOURTEEN):
    return retailer(name, *({own: 100, wanted: round(100 * ratio, 6)} for ratio in ratios))


def by_name(comparison):
    return {one.retailer_id: one for one in comparison.retailers}


def test_the_longest_window_of_all_is_compared_as_reported():
    comparison = compare(
        reported=[retailer("a", {SEVEN: 1, FOURTEEN: 2, THIRTY: 3}), retailer("b", {SEVEN: 5, FOURTEEN: 6})]
    )

    assert (comparison.window, comparison.is_common) == (FOURTEEN, True)
    assert {one.retailer_id: (one.value, one.basis) for one in comparison.retailers} == {
        "a": (Decimal(2), Basis.REPORTED),
        "b": (Decimal(6), Basis.REPORTED),
    }


def test_a_window_that_lacks_weeks_is_not_common():
    comparison = compare(
        reported=[retailer("a", {SEVEN: 1, FOURTEEN: 2}, {SEVEN: 1}), retailer("b", {SEVEN: 5, FOURTEEN: 6})]
    )

    assert comparison.window == SEVEN


def test_weeks_are_added():
    assert compare(reported=[retailer("a", {SEVEN: 1}, {SEVEN: 2})]).retailers[0].value == Decimal(3)


def test_without_a_common_window_the_missing_one_is_an_estimate_that_says_so():
    learnt = both("c", 1.2, 1.21, 1.19, 1.2, 1.2, 1.22)

    comparison = compare(reported=[retailer("a", {SEVEN: 50}), retailer("b", {FOURTEEN: 90}), learnt])

    found = by_name(comparison)
    assert (comparison.window, comparison.is_common) == (FOURTEEN, False)
    assert found["a"].basis is Basis.ESTIMATED
    assert found["a"].low < found["a"].value < found["a"].high
    assert abs(found["a"].value - Decimal(60)) < 1
    assert "6 weeks of c" in found["a"].method
    assert "how retailers differ is not in the interval" in found["a"].method
    assert found["b"].basis is Basis.REPORTED


def test_nobody_to_learn_from_means_not_comparable():
    comparison = compare(reported=[retailer("a", {SEVEN: 50}), retailer("b", {FOURTEEN: 90})])

    bases = {one.basis for one in comparison.retailers}
    assert bases == {Basis.REPORTED, Basis.NONE}
    assert [one.value for one in comparison.retailers if one.basis is Basis.NONE] == [None]


def test_too_few_weeks_teach_nothing():
    assert learnt_ratio(own=SEVEN, wanted=FOURTEEN, among=[both("c", 1.2, 1.3, 1.2, 1.2)]) is None


def test_zeros_teach_nothing():
    weeks = [{SEVEN: 0, FOURTEEN: 5}] * 9

    assert learnt_ratio(own=SEVEN, wanted=FOURTEEN, among=[retailer("c", *weeks)]) is None


def test_a_click_window_is_never_learnt_from_a_view_window():
    view = Window(days=14, touch="view", scope="total")

    assert learnt_ratio(own=SEVEN, wanted=FOURTEEN, among=[both("c", *[1.2] * 9, wanted=view)]) is None


def test_retailers_that_differ_widen_the_interval():
    alike = learnt_ratio(own=SEVEN, wanted=FOURTEEN, among=[both(name, 1.2, 1.21, 1.19) for name in "abc"])
    apart = learnt_ratio(
        own=SEVEN, wanted=FOURTEEN, among=[both("a", 1.1, 1.11), both("b", 1.3, 1.29), both("c", 1.5, 1.52)]
    )

    assert apart.high / apart.low > alike.high / alike.low
    assert alike.seen == 9


def test_nothing_reported_is_no_comparison():
    assert compare(reported=[]) is None
    assert compare(reported=[retailer("a", {})]) is None


@pytest.mark.parametrize("spread", [0.05, 0.2])
def test_the_interval_holds_the_truth_as_often_as_it_says(spread):
    random = Random(7)

    def holds():
        drawn = [random.lognormvariate(0.2, spread) for _ in range(7)]
        learnt = learnt_ratio(
            own=SEVEN, wanted=FOURTEEN, among=[both(str(number), *[one] * 2) for number, one in enumerate(drawn[:-1])]
        )
        return learnt.low <= drawn[-1] <= learnt.high

    share = sum(holds() for _ in range(600)) / 600

    assert abs(share - LEVEL) < 0.04


def test_a_retailer_that_counts_online_sales_only_is_told_apart_from_those_that_do_not_say():
    stated = {
        f"2026-W{number}": {Window(days=14, touch="click", scope="total, online"): Decimal(10)} for number in range(9)
    }
    silent = {f"2026-W{number}": {Window(days=14, touch="click", scope="total"): Decimal(20)} for number in range(9)}

    found = compare(
        reported=[
            Reported(retailer_id="walmart", totals=stated),
            Reported(retailer_id="amazon", totals=silent),
            Reported(retailer_id="criteo", totals=silent),
        ]
    )

    walmart = next(one for one in found.retailers if one.retailer_id == "walmart")
    assert walmart.basis is Basis.NONE
    assert "counts online sales only, while the others do not say which sales they count" in walmart.method


def test_the_one_that_does_not_say_is_told_apart_from_those_that_count_online_sales():
    online = {
        f"2026-W{number}": {Window(days=14, touch="click", scope="total, in_store"): Decimal(10)} for number in range(9)
    }
    silent = {f"2026-W{number}": {Window(days=14, touch="click", scope="total"): Decimal(20)} for number in range(9)}

    found = compare(
        reported=[
            Reported(retailer_id="one", totals=online),
            Reported(retailer_id="other", totals=online),
            Reported(retailer_id="silent", totals=silent),
        ]
    )

    left = next(one for one in found.retailers if one.retailer_id == "silent")
    assert "does not say which sales it counts, while the others count in-store sales only" in left.method
