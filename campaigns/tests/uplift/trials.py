"""Trials whose truth is known."""

import numpy as np

from campaigns.uplift.trial import Trial

NAMES = ("age", "visits", "baskets", "distance")


def known_trial(
    *, count: int = 3_000, average: float = 0.06, spread: float = 0.0, share: float = 0.5, seed: int = 0
) -> tuple[Trial, np.ndarray]:
    """People whose effect is ``average`` ± ``spread`` by the sign of the third feature; the truth beside the trial."""
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(count, len(NAMES)))
    truth = average + spread * np.sign(features[:, 2])
    base = 1 / (1 + np.exp(-(-1.2 + 0.6 * features[:, 0] - 0.4 * features[:, 1])))
    is_treated = rng.random(count) < share
    outcome = (rng.random(count) < np.clip(base + truth * is_treated, 0, 1)).astype(float)
    return Trial(features=features, is_treated=is_treated, outcome=outcome, names=NAMES), truth


def trial_csv(*, count: int = 1_200, spread: float = 0.1, seed: int = 0) -> str:
    """The same as a file, with a word among its columns."""
    trial, _ = known_trial(count=count, spread=spread, seed=seed)
    lines = [",".join(("treated", "bought", *NAMES, "device"))]
    for row in range(count):
        features = ",".join(f"{value:.4f}" for value in trial.features[row])
        lines.append(
            f"{int(trial.is_treated[row])},{trial.outcome[row]:.0f},{features},{'phone' if row % 3 else 'desk'}"
        )
    return "\n".join(lines)
