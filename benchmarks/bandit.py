"""Decisions per second of contextual Thompson sampling, beside MABWiser, and policies judged on the Open Bandit data.

    python -m benchmarks.bandit

MABWiser runs from the benchmarks' own environment (``benchmarks/.venv``) where it is installed, as its users run it:
``LearningPolicy.LinTS``, one call of ``predict`` for a batch. Both have 100 arms and 20 features, one thread.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from campaigns.bandits.linear_thompson import decide, fresh_posterior, learn
from campaigns.bandits.off_policy import Estimator, Log, evaluate_policy
from campaigns.bandits.reward_model import cross_fitted_rates

ARMS, FEATURES, ROWS, BATCH = 100, 20, 25_000, 1_000
LIMIT = 25_000
PEER_PYTHON = Path(__file__).parent / ".venv" / "bin" / "python"
OPEN_BANDIT = Path(__file__).resolve().parents[2] / "shared" / "data" / "open_bandit"
PEER = f"""
import json, time
import numpy as np
from mabwiser.mab import MAB, LearningPolicy
rng = np.random.default_rng(0)
contexts, arms = rng.normal(size=(5000, {FEATURES})), rng.integers(0, {ARMS}, 5000)
learner = MAB(list(range({ARMS})), LearningPolicy.LinTS(alpha=1.0), seed=1)
learner.fit(arms, rng.normal(size=5000), contexts)
started = time.process_time()
learner.predict(contexts)
print(json.dumps(5000 / (time.process_time() - started)))
"""


def own_rate() -> float:
    """Decisions per CPU second, with exact propensities."""
    rng = np.random.default_rng(0)
    contexts = rng.normal(size=(ROWS, FEATURES))
    posterior = learn(
        posterior=fresh_posterior(arms=ARMS, features=FEATURES),
        contexts=contexts,
        arms=rng.integers(0, ARMS, ROWS),
        rewards=rng.normal(size=ROWS),
    )
    started = time.process_time()
    for first in range(0, ROWS, BATCH):
        decide(posterior=posterior, contexts=contexts[first : first + BATCH], rng=rng)
    return ROWS / (time.process_time() - started)


def peer_rate() -> float | None:
    """MABWiser's decisions per CPU second; None where it is not installed."""
    if not PEER_PYTHON.exists():
        return None
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [str(PEER_PYTHON), "-c", PEER], capture_output=True, text=True, check=False, env=environment, timeout=300
    )
    return float(json.loads(done.stdout.splitlines()[-1])) if done.returncode == 0 else None


def judge(who: str) -> None:
    """The uniform policy judged on the log of Bernoulli Thompson sampling, beside what it really earned."""
    import polars as pl

    logged = pl.read_parquet(OPEN_BANDIT / f"bts_{who}.parquet")
    earned = float(pl.read_parquet(OPEN_BANDIT / f"random_{who}.parquet")["click"].mean() or 0)
    arms, clicks = logged["item_id"].to_numpy(), logged["click"].to_numpy().astype(float)
    count, rng = int(arms.max()) + 1, np.random.default_rng(0)
    log = Log(arms=arms, rewards=clicks, propensities=logged["propensity_score"].to_numpy())
    model = cross_fitted_rates(arms=arms, rewards=clicks, arm_count=count, folds=5, strength=100.0, rng=rng)
    for estimator in Estimator:
        found = evaluate_policy(
            log=log, probabilities=np.full((len(arms), count), 1 / count), estimator=estimator, rng=rng, model=model
        )
        low, high = found.interval
        print(
            f"  {who:6} {estimator:6} {found.value:.5f} [{low:.5f}, {high:.5f}]  earned {earned:.5f}"
            f"  {'inside' if low <= earned <= high else 'OUTSIDE'}  worth {found.effective_count:.0f} of {len(arms)}"
        )


def main() -> None:
    if os.environ.get("OMP_NUM_THREADS") != "1":
        os.execve(sys.executable, [sys.executable, "-m", "benchmarks.bandit"], os.environ | {"OMP_NUM_THREADS": "1"})
    own, peer = own_rate(), peer_rate()
    print(f"  {ARMS} arms × {FEATURES} features: {own:,.0f} decisions per CPU second, {own / LIMIT:.2f} × the limit")
    if peer is None:
        print("  MABWiser: not installed (bash benchmarks/install_peers.sh)")
    else:
        print(f"  MABWiser: {peer:,.0f} per CPU second; {own / peer:.1f} × as many here, with propensities")
    if OPEN_BANDIT.exists():
        for who in ("men", "women"):
            judge(who)
    else:
        print("  (the Open Bandit sample is not here)")


if __name__ == "__main__":
    main()
