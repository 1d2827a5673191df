"""Our own limits of allocation, each as measured and as a ratio to its limit; below 1 is kept.

Run: ``OMP_NUM_THREADS=1 python -m benchmarks.allocate_limits`` (a minute; also the last table of
``benchmarks.allocate``). Every case is a process of its own, so that its peak memory is its own. Seconds are CPU
seconds of the best of a few runs, from PROBLEM.json as parsed to a split with its certificate: reading, checks,
allocation and proof. What-if seconds are the median over questions to a prepared plan: another budget, solved anew and
proven.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from benchmarks.allocate import document
from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import problem_from_json
from campaigns.optimization.what_if import prepare, solve_again

REPEATS = 5
MEGABYTE = 1024.0  # in the kilobytes that Linux counts memory by
# By case: limits on CPU seconds, megabytes above a bare interpreter with the solver loaded, and the gap.
LIMITS = {
    "1 000 cells": {"CPU s": 0.039, "gap": 1e-9},
    "100 000 cells, five levels": {"CPU s": 1.0, "MB": 300.0, "gap": 1e-6},
    "what-if, 1 000 cells x 500 draws": {"CPU s": 0.020, "gap": 1e-6},
}


def five_levels(*, cells: int, seed: int) -> dict[str, object]:
    """Channel, retailer, placement, audience and SKU with a ROAS floor, a reserve, stock and caps at three levels."""
    rng = np.random.default_rng(seed)
    budget = 1_000_000.0
    even = budget / cells
    cap, k = even * rng.uniform(1, 4, cells), even * rng.uniform(0.3, 3, cells)
    beta = k * rng.uniform(2, 8, cells)
    stock, risk = even * rng.uniform(1, 20, cells), rng.uniform(0, 1, cells)
    margin, share = rng.uniform(0.2, 0.6, cells), rng.uniform(0.4, 0.9, cells)
    paths = [
        [f"c{i % 3}", f"r{i % 12}", f"p{i % 60}", f"a{i % 600}", f"sku {i}"] for i in range(cells)
    ]  # each level's number divides the next one's, so names of a level lie in one node above
    rules: list[dict[str, object]] = [
        {"kind": "roas_floor", "name": "ROAS", "value": 1.8},
        {"kind": "reserve", "name": "reserve", "value": 0.1},
        {"kind": "oos_threshold", "name": "stock", "value": 0.9},
    ]
    for level, count, most in ((1, 12, 0.11), (2, 60, 0.025), (3, 600, 0.003)):
        paths_at = {tuple(path[: level + 1]) for path in paths[:600]}
        rules += [
            {"kind": "node_cap", "name": " ".join(path), "path": list(path), "value": most, "value_kind": "share"}
            for path in sorted(paths_at)[:count]
        ]
    return {
        "budget": budget,
        "currency": "USD",
        "objective": "incremental_margin",
        "cells": [
            {
                "id": f"cell {i}",
                "path": paths[i],
                "max": float(cap[i]),
                "margin_rate": float(margin[i]),
                "incrementality": float(share[i]),
                "oos_probability": float(risk[i]),
                "stock_value": float(stock[i]),
                "curve": {"kind": "michaelis_menten", "beta": float(beta[i]), "k": float(k[i])},
            }
            for i in range(cells)
        ],
        "rules": rules,
    }


def drawn(*, cells: int, draws: int, seed: int) -> dict[str, object]:
    """Cells with many draws each, under caps of their retailers and a ROAS floor."""
    rng = np.random.default_rng(seed)
    even = 1_000_000.0 / cells
    k = even * rng.uniform(0.3, 3, (cells, 1)) * rng.lognormal(0, 0.2, (cells, draws))
    beta = k * rng.uniform(2, 8, (cells, 1)) * rng.lognormal(0, 0.3, (cells, draws))
    return {
        "budget": 1_000_000.0,
        "currency": "USD",
        "cells": [
            {
                "id": f"cell {i}",
                "path": ["onsite", f"r{i % 5}", f"p{i}"],
                "draws": [
                    {"kind": "michaelis_menten", "beta": b, "k": x}
                    for b, x in zip(beta[i].tolist(), k[i].tolist(), strict=True)
                ],
            }
            for i in range(cells)
        ],
        "rules": [
            {"kind": "node_cap", "name": f"r{n}", "path": ["*", f"r{n}"], "value": 0.22, "value_kind": "share"}
            for n in range(5)
        ]
        + [{"kind": "roas_floor", "name": "ROAS", "value": 2.0}],
    }


def whole(asked: dict[str, object]) -> tuple[float, float]:
    """CPU seconds and gap of one whole allocation."""
    started = time.process_time()
    found = allocate(problem=problem_from_json(asked), method="auto")
    seconds = time.process_time() - started
    if found.certificate is None or found.status != "optimal":
        raise SystemExit(f"{found.status}: {' '.join(found.notes)}")
    return seconds, found.certificate.gap


def questions(asked: dict[str, object]) -> Iterator[tuple[float, float]]:
    """CPU seconds and gap of each question to a prepared plan: budgets from a half to twice its own."""
    problem = problem_from_json(asked)
    prepared = prepare(problem=problem)
    for share in (0.5, 0.8, 0.95, 1.05, 1.25, 1.5, 2.0):
        other = replace(problem, budget=problem.budget * share)
        started = time.process_time()
        answer = solve_again(prepared=prepared, problem=other)
        seconds = time.process_time() - started
        if answer.certificate is None:
            raise SystemExit(answer.status)
        yield seconds, answer.certificate.gap


def measured(case: str) -> dict[str, float]:
    """The case's figures: best of a few runs; for questions the median, so that no easy budget decides."""
    if case.startswith("what-if"):
        seconds, gaps = zip(*questions(drawn(cells=1_000, draws=500, seed=0)), strict=True)
        return {"CPU s": float(np.median(seconds)), "slowest CPU s": max(seconds), "gap": max(gaps)}
    make: Callable[..., dict[str, object]] = five_levels if "levels" in case else document
    options = {"seed": 0} if "levels" in case else {"seed": 0, "unit": 1.0}
    allocate(problem=problem_from_json(make(cells=2_000 if "levels" in case else 10, **options)), method="auto")
    asked = make(cells=100_000 if "levels" in case else 1_000, **options)
    before = peak()
    first = whole(asked)
    found = {"CPU s": first[0], "gap": first[1], "MB": peak() - before}
    for _ in range(REPEATS - 1):
        seconds, gap = whole(asked)
        found = found | {"CPU s": min(found["CPU s"], seconds), "gap": max(found["gap"], gap)}
    return found


def peak() -> float:
    """Most memory held so far, megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def compare_limits() -> bool:
    """Print every case beside its limits; whether all are kept."""
    print(f"\n{'case':<34} {'figure':<14} {'measured':>11} {'limit':>9} {'ratio':>7}")
    kept = True
    for case, limits in LIMITS.items():
        command = [sys.executable, "-m", "benchmarks.allocate_limits", "--one", case]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{case:<34} {(done.stderr.strip().splitlines() or ['failed'])[-1][:80]}")
            kept = False
            continue
        found = json.loads(done.stdout.splitlines()[-1])
        for name, value in found.items():
            limit = limits.get(name)
            ratio = "" if limit is None else f"{limit:>9.3g} {value / limit:>7.3f}"
            print(f"{case:<34} {name:<14} {value:>11.4g} {ratio}", flush=True)
            kept = kept and (limit is None or value <= limit)
    return kept


def main() -> None:
    """Print the table; exit 1 when a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", choices=list(LIMITS), help="measure a single case and print JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(options.one)))
        return
    raise SystemExit(0 if compare_limits() else 1)


if __name__ == "__main__":
    main()
