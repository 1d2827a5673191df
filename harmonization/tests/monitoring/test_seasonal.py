"""The judgement of a day by the days before it."""

import numpy as np

from harmonization.monitoring.seasonal import judge_days

QUIET = np.zeros(84)


def wavy(days: int = 84) -> np.ndarray:
    """A weekly season of ±30 % around 100, with a small fixed wobble."""
    number = np.arange(days)
    return np.log(100 * (1 + 0.3 * np.sin(2 * np.pi * number / 7)) * (1 + 0.02 * np.sin(1.7 * number)))


def test_history_too_short_to_judge_says_nothing():
    judged = judge_days(values=wavy(20), sampling_variance=np.zeros(20))

    assert np.isnan(judged.chance).all()


def test_weekday_season_is_expected_not_odd():
    judged = judge_days(values=wavy(), sampling_variance=QUIET)

    assert np.abs(np.exp(judged.expected[50:]) / np.exp(wavy()[50:]) - 1).max() < 0.08
    assert np.nanmin(judged.chance[50:]) > 1e-3


def test_later_days_do_not_change_what_was_said_of_earlier_ones():
    short = judge_days(values=wavy(60), sampling_variance=np.zeros(60))
    long = judge_days(values=wavy(84), sampling_variance=QUIET)

    assert np.array_equal(short.oddness, long.oddness[:60], equal_nan=True)


def test_one_wild_day_does_not_spoil_the_expectation_of_the_next():
    values = wavy()
    values[70] += np.log(100)

    judged = judge_days(values=values, sampling_variance=QUIET)

    assert judged.chance[70] < 1e-9
    assert abs(judged.miss[71]) < 0.1


def test_missing_days_are_not_judged_and_do_not_end_the_judgement():
    values = wavy()
    values[60:63] = np.nan

    judged = judge_days(values=values, sampling_variance=QUIET)

    assert np.isnan(judged.chance[60:63]).all()
    assert not np.isnan(judged.chance[63:]).any()


def test_range_holds_the_day_and_widens_with_small_counts():
    many = judge_days(values=wavy(), sampling_variance=QUIET)
    few = judge_days(values=wavy(), sampling_variance=np.full(84, 0.25))

    assert many.low[80] < wavy()[80] < many.high[80]
    assert few.high[80] - few.low[80] > many.high[80] - many.low[80]
