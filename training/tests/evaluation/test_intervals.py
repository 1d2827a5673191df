import math

import pytest

from training.evaluation.intervals import ratio, score


def test_the_interval_holds_the_share_and_narrows_with_cases():
    few, many = score(right=[True, True, False, True] * 5), score(right=[True, True, False, True] * 50)

    assert few.low <= few.share <= few.high
    assert many.high - many.low < few.high - few.low


def test_all_right_is_still_uncertain_by_the_rule_of_three():
    assert score(right=[True] * 30).low == pytest.approx(0.9)
    assert score(right=[False] * 30).high == pytest.approx(0.1)


def test_the_same_cases_and_seed_give_the_same_interval():
    assert score(right=[True, False] * 9) == score(right=[True, False] * 9)


def test_a_ratio_of_equals_is_one_and_of_nothing_is_unknown():
    assert ratio(part=[True, False, True], whole=[True, False, True])[0] == 1
    assert math.isnan(ratio(part=[True], whole=[False])[0])


def test_nothing_cannot_be_scored():
    with pytest.raises(ValueError, match="nothing to score"):
        score(right=[])
