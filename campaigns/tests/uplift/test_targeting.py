"""Budgeted targeting: by hand where it can be, and never a preference that was not shown."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.uplift.judgement import Bin, Judgement
from campaigns.uplift.targeting import Offer, target
from campaigns.uplift.trial import UpliftRefused

EFFECTS = (0.2, 0.1, 0.02, -0.05)
PREDICTED = np.repeat(EFFECTS, 100)
OFFER = Offer(budget=300.0, cost=2.0, value=50.0, currency="USD")
JUDGED = Judgement(
    average=float(PREDICTED.mean()),
    average_interval=(PREDICTED.mean() - 0.01, PREDICTED.mean() + 0.01),
    qini=0.02,
    qini_interval=(0.01, 0.03),
    slope=1.0,
    slope_interval=(0.8, 1.2),
    p_value=0.0001,
    differs=True,
    claim="",
    curve=(),
    bins=tuple(Bin(people=100, predicted=one, observed=one, low=one - 0.1, high=one + 0.1) for one in EFFECTS),
)


def targeted(judgement=JUDGED, offer=OFFER):
    return target(judgement=judgement, people=400, offer=offer, confidence=0.9, rng=np.random.default_rng(0))


def test_the_best_segments_are_treated_first_until_the_money_ends():
    found = targeted()

    assert [round(one.treated) for one in found.segments] == [100, 50, 0, 0]
    assert found.spend == pytest.approx(300, rel=1e-4)
    assert found.gain == pytest.approx(100 * 0.2 * 50 + 50 * 0.1 * 50 - 300, rel=1e-3)
    assert found.certificate_gap < 1e-6


def test_with_money_left_those_not_worth_their_cost_stay_untreated():
    found = targeted(offer=replace(OFFER, budget=10_000.0))

    assert [round(one.treated) for one in found.segments] == [100, 100, 0, 0]


def test_a_larger_audience_scales_every_segment():
    found = targeted(offer=replace(OFFER, budget=10_000.0, audience=4_000))

    assert sum(one.people for one in found.segments) == pytest.approx(4_000)
    assert found.segments[0].treated == pytest.approx(1_000, rel=1e-4)


def test_targeting_beats_as_many_people_at_random():
    found = targeted()

    assert found.at_random == pytest.approx(150 * JUDGED.average * 50 - 300, rel=1e-3)
    assert found.gain > found.at_random
    assert found.gain_interval[0] < found.gain < found.gain_interval[1]
    assert "gain most" in found.claim


def test_where_people_are_not_shown_to_differ_nobody_is_preferred():
    found = targeted(replace(JUDGED, differs=False))

    assert {round(one.effect, 6) for one in found.segments} == {round(JUDGED.average, 6)}
    assert found.gain == pytest.approx(found.at_random, rel=1e-3)
    assert "at random" in found.claim


def test_nobody_is_treated_when_the_effect_is_not_above_zero():
    harmful = replace(JUDGED, average=-0.05, average_interval=(-0.06, -0.04), differs=False)

    assert targeted(harmful).spend == 0.0
    assert "nobody" in targeted(harmful).claim


def test_an_uncertain_gain_is_not_called_one():
    unsure = replace(JUDGED, average_interval=(-1.0, 1.14), differs=False)

    assert "not shown" in targeted(unsure).claim


@pytest.mark.parametrize(("name", "value"), [("budget", 0.0), ("cost", -1.0), ("value", float("nan")), ("audience", 0)])
def test_impossible_offers_are_refused_by_name(name, value):
    with pytest.raises(UpliftRefused) as refusal:
        replace(OFFER, **{name: value})

    assert refusal.value.where == name
