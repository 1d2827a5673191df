"""Findings about odd days: wording, one a day, too short to judge."""

import numpy as np

from harmonization.monitoring.fields import lost_fields
from harmonization.monitoring.finding import FindingKind
from harmonization.monitoring.outliers import outliers, too_short_to_judge
from harmonization.monitoring.wording import odds_in_words
from harmonization.tests.monitoring.series import START, clean_days, scaled


def days_with(place: int, *, factor: float, names: tuple[str, ...]):
    days = clean_days(rng=np.random.default_rng(4), days=80, noise=0.1)
    days[place] = scaled(days[place], factor=factor, names=names)
    return days


def test_odd_day_is_one_finding_with_range_odds_cause_and_advice():
    (found,) = outliers(days=days_with(70, factor=10, names=("cost",)))

    assert (found.kind, found.metric in {"cost", "cpc", "roas"}) == (FindingKind.OUTLIER, True)
    assert "also" in found.summary
    assert " to " in found.expected
    assert found.odds == "less than once in a million ordinary days"
    assert "ten times" in found.cause
    assert found.advice


def test_days_in_a_row_are_one_finding_about_the_first():
    days = days_with(70, factor=10, names=("cost",))
    days[71:74] = [scaled(one, factor=10, names=("cost",)) for one in days[71:74]]

    (found,) = outliers(days=days)

    assert found.event_date == days[70].day
    assert found.summary.endswith(f"4 odd days up to {days[73].day:%-d %b %Y}")


def test_day_with_few_rows_but_usual_figures_is_a_drop_of_coverage():
    (found,) = outliers(days=days_with(70, factor=0.3, names=("facts",)))

    assert (found.kind, found.metric) == (FindingKind.COVERAGE_DROP, "facts")


def test_more_rows_than_usual_are_not_odd():
    assert outliers(days=days_with(70, factor=3, names=("facts",))) == ()


def test_zero_cost_on_a_day_with_delivery_is_odd():
    (found,) = outliers(days=days_with(70, factor=0, names=("cost",)))

    assert "far below" in found.summary


def test_four_weeks_are_needed_to_judge():
    days = days_with(20, factor=10, names=("cost",))

    assert too_short_to_judge(days=days[:27])
    assert outliers(days=days[:27]) == ()


def test_newest_days_are_not_called_odd_because_sales_still_come_in():
    days = clean_days(rng=np.random.default_rng(9), days=80, noise=0.05)
    fading = [scaled(one, factor=0.2, names=("revenue", "orders")) for one in days[66:]]
    with_rule = [
        type(one)(**{**one.__dict__, "is_final": (one.day - START).days < 66}) for one in [*days[:66], *fading]
    ]

    assert outliers(days=with_rule) == ()
    assert outliers(days=[*days[:66], *fading])


def test_odds_are_told_in_round_numbers():
    assert odds_in_words(chance=1 / 12_345) == "about once in 12,000 ordinary days"


def test_column_that_empties_or_vanishes_is_told():
    found = lost_fields(
        before={"brand": 1.0, "sku_id": 0.95, "category": 0.4}, after={"brand": 0.2, "category": 0.0}, event_date=START
    )

    assert [(one.metric, one.summary.split(" is ")[1]) for one in found] == [
        ("brand", "mostly empty in the newest file"),
        ("sku_id", "absent in the newest file"),
    ]
