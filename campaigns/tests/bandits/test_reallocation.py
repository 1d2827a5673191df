"""Shares move to what pays, inside guardrails, and are called better only where the log shows it."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.bandits.decisions import BanditRefused
from campaigns.bandits.reallocation import Guardrails, judge_reallocation, propose_shares
from campaigns.tests.bandits.logs import ARMS, known_log

LOG = known_log()
WIDE = Guardrails(floor=0.05, cap=0.9, change=2.0)


def judged(log=LOG, guardrails=WIDE, names=ARMS, **more):
    return judge_reallocation(
        log=log, names=names, guardrails=guardrails, confidence=more.get("confidence", 0.9), seed=1
    )


def proposed(log=LOG, guardrails=WIDE):
    rng = np.random.default_rng(0)
    return propose_shares(log=log, arm_count=3, guardrails=guardrails, confidence=0.9, rng=rng)


def test_shares_move_to_the_arm_that_pays_most_but_not_past_its_change():
    found = proposed(guardrails=Guardrails(change=0.2))

    assert found.best[2] > 0.99
    assert found.shares.sum() == pytest.approx(1)
    assert np.all(np.abs(found.shares - found.current) <= 0.2 * np.maximum(found.current, 1 / 3) + 1e-9)
    assert found.shares[2] > found.current[2]


def test_floors_and_caps_hold():
    found = proposed(guardrails=Guardrails(floor=0.1, cap=0.6, change=5.0))

    assert found.shares.min() >= 0.1 - 1e-12
    assert found.shares.max() <= 0.6 + 1e-12


def test_amounts_are_learnt_as_well_as_yes_and_no():
    amounts = replace(LOG, rewards=LOG.rewards * 20 + np.random.default_rng(1).normal(0, 1, len(LOG.rewards)))

    found = proposed(amounts)

    assert found.best[2] > 0.99
    assert found.low[2] < found.mean[2] < found.high[2]


def test_a_better_policy_is_called_better_and_its_value_covers_the_truth():
    told = judged()

    assert told["claim"] == "Better than the logged policy."
    low, high = told["estimates"]["uniform"]["dr"]["interval"]
    assert low <= (0.1 + 0.1 + 0.3) / 3 <= high
    assert all(set(estimates) == {"ipw", "snipw", "dm", "dr"} for estimates in told["estimates"].values())
    assert all(
        one["interval"][0] <= one["value"] <= one["interval"][1] for one in told["estimates"]["proposed"].values()
    )


def test_arms_that_pay_alike_are_seldom_told_apart():
    """Nothing is claimed where nothing is: 16 logs, a two-sided 10 % interval, one side of which says better."""
    better = sum(
        judge_reallocation(
            log=known_log(count=500, rates=(0.2, 0.2, 0.2), seed=seed),
            names=ARMS,
            guardrails=WIDE,
            confidence=0.9,
            seed=seed,
        )["claim"].startswith("Better")
        for seed in range(16)
    )

    assert better <= 3


@pytest.mark.parametrize(
    ("log", "guardrails", "names", "where"),
    [
        (known_log(count=100), WIDE, ARMS, "log"),
        (LOG, Guardrails(floor=0.5), ARMS, "guardrails"),
        (LOG, Guardrails(floor=0.6, cap=0.2), ARMS, "guardrails"),
        (LOG, Guardrails(change=-1), ARMS, "change"),
        (LOG, WIDE, (*ARMS, "never"), "arm"),
        (LOG, WIDE, ("only",), "arm"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_its_place(log, guardrails, names, where):
    with pytest.raises(BanditRefused) as refusal:
        judged(log, guardrails, names)

    assert refusal.value.where == where
