"""One test over blocks: right where people are alike, where predicting everybody by everybody else is not."""

import numpy as np
import pytest

from campaigns.uplift.calibration import calibrate
from campaigns.uplift.trial import Predicted

PEOPLE, FEATURES, BLOCKS = 320, 12, 8


def noise(world):
    """Features and scores that have nothing to do with each other."""
    rng = np.random.default_rng(world)
    return rng.normal(size=(PEOPLE, FEATURES)), rng.normal(size=PEOPLE)


def learnt(features, scores, train, ask):
    coefficients, *_ = np.linalg.lstsq(features[train], scores[train], rcond=None)
    return features[ask] @ coefficients


def in_order(features, scores):
    """Each block by a line through the blocks before it."""
    blocks = np.array_split(np.arange(PEOPLE), BLOCKS)
    effect = [learnt(features, scores, np.concatenate(blocks[:place]), blocks[place]) for place in range(2, BLOCKS)]
    people = np.concatenate(blocks[2:])
    return Predicted(people=people, block=people // (PEOPLE // BLOCKS) - 2, effect=np.concatenate(effect)), people


def all_by_all(features, scores):
    """Each block by a line through all the others."""
    people, effect = np.arange(PEOPLE), np.empty(PEOPLE)
    for block in np.array_split(people, BLOCKS):
        effect[block] = learnt(features, scores, np.setdiff1d(people, block), block)
    return Predicted(people=people, block=people // (PEOPLE // BLOCKS), effect=effect), people


def claims(predict):
    found = []
    for world in range(600):
        features, scores = noise(world)
        predicted, people = predict(features, scores)
        found.append(calibrate(predicted=predicted, scores=scores[people]).p_value < 0.05)
    return float(np.mean(found))


def test_noise_is_called_a_difference_as_often_as_the_test_allows():
    assert 0.03 <= claims(in_order) <= 0.07


def test_predicting_all_by_all_others_would_claim_far_too_much():
    """Each pair of people is then counted twice: the reason for the order."""
    assert claims(all_by_all) > 0.09


def test_one_block_is_an_ordinary_regression():
    rng = np.random.default_rng(4)
    effect, people = rng.normal(size=500), np.arange(500)
    scores = 0.3 * effect + rng.normal(size=500)

    found = calibrate(predicted=Predicted(people=people, block=0 * people, effect=effect), scores=scores)

    assert found.slope == pytest.approx(np.polyfit(effect, scores, 1)[0])
    assert found.error == pytest.approx(1 / np.sqrt(500), rel=0.15)
    assert found.freedom == 498


def test_blocks_count_by_how_surely_they_tell():
    rng = np.random.default_rng(5)
    block, effect = np.repeat([0, 1], 400), rng.normal(size=800)
    scores = np.where(block == 0, effect, 0.0) + rng.normal(0, np.where(block == 0, 0.1, 10.0))

    found = calibrate(predicted=Predicted(people=np.arange(800), block=block, effect=effect), scores=scores)

    assert found.slope == pytest.approx(1.0, abs=0.05)


def test_blocks_that_tell_nobody_apart_are_left_out():
    block = np.repeat([0, 1], 100)
    effect = np.concatenate([np.zeros(100), np.linspace(-1, 1, 100)])
    scores = np.random.default_rng(6).normal(size=200)
    both = calibrate(predicted=Predicted(people=np.arange(200), block=block, effect=effect), scores=scores)
    alone = calibrate(
        predicted=Predicted(people=np.arange(100), block=np.zeros(100, dtype=int), effect=effect[100:]),
        scores=scores[100:],
    )

    assert both == alone


def test_nobody_told_apart_has_no_slope_and_no_claim():
    nobody = Predicted(people=np.arange(50), block=np.zeros(50, dtype=int), effect=np.full(50, 0.2))

    found = calibrate(predicted=nobody, scores=np.arange(50.0))

    assert (found.slope, found.p_value, found.interval(confidence=0.9)) == (0.0, 1.0, (0.0, 0.0))
