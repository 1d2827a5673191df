"""False alarms and detections of the outlier test, measured on sources whose truth is known."""

from datetime import timedelta

import numpy as np
import pytest

from harmonization.monitoring.days import gaps, repeated_days
from harmonization.monitoring.outliers import outliers
from harmonization.tests.monitoring.series import START, clean_days, scaled

SOURCES, DAYS = 60, 150
LEAST_HISTORY = 35
AMOUNTS = ("cost", "revenue")


@pytest.mark.parametrize("noise", [0.05, 0.15, 0.35])
def test_ordinary_days_seldom_alarm(noise):
    """At most one alarm in 400 source-days, over six metrics together; about one in 2,000 is expected."""
    rng = np.random.default_rng(int(1000 * noise))

    alarms = sum(len(outliers(days=clean_days(rng=rng, days=DAYS, noise=noise))) for _ in range(SOURCES))

    assert alarms / (SOURCES * (DAYS - LEAST_HISTORY)) <= 1 / 400


def test_small_campaigns_do_not_alarm_for_their_small_counts():
    rng = np.random.default_rng(3)

    alarms = sum(len(outliers(days=clean_days(rng=rng, days=DAYS, volume=900.0))) for _ in range(SOURCES))

    assert alarms / (SOURCES * (DAYS - LEAST_HISTORY)) <= 1 / 400


@pytest.mark.parametrize(
    ("names", "factor", "word"),
    [
        (("cost",), 10.0, "Cost is about ten times"),
        (AMOUNTS, 0.01, "a hundred times less"),
        (AMOUNTS, 1_000_000.0, "a million times"),
        (AMOUNTS, 4.5, "another currency"),
        (("impressions", "clicks", "cost", "orders", "revenue", "facts"), 0.1, "a part is missing"),
    ],
    ids=["cost x10", "amounts in whole units", "amounts in micros", "silent currency switch", "a tenth of the day"],
)
def test_faulty_days_are_found_and_mostly_with_their_cause(names, factor, word):
    rng = np.random.default_rng(11)
    found = explained = 0
    for _ in range(SOURCES):
        days, place = clean_days(rng=rng, days=90), int(rng.integers(60, 90))
        days[place] = scaled(days[place], factor=factor, names=names)
        of_day = [one for one in outliers(days=days) if one.event_date == days[place].day]
        found += bool(of_day)
        explained += any(word in one.cause for one in of_day)

    assert found / SOURCES >= 0.99
    assert explained / SOURCES >= 0.9


def test_missing_days_are_found_and_weekends_without_data_are_not():
    rng = np.random.default_rng(5)
    found = false = 0
    for _ in range(SOURCES):
        days = [one.day for one in clean_days(rng=rng, days=90)]
        working = [day for day in days if day.weekday() < 5]
        lost = [working[int(rng.integers(40, 60))]]
        found += [one.event_date for one in gaps(days=[day for day in working if day not in lost])] == lost
        false += len(gaps(days=days)) + len(gaps(days=working))

    assert (found, false) == (SOURCES, 0)


def test_days_counted_twice_and_copied_days_are_found_and_ordinary_ones_are_not():
    rng = np.random.default_rng(6)
    doubled = copied = false = 0
    for _ in range(SOURCES):
        days = clean_days(rng=rng, days=90)
        false += len(repeated_days(days=days))
        twice = scaled(days[70], factor=2, names=("impressions", "clicks", "cost", "revenue"))
        twice = scaled(twice, factor=0, names=("odd_facts",))
        doubled += [one.event_date for one in repeated_days(days=[*days[:70], twice])] == [twice.day]
        copy = scaled(days[70], factor=1, names=())
        object.__setattr__(copy, "day", START + timedelta(days=75))
        copied += [one.event_date for one in repeated_days(days=[*days[:75], copy])] == [copy.day]

    assert (doubled, copied, false) == (SOURCES, SOURCES, 0)
