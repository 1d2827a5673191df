"""Partial pooling: against the normal equations of the same model, and where there is nothing to borrow."""

import numpy as np
import pytest

from campaigns.response.pooling import pooled

PATHS = [("onsite", retailer, f"{retailer} {number}") for retailer in ("amazon", "walmart") for number in range(4)]


def ask(estimates, variances, *, paths=PATHS, spread=0.3, root=(0.0, 1.0)):
    return pooled(
        paths=paths,
        estimates=np.array(estimates, dtype=float),
        variances=np.array(variances, dtype=float),
        root=root,
        spread=spread,
        rng=np.random.default_rng(1),
    )


def test_a_cell_that_knows_nothing_is_believed_to_be_like_its_own_retailer():
    found = ask([1.0, 1.1, 0.9, 50.0, -1.0, -1.1, -0.9, -1.0], [0.01] * 3 + [1e4] + [0.01] * 4)

    assert found.mean[3] == pytest.approx(1.0, abs=0.15)
    assert found.mean[7] == pytest.approx(-1.0, abs=0.15)


def test_a_cells_own_estimate_does_not_count_for_itself():
    found = ask([9.0, 1.1, 0.9, 1.0, -1.0, -1.1, -0.9, -1.0], [0.01] * 8)

    # It widens how far cells may lie apart, but does not draw its own belief towards itself.
    assert found.mean[0] < 1.1
    assert found.variance[0] > 0.5


def test_cells_that_agree_are_believed_more_than_cells_that_do_not():
    alike = ask([1.0, 1.02, 0.98, 1.0] * 2, [0.001] * 8)
    unlike = ask([1.0, 2.0, 0.0, -1.0] * 2, [0.001] * 8)

    assert alike.variance.max() < 0.1 * unlike.variance.min()


def test_messages_give_what_the_joint_normal_gives():
    """With spreads as good as known the leave-one-out belief is the conditional of one multivariate normal."""
    rng = np.random.default_rng(3)
    paths = [(f"retailer {number % 3}", f"cell {number}") for number in range(60)]
    retailers = rng.normal(0.5, 0.4, 3)
    estimates = np.array([retailers[number % 3] + rng.normal(0, 0.4) for number in range(60)])

    found = ask(estimates, np.full(60, 1e-4), paths=paths, spread=0.4)

    same = np.array([[one[0] == other[0] for other in paths] for one in paths], dtype=float)
    covariance = 1.0 + 0.4**2 * same + (0.4**2 + 1e-4) * np.eye(60)
    others = np.arange(60) != 7
    weights = np.linalg.solve(covariance[np.ix_(others, others)], covariance[others, 7])
    assert found.mean[7] == pytest.approx(float(weights @ estimates[others]), abs=0.03)
    assert found.variance[7] == pytest.approx(covariance[7, 7] - 1e-4 - weights @ covariance[others, 7], rel=0.5)


def test_one_cell_alone_gets_the_belief_about_the_root():
    found = ask([5.0], [0.01], paths=[("onsite", "amazon")], root=(2.0, 0.5))

    assert found.mean[0] == pytest.approx(2.0)
    assert found.variance[0] > 0.25


@pytest.mark.parametrize("paths", [[("a", "b"), ("a", "b")], [("a", "b"), ("a",)]])
def test_paths_that_make_no_tree_are_refused(paths):
    with pytest.raises(ValueError, match="paths of one length"):
        ask([1.0, 2.0], [1.0, 1.0], paths=paths)
