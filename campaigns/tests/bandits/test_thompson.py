"""Thompson sampling: exact propensities, and learning on worlds whose best arm is known."""

import numpy as np
import pytest

from campaigns.bandits.beta_bernoulli import decide_rates, posterior_of_counts
from campaigns.bandits.decisions import BanditRefused, choose, shares_of_wins
from campaigns.bandits.linear_thompson import decide, fresh_posterior, learn

TRUTH = np.array([[1.0, 0.0], [0.0, 1.0], [0.3, 0.3]])


def seen(rng: np.random.Generator, count: int):
    contexts = rng.normal(size=(count, 2))
    arms = rng.integers(0, 3, count)
    rewards = (contexts * TRUTH[arms]).sum(axis=1) + rng.normal(0, 0.1, count)
    return contexts, arms, rewards


def test_posterior_is_ridge_regression():
    rng = np.random.default_rng(1)
    contexts, arms, rewards = seen(rng, 200)

    posterior = learn(
        posterior=fresh_posterior(arms=3, features=2, ridge=0.5), contexts=contexts, arms=arms, rewards=rewards
    )

    own = contexts[arms == 1]
    expected = np.linalg.solve(own.T @ own + 0.5 * np.eye(2), own.T @ rewards[arms == 1])
    assert posterior.means[1] == pytest.approx(expected)


def test_batches_may_come_in_any_order():
    rng = np.random.default_rng(2)
    contexts, arms, rewards = seen(rng, 60)
    one = fresh_posterior(arms=3, features=2)
    other = one
    for rows in (slice(0, 30), slice(30, 60)):
        one = learn(posterior=one, contexts=contexts[rows], arms=arms[rows], rewards=rewards[rows])
    for rows in (slice(30, 60), slice(0, 30)):
        other = learn(posterior=other, contexts=contexts[rows], arms=arms[rows], rewards=rewards[rows])

    assert other.means == pytest.approx(one.means)


def test_known_best_arm_is_chosen_for_each_context():
    rng = np.random.default_rng(3)
    contexts, arms, rewards = seen(rng, 3_000)
    posterior = learn(
        posterior=fresh_posterior(arms=3, features=2, noise=0.1), contexts=contexts, arms=arms, rewards=rewards
    )

    made = decide(posterior=posterior, contexts=np.array([[2.0, -2.0], [-2.0, 2.0]]), rng=rng, exploration=0)

    assert made.arms.tolist() == [0, 1]


def test_propensities_are_how_often_arms_are_chosen():
    """Given the posterior draws the choice is an explicit lottery: frequencies meet the logged propensities."""
    probabilities = np.repeat(np.array([[0.1, 0.2, 0.7]]), 40_000, axis=0)

    made = choose(probabilities=probabilities, rng=np.random.default_rng(4))

    assert np.bincount(made.arms) / 40_000 == pytest.approx([0.1, 0.2, 0.7], abs=0.01)
    assert (made.propensities == probabilities[0][made.arms]).all()


def test_every_arm_keeps_its_share_of_exploration():
    shares = shares_of_wins(scores=np.tile([5.0, 1.0, 0.0], (8, 4, 1)), exploration=0.3)

    assert shares.tolist() == [pytest.approx([0.8, 0.1, 0.1])] * 4


def test_learning_nears_the_best_choice():
    rng = np.random.default_rng(5)
    posterior = fresh_posterior(arms=3, features=2, noise=0.3)
    earned = []
    for _ in range(20):
        contexts = rng.normal(size=(100, 2))
        made = decide(posterior=posterior, contexts=contexts, rng=rng)
        rewards = (contexts * TRUTH[made.arms]).sum(axis=1) + rng.normal(0, 0.1, 100)
        posterior = learn(posterior=posterior, contexts=contexts, arms=made.arms, rewards=rewards)
        earned.append(rewards.mean())

    best = float(np.mean((rng.normal(size=(4_000, 2)) @ TRUTH.T).max(axis=1)))
    assert np.mean(earned[-5:]) > 0.85 * best


def test_rates_that_differ_are_told_apart():
    posterior = posterior_of_counts(successes=np.array([10.0, 60.0, 11.0]), trials=np.full(3, 1_000.0))

    made = decide_rates(posterior=posterior, count=500, rng=np.random.default_rng(6))

    assert posterior.means == pytest.approx([11 / 1002, 61 / 1002, 12 / 1002])
    assert np.bincount(made.arms, minlength=3)[1] > 450
    assert made.propensities.min() > 0


@pytest.mark.parametrize("contexts", [np.ones((3, 5)), np.full((3, 2), np.nan), np.ones(2)])
def test_contexts_that_do_not_fit_are_refused(contexts):
    with pytest.raises(BanditRefused, match="contexts"):
        decide(posterior=fresh_posterior(arms=2, features=2), contexts=contexts, rng=np.random.default_rng(0))


def test_impossible_counts_are_refused():
    with pytest.raises(BanditRefused):
        posterior_of_counts(successes=np.array([5.0]), trials=np.array([4.0]))


def test_reward_that_is_no_number_is_refused():
    with pytest.raises(BanditRefused, match="complete"):
        learn(
            posterior=fresh_posterior(arms=2, features=1),
            contexts=np.ones((1, 1)),
            arms=np.array([0]),
            rewards=np.array([np.nan]),
        )
