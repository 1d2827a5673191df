"""Trimmed match against its authors' own figures and on pairs whose iROAS is known."""

import numpy as np
import pytest

from campaigns.measurement.analysis import analyze
from campaigns.measurement.panel import InsufficientData, MeasurementRefused
from campaigns.measurement.trimmed_match import PairDifferences, trimmed_match
from campaigns.tests.measurement.worlds import panel

PUBLISHED = PairDifferences(response=np.array([1.0, 10, 3, 8]), cost=np.array([1.0, 5, 2, 5]))


@pytest.mark.parametrize(
    ("per_side", "iroas", "error", "interval", "trimmed"),
    [(0, 1.692, 0.138, (1.250, 1.905), ()), (1, 1.571, 0.041, (-29.374, 1.619), (0, 1))],
)
def test_published_example(per_side, iroas, error, interval, trimmed):
    """google/trimmed_match, estimator_test.py (Apache-2.0)."""
    found = trimmed_match(pairs=PUBLISHED, confidence=0.9, trimmed_per_side=per_side)

    assert found.iroas == pytest.approx(iroas, abs=1e-3)
    assert found.standard_error == pytest.approx(error, abs=1e-3)
    assert found.interval == pytest.approx(interval, abs=1e-3)
    assert found.trimmed == trimmed


def test_trimming_is_chosen_as_published():
    assert trimmed_match(pairs=PUBLISHED, confidence=0.9).trimmed_per_side == 1


def random_pairs(rng: np.random.Generator, *, iroas: float) -> PairDifferences:
    size = rng.lognormal(0, 1, 50)
    cost = size * 100 * rng.uniform(0.8, 1.2, 50)
    return PairDifferences(response=iroas * cost + rng.standard_t(3, 50) * size * 60, cost=cost)


def test_pair_that_went_astray_is_left_out():
    pairs = random_pairs(np.random.default_rng(3), iroas=2.0)
    astray = PairDifferences(response=pairs.response + 1e6 * (np.arange(50) == 7), cost=pairs.cost)

    found = trimmed_match(pairs=astray, confidence=0.9)

    assert 7 in found.trimmed
    assert found.interval[0] <= 2.0 <= found.interval[1]


def test_p_value_and_interval_agree():
    rng = np.random.default_rng(8)
    for _ in range(25):
        found = trimmed_match(pairs=random_pairs(rng, iroas=float(rng.choice([0, 0.3]))), confidence=0.9)

        assert (found.p_value < 0.1) == (not found.interval[0] <= 0 <= found.interval[1])


def test_order_of_pairs_does_not_matter():
    pairs = random_pairs(np.random.default_rng(5), iroas=1.0)
    turned = PairDifferences(response=pairs.response[::-1].copy(), cost=pairs.cost[::-1].copy())

    one, other = (trimmed_match(pairs=each, confidence=0.8) for each in (pairs, turned))

    assert other.iroas == pytest.approx(one.iroas, rel=1e-6)
    assert other.interval == pytest.approx(one.interval, rel=1e-6)


def test_same_spend_in_every_pair_is_read():
    pairs = PairDifferences(response=np.array([2.0, 3, 4, 3, 2, 4, 3]), cost=np.full(7, 2.0))

    assert trimmed_match(pairs=pairs, confidence=0.9).iroas == pytest.approx(1.5, rel=1e-6)


def test_without_spend_there_is_no_iroas():
    with pytest.raises(InsufficientData, match="Spend does not differ"):
        PairDifferences(response=np.ones(6), cost=np.zeros(6))


def test_pairs_are_read_from_a_panel():
    rng = np.random.default_rng(9)
    outcome, treated = rng.normal(100, 5, (16, 12)), np.arange(16) % 2 == 0
    cost = np.zeros((16, 12))
    cost[treated, 8:] = rng.uniform(8, 12, (8, 4))
    outcome[:, 8:] += 3 * cost[:, 8:]
    world = panel(outcome=outcome, treated=treated, start=8, cost=cost)
    pairs = {unit: str(place // 2) for place, unit in enumerate(world.units)}

    readout = analyze(panel=world, method="trimmed_match", confidence=0.9, rng=rng, pairs=pairs)

    assert readout.iroas_interval[0] <= 3 <= readout.iroas_interval[1]
    assert readout.incremental == pytest.approx(readout.iroas * readout.incremental_cost)
    assert any("few pairs" in note for note in readout.notes)


def test_broken_pair_is_named():
    world = panel(outcome=np.ones((4, 8)), treated=np.array([True, True, False, False]), start=4, cost=np.ones((4, 8)))

    with pytest.raises(MeasurementRefused) as refused:
        analyze(
            panel=world,
            method="trimmed_match",
            confidence=0.9,
            rng=np.random.default_rng(0),
            pairs={"geo 0": "p", "geo 1": "p"},
        )

    assert refused.value.where == "p"
