"""Uplift learners on simulated trials: how often a difference between people is claimed, falsely and rightly.

    python -m benchmarks.uplift [--worlds 200]

Everybody alike: the claim is one-sided at 5 %. Otherwise half of the people gain twice the spread more than the others.
"""

import argparse
import time

import numpy as np

from campaigns.tests.uplift.trials import known_trial
from campaigns.uplift.judgement import judge
from campaigns.uplift.learners import LEARNERS, cross_fitted_effects, cross_fitted_scores

CONFIDENCE = 0.9
PEOPLE = 2_000


def _row(learner: str, *, spread: float, worlds: int) -> None:
    claimed, averages, likeness, started = 0, 0, [], time.process_time()
    for world in range(worlds):
        trial, truth = known_trial(count=PEOPLE, spread=spread, seed=world)
        predicted = cross_fitted_effects(trial=trial, learner=learner, seed=world)
        scores = cross_fitted_scores(trial=trial, seed=world)
        found = judge(predicted=predicted, scores=scores, confidence=CONFIDENCE, rng=np.random.default_rng(world))
        claimed += found.differs
        averages += found.average_interval[0] <= truth.mean() <= found.average_interval[1]
        likeness.append(0.0 if not spread else float(np.corrcoef(predicted, truth)[0, 1]))
    print(
        f"  {learner:3} spread {spread:.2f}  {worlds} trials of {PEOPLE}: claimed {claimed / worlds:.3f}"
        f"   average covered {averages / worlds:.3f}   likeness to the truth {np.mean(likeness):.2f}"
        f"   {(time.process_time() - started) / worlds:.2f} CPU s each"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=200)
    worlds = parser.parse_args().worlds
    print(f"Claims that people differ, {CONFIDENCE:.0%} confidence (false ones at most about 0.05)")
    for spread in (0.0, 0.05, 0.1):
        for learner in LEARNERS:
            _row(learner, spread=spread, worlds=worlds if not spread else max(20, worlds // 4))


if __name__ == "__main__":
    main()
