"""Do the methods agree, and is a success ever false? Random problems with every kind of rule and of curve.

Run: ``OMP_NUM_THREADS=1 python -m benchmarks.agreement`` (half an hour; ``--problems 20 --units 100`` for a look).
First ``auto``, ``convex`` and ``lp`` solve the same problems: their objectives must agree within 1e-6, and with ``lp``
within the gap its certificate states. Then problems whose revenue is counted in units from 1e-9 to 1e9 of the money: a
success is false when the split breaks a rule, or when ``lp`` finds a split that keeps them and is better by 1e-6; a
refusal is false when ``lp`` finds a split at all.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.random_problems import every_rule, largest_breach
from campaigns.optimization.allocation import Allocation, allocate
from campaigns.optimization.problem import Problem, problem_from_json

AGREE = 1e-6
BREACH = 1e-6
ROUNDING = 1e-11
METHODS = ("auto", "convex", "lp")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One method that went wrong on one problem."""

    seed: int
    unit: float
    method: str
    what: str


def compared(*, seed: int) -> tuple[dict[str, Allocation], list[Finding]]:
    """All methods on one problem, and where they do not agree."""
    problem = problem_from_json(every_rule(seed=seed))
    answers = {method: allocate(problem=problem, method=method) for method in METHODS}
    return answers, [Finding(seed=seed, unit=1.0, method=name, what=what) for name, what in _apart(problem, answers)]


def _apart(problem: Problem, answers: dict[str, Allocation]) -> Iterator[tuple[str, str]]:
    auto = answers["auto"]
    for name, answer in answers.items():
        if answer.status != auto.status:
            yield name, f"says {answer.status}, auto says {auto.status}"
        elif answer.objective is not None:
            breach, rule = largest_breach(problem=problem, spend=_spend(answer))
            apart = abs(answer.objective - auto.objective) / abs(auto.objective)
            if breach > BREACH:
                yield name, f"breaks “{rule}” by {breach:.1e}"
            if apart > AGREE:
                yield name, f"objective differs by {apart:.1e}"
            if name == "lp" and not _keeps_its_bound(problem, auto, answer):
                yield name, f"objective differs by {apart:.1e}, its certificate states {answer.certificate.gap:.1e}"


def _keeps_its_bound(problem: Problem, auto: Allocation, lp: Allocation) -> bool:
    """Whether each split lies below the bound that the other's certificate states, but for rounding and residuals."""
    # Profit is what is left of two large figures, and is rounded as they are.
    size = abs(auto.objective) + (problem.budget if problem.objective == "profit" else 0.0)
    residuals = auto.certificate.feasibility_residual + lp.certificate.feasibility_residual
    rounding = (ROUNDING + residuals) * size
    return auto.objective <= lp.certificate.bound + rounding and lp.objective <= auto.certificate.bound + rounding


def judged(*, seed: int) -> tuple[str, float, list[Finding]]:
    """What ``auto`` says of one problem in some unit of revenue, the unit, and whether that is false."""
    unit = 10.0 ** np.random.default_rng([seed, 7]).uniform(-9.0, 9.0)
    problem = problem_from_json(every_rule(seed=10_000 + seed, unit=unit))
    found, other = (allocate(problem=problem, method=method) for method in ("auto", "lp"))
    wrong = list(_false(problem, found, other)) + [f"lp {what}" for what in _false(problem, other, found)]
    return found.status, unit, [Finding(seed=seed, unit=unit, method="auto", what=what) for what in wrong]


def _false(problem: Problem, told: Allocation, other: Allocation) -> Iterator[str]:
    best = None
    if other.objective is not None and largest_breach(problem=problem, spend=_spend(other))[0] <= BREACH:
        best = other.objective
    if told.objective is None:
        if told.status == "infeasible" and best is not None:
            yield "says infeasible, yet there is a split"
        return
    breach, rule = largest_breach(problem=problem, spend=_spend(told))
    if breach > BREACH:
        yield f"success breaks “{rule}” by {breach:.1e}"
    if best is not None and best > told.objective + AGREE * abs(best):
        yield f"success misses {(best - told.objective) / abs(best):.1e} of what there is"


def _spend(answer: Allocation) -> np.ndarray:
    return np.array(list(answer.spend.values()))


def agreement(*, problems: int) -> list[Finding]:
    """Solve by every method; print how far apart they are."""
    findings, said, apart, started = [], Counter(), {"convex": [0.0], "lp": [0.0]}, time.process_time()
    for seed in range(problems):
        answers, wrong = compared(seed=seed)
        findings += wrong
        said[answers["auto"].status, answers["auto"].solved_by] += 1
        for name, worst in apart.items():
            if answers["auto"].objective is not None and answers[name].objective is not None:
                worst.append(abs(answers[name].objective / answers["auto"].objective - 1.0))
        _tell(wrong)
    print(f"{problems} problems with every kind of rule, {time.process_time() - started:.0f} CPU s")
    for (status, by), count in sorted(said.items()):
        print(f"  {count:>5} {status} {f'by {by}' if by else ''}")
    for name, worst in apart.items():
        print(f"  largest difference of auto and {name}: {max(worst):.1e}")
    return findings


def successes(*, problems: int, first: int = 0) -> list[Finding]:
    """Look for false successes and false refusals over units of revenue."""
    findings, said, started = [], Counter(), time.process_time()
    for seed in range(first, first + problems):
        status, _, wrong = judged(seed=seed)
        said[status] += 1
        findings += wrong
        _tell(wrong)
    print(f"{problems} problems in units of 1e-9 to 1e9, {time.process_time() - started:.0f} CPU s: {dict(said)}")
    return findings


def _tell(findings: list[Finding]) -> None:
    for one in findings:
        print(f"  seed {one.seed}, unit {one.unit:.1e}, {one.method}: {one.what}", flush=True)


def main() -> None:
    """Print both tables; exit 1 when anything is false."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=200, help="problems that every method solves")
    parser.add_argument("--units", type=int, default=1000, help="problems over units of revenue")
    parser.add_argument("--first", type=int, default=0, help="first seed over units")
    options = parser.parse_args()
    apart = agreement(problems=options.problems)
    wrong = successes(problems=options.units, first=options.first)
    print(f"disagreements: {len(apart)}; false successes and refusals: {len(wrong)}")
    raise SystemExit(1 if apart or wrong else 0)


if __name__ == "__main__":
    main()
