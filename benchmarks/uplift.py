"""Uplift learners on simulated trials: how often a difference between people is claimed, falsely and rightly.

    python -m benchmarks.uplift [--worlds 200]

Everybody alike: the claim is one-sided at 5 %. Otherwise half of the people gain twice the spread more than the others.
"""

import argparse
import time

import numpy as np

from campaigns.tests.uplift.trials import known_trial
from campaigns.uplift.judgement import judge
from campaigns.uplift.learners import LEARNERS, cross_fitted_scores, effects_by_block

CONFIDENCE = 0.9
PEOPLE = 2_000


def _rows(*, spread: float, worlds: int) -> None:
    claimed, covered, likeness, seconds = (dict.fromkeys(LEARNERS, 0.0) for _ in range(4))
    for world in range(worlds):
        trial, truth = known_trial(count=PEOPLE, spread=spread, seed=world)
        scores = cross_fitted_scores(trial=trial, seed=world)
        for name in LEARNERS:
            started = time.process_time()
            predicted = effects_by_block(trial=trial, learner=name, seed=world)
            rng = np.random.default_rng(world)
            found = judge(predicted=predicted, scores=scores, confidence=CONFIDENCE, rng=rng)
            seconds[name] += time.process_time() - started
            claimed[name] += found.differs
            covered[name] += found.average_interval[0] <= truth.mean() <= found.average_interval[1]
            likeness[name] += float(np.corrcoef(predicted.effect, truth[predicted.people])[0, 1]) if spread else 0.0
    for name in LEARNERS:
        print(
            f"  {name:3} spread {spread:.2f}  {worlds} trials of {PEOPLE}: claimed {claimed[name] / worlds:.3f}"
            f"   average covered {covered[name] / worlds:.3f}   likeness to the truth {likeness[name] / worlds:.2f}"
            f"   {seconds[name] / worlds:.2f} CPU s each",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=200)
    worlds = parser.parse_args().worlds
    print(f"Claims that people differ, {CONFIDENCE:.0%} confidence (false ones at most about 0.05)")
    for spread in (0.0, 0.05, 0.1):
        _rows(spread=spread, worlds=worlds if not spread else max(20, worlds // 4))


if __name__ == "__main__":
    main()
