"""CPU seconds and gap of ``lp`` and ``convex`` beside SciPy's SLSQP, on one random problem per size.

Run: ``python -m benchmarks.allocate``. The problem is the one of the usual comparison: Michaelis-Menten cells, one
budget, a cap per cell (maximise sum beta*x/(k+x), sum x = B, 0 <= x <= u). Gaps are measured against the certificate's
bound of ``lp``, SLSQP's too; SLSQP is skipped past 100 cells, where it takes minutes.
"""

import argparse
import time
import warnings
from collections.abc import Callable
from importlib import import_module

import numpy as np
from scipy.optimize import minimize

from campaigns.optimization.allocation import METHODS, allocate
from campaigns.optimization.problem import Problem, problem_from_json

BUDGET = 1_000_000.0


def random_problem(*, cells: int, seed: int) -> Problem:
    """A budget of one million over cells whose caps sum to about two and a half times it."""
    rng = np.random.default_rng(seed)
    even = BUDGET / cells
    return problem_from_json(
        {
            "budget": BUDGET,
            "currency": "USD",
            "objective": "revenue",
            "cells": [
                {
                    "id": f"cell {i}",
                    "path": ["onsite", f"retailer {i % 5}", f"placement {i}"],
                    "max": even * rng.uniform(1.0, 4.0),
                    "curve": {
                        "kind": "michaelis_menten",
                        "beta": even * rng.uniform(1.0, 8.0),
                        "k": even * rng.uniform(0.3, 3.0),
                    },
                }
                for i in range(cells)
            ],
        }
    )


def slsqp(*, problem: Problem) -> float:
    """Revenue of SciPy's answer from an even start, money scaled to 1."""
    beta, k = (np.array([cell.curve.parameters[name][0] for cell in problem.cells]) for name in ("beta", "k"))
    k, cap = k / BUDGET, np.array([cell.cap or BUDGET for cell in problem.cells]) / BUDGET
    scale = beta.sum()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        found = minimize(
            lambda x: -np.sum(beta * x / (k + x)) / scale,
            np.minimum(np.full(beta.size, 1.0 / beta.size), cap),
            jac=lambda x: -beta * k / (k + x) ** 2 / scale,
            bounds=list(zip(np.zeros(beta.size), cap, strict=True)),
            constraints={"type": "ineq", "fun": lambda x: 1.0 - x.sum(), "jac": lambda x: -np.ones(x.size)},
            method="SLSQP",
            options={"maxiter": 1000, "ftol": 1e-12},
        )
    return float(-found.fun * scale)


def timed(run: Callable[[], float]) -> tuple[float, float]:
    """CPU seconds and the value."""
    started = time.process_time()
    value = run()
    return time.process_time() - started, value


def main() -> None:
    """Print one line per size and method."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--slsqp-up-to", type=int, default=100)
    options = parser.parse_args()
    for path in METHODS.values():
        import_module(path)
    print(f"{'cells':>6}  {'method':<8} {'CPU s':>9}  {'gap':>9}")
    for cells in options.sizes:
        problem = random_problem(cells=cells, seed=options.seed)
        bound = 0.0
        for method in METHODS:
            started = time.process_time()
            allocation = allocate(problem=problem, method=method)
            seconds = time.process_time() - started
            if allocation.certificate is None:
                print(f"{cells:>6}  {method:<8} {seconds:>9.3f}  {allocation.status}")
                continue
            bound = bound or allocation.certificate.bound
            print(f"{cells:>6}  {method:<8} {seconds:>9.3f}  {allocation.certificate.gap:>9.1e}")
        if cells <= options.slsqp_up_to:
            seconds, revenue = timed(lambda problem=problem: slsqp(problem=problem))
            print(f"{cells:>6}  {'SLSQP':<8} {seconds:>9.3f}  {(bound - revenue) / bound:>9.1e}")


if __name__ == "__main__":
    main()
