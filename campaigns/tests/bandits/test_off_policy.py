"""Values of policies from logs, where the truth is known, and on the Open Bandit data."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from campaigns.bandits.decisions import BanditRefused
from campaigns.bandits.linear_thompson import decide, fresh_posterior
from campaigns.bandits.off_policy import Estimator, Log, evaluate_policy
from campaigns.bandits.replay import replay
from campaigns.bandits.reward_model import cross_fitted_rates

OPEN_BANDIT = Path(__file__).parents[4] / "shared" / "data" / "open_bandit"
RATES = np.array([0.05, 0.1, 0.3, 0.15])
LOGGING = np.array([0.4, 0.3, 0.1, 0.2])
OTHER = np.array([0.1, 0.1, 0.7, 0.1])
WEIGHTED = [Estimator.IPW, Estimator.SNIPW, Estimator.DOUBLY_ROBUST]


def simulated(*, count: int = 4_000, seed: int = 1) -> Log:
    rng = np.random.default_rng(seed)
    arms = rng.choice(4, count, p=LOGGING)
    return Log(arms=arms, rewards=(rng.random(count) < RATES[arms]).astype(float), propensities=LOGGING[arms])


def value(log: Log, policy, estimator: Estimator, *, model=None):
    probabilities = np.repeat(np.array([policy], dtype=float), len(log.arms), axis=0)
    return evaluate_policy(
        log=log, probabilities=probabilities, estimator=estimator, rng=np.random.default_rng(0), model=model
    )


def rates(log: Log, arms: int):
    return cross_fitted_rates(
        arms=log.arms, rewards=log.rewards, arm_count=arms, folds=5, strength=10.0, rng=np.random.default_rng(2)
    )


@pytest.mark.parametrize("estimator", Estimator)
def test_value_of_another_policy_is_found(estimator):
    log = simulated(count=20_000)

    found = value(log, OTHER, estimator, model=rates(log, 4))

    assert found.value == pytest.approx(float(OTHER @ RATES), rel=0.15)
    assert found.difference[0] > 0
    assert found.claim == "Better than the logged policy."


@pytest.mark.parametrize("estimator", WEIGHTED)
def test_logged_policy_earns_what_was_logged(estimator):
    log = simulated()

    found = value(log, LOGGING, estimator, model=rates(log, 4))

    assert found.value == pytest.approx(found.logged, rel=0.02)
    assert found.claim == "Not told apart from the logged policy."


def test_intervals_cover_the_truth():
    covered = 0
    for seed in range(60):
        low, high = value(simulated(count=800, seed=seed), OTHER, Estimator.SNIPW).interval
        covered += low <= float(OTHER @ RATES) <= high

    assert covered >= 52


def test_model_that_is_wrong_does_not_bias_the_doubly_robust():
    log, wrong = simulated(count=20_000), np.full((20_000, 4), 5.0)

    direct, robust = (value(log, OTHER, each, model=wrong) for each in (Estimator.DIRECT, Estimator.DOUBLY_ROBUST))

    assert direct.value == pytest.approx(5.0)
    assert robust.interval[0] <= float(OTHER @ RATES) <= robust.interval[1]


def test_little_overlap_makes_no_claim():
    log = simulated(count=300)

    assert value(log, [0, 0, 1, 0], Estimator.IPW).claim.startswith("Not enough overlap")


@pytest.mark.parametrize(
    "change", [{"propensities": np.zeros(10)}, {"rewards": np.full(10, np.nan)}, {"arms": np.zeros(3, dtype=int)}]
)
def test_broken_logs_are_refused(change):
    whole = {"arms": np.zeros(10, dtype=int), "rewards": np.ones(10), "propensities": np.ones(10)}

    with pytest.raises(BanditRefused):
        Log(**(whole | change))


def test_model_is_needed_where_it_is_used():
    with pytest.raises(BanditRefused, match="model"):
        value(simulated(), LOGGING, Estimator.DIRECT)


def test_policy_that_never_did_what_was_logged_is_refused():
    log = Log(arms=np.zeros(20, dtype=int), rewards=np.ones(20), propensities=np.ones(20))

    with pytest.raises(BanditRefused, match="never"):
        value(log, [0.0, 1.0], Estimator.SNIPW)


def test_replay_of_a_learner_finds_the_better_arm():
    rng = np.random.default_rng(7)
    arms = rng.integers(0, 2, 6_000)

    found = replay(
        posterior=fresh_posterior(arms=2, features=1, noise=0.5),
        policy=lambda posterior, contexts: decide(posterior=posterior, contexts=contexts, rng=rng),
        contexts=np.ones((6_000, 1)),
        arms=arms,
        rewards=(rng.random(6_000) < np.array([0.1, 0.4])[arms]).astype(float),
        batch=200,
    )

    assert found.value > 0.35
    assert 2_000 < found.matched < 4_000


@pytest.mark.skipif(not OPEN_BANDIT.exists(), reason="the Open Bandit sample is not here")
@pytest.mark.parametrize("who", ["men", "women"])
def test_random_policy_from_the_other_policys_log(who):
    """Open Bandit (ZOZO, CC BY 4.0): the uniform policy judged on Thompson sampling's log covers what it earned."""
    by_thompson = pl.read_parquet(OPEN_BANDIT / f"bts_{who}.parquet")
    earned = float(pl.read_parquet(OPEN_BANDIT / f"random_{who}.parquet")["click"].mean())
    arms = by_thompson["item_id"].to_numpy()
    count = int(arms.max()) + 1
    log = Log(
        arms=arms,
        rewards=by_thompson["click"].to_numpy().astype(float),
        propensities=by_thompson["propensity_score"].to_numpy(),
    )

    for estimator in WEIGHTED:
        found = value(log, np.full(count, 1 / count), estimator, model=rates(log, count))

        assert found.interval[0] <= earned <= found.interval[1]
