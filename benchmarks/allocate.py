"""CPU seconds, gap and honesty of our methods beside pymc-marketing, SciPy's SLSQP, plain CVXPY and plain PuLP.

Run: ``bash benchmarks/install_peers.sh`` once, then ``OMP_NUM_THREADS=1 python -m benchmarks.allocate`` (some minutes).
The problem is the one of the usual
comparison: Michaelis-Menten cells, one budget, a cap per cell (maximise sum beta*x/(k+x), sum x <= B, 0 <= x <= u).
Every run is a process of its own, stopped after ``--limit`` seconds. ``told`` is what the solver says of itself,
``true`` what the bound of ``auto``'s certificate says of its split: within 1e-6 of the optimum and within the budget.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import numpy as np

from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import Problem, problem_from_json

BUDGET = 1_000_000.0
OURS = ("auto", "lp", "convex")
PEERS = ("SLSQP", "CVXPY", "PuLP")
PYMC = "pymc-marketing"
PYMC_PYTHON = Path(__file__).parent / ".venv" / "bin" / "python"
TRUE_WITHIN = 1e-6
# Sizes past which a run is known to take minutes.
UP_TO = {"auto": 100_000, "lp": 1_000, "convex": 1_000, "SLSQP": 1_000, "CVXPY": 10_000, "PuLP": 10_000, PYMC: 1_000}
STARTING = 40.0  # seconds a process may take to import its solver on a busy machine
STARTING_PYMC = 400.0
UNITS = (1e-9, 1e-6, 1.0, 1e6, 1e9)


def document(*, cells: int, seed: int, unit: float) -> dict[str, object]:
    """A budget of one million over cells whose caps sum to about two and a half times it."""
    rng = np.random.default_rng(seed)
    even = BUDGET / cells
    cap, beta = even * rng.uniform(1, 4, cells), unit * even * rng.uniform(1, 8, cells)
    k = even * rng.uniform(0.3, 3, cells)
    return {
        "budget": BUDGET,
        "currency": "USD",
        "objective": "revenue",
        "cells": [
            {
                "id": f"cell {i}",
                "path": ["onsite", f"retailer {i % 5}", f"placement {i}"],
                "max": float(cap[i]),
                "curve": {"kind": "michaelis_menten", "beta": float(beta[i]), "k": float(k[i])},
            }
            for i in range(cells)
        ],
    }


def run_one(*, method: str, cells: int, seed: int, unit: float) -> dict[str, object]:
    """One method on one problem: CPU seconds (reading the problem included), gap to the certified bound, honesty."""
    asked = document(cells=cells, seed=seed, unit=unit)
    warm = problem_from_json(document(cells=4, seed=1, unit=1.0))
    # Loaded before the clock starts, and only where it is measured: CVXPY alone takes seconds to import.
    peer = import_module("benchmarks.allocate_peers").PEERS[method] if method in PEERS else None
    if peer is None and method != PYMC:
        allocate(problem=warm, method=method)
    started = time.process_time()
    problem = problem_from_json(asked)
    if method == PYMC:
        split, seconds = pymc_split(problem=problem)
        spend, told = split.spend, split.told
    elif peer is None:
        allocation = allocate(problem=problem, method=method)
        spend, told = np.array([allocation.spend.get(name, 0.0) for name in problem.cells.ids]), allocation.status
    else:
        split = peer(problem=problem)
        spend, told = split.spend, split.told
    if method != PYMC:
        seconds = time.process_time() - started
    best = allocate(problem=problem, method="auto").certificate
    reached = float(problem.cells.responses.values(spend=spend).sum())
    gap = (best.bound - reached) / best.bound
    is_kept = spend.sum() <= BUDGET * (1 + TRUE_WITHIN)
    return {
        "seconds": seconds,
        "gap": gap,
        "told": told,
        "true": "optimal" if is_kept and gap <= TRUE_WITHIN else "over budget" if not is_kept else "not optimal",
    }


def pymc_split(*, problem: Problem) -> tuple[object, float]:
    """pymc-marketing's split, by the Python it is installed in, and its CPU seconds without imports."""
    peers = import_module("benchmarks.allocate_peers")
    beta, k, cap, budget = peers.parts(problem)
    columns = {name: (column / budget).tolist() for name, column in (("beta", beta), ("k", k), ("cap", cap))}
    done = subprocess.run(
        [str(PYMC_PYTHON), str(Path(__file__).with_name("pymc_peer.py"))],
        input=json.dumps(columns | {"budget": 1.0}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit((done.stderr.strip().splitlines() or ["failed"])[-1])
    found = json.loads(done.stdout.splitlines()[-1])
    return peers.Split(spend=np.array(found["spend"]) * budget, told=found["told"]), float(found["seconds"])


def in_a_process(*, method: str, cells: int, seed: int, unit: float, limit: float) -> str:
    """The run's line of the table."""
    command = [sys.executable, "-m", "benchmarks.allocate", "--one", method, "--seed", str(seed)]
    command += ["--sizes", str(cells), "--unit", str(unit)]
    if method == PYMC and not PYMC_PYTHON.exists():
        return "skipped: not installed; run bash benchmarks/install_peers.sh"
    starting = STARTING_PYMC if method == PYMC else STARTING
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as process:
        try:
            said, complaint = process.communicate(timeout=limit + starting)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # with the peer's own Python, which would run on
            return f"stopped after {limit:g} s"
    if process.returncode:
        return (complaint.strip().splitlines() or ["failed"])[-1][:80]
    found = json.loads(said.splitlines()[-1])
    mark = "" if found["told"] != "optimal" or found["true"] == "optimal" else "   <- false success"
    return f"{found['seconds']:>9.4f}  {found['gap']:>9.1e}  {found['told']:<14} {found['true']:<12}{mark}"


def compare_sizes(*, sizes: list[int], methods: list[str], seed: int, limit: float) -> None:
    """Every method at every size it can be expected to finish."""
    print(f"{'cells':>7}  {'method':<14} {'CPU s':>9}  {'gap':>9}  {'told':<14} true")
    for cells in sizes:
        for method in methods:
            if cells <= UP_TO[method]:
                line = in_a_process(method=method, cells=cells, seed=seed, unit=1.0, limit=limit)
                print(f"{cells:>7}  {method:<14} {line}", flush=True)


def compare_units(*, methods: list[str], seed: int, limit: float) -> None:
    """One hundred cells with the response in units far from one."""
    print(f"\n{'unit':>7}  {'method':<14} {'CPU s':>9}  {'gap':>9}  {'told':<14} true")
    for unit in UNITS:
        for method in [name for name in methods if name not in ("lp", "convex")]:
            line = in_a_process(method=method, cells=100, seed=seed, unit=unit, limit=limit)
            print(f"{unit:>7.0e}  {method:<14} {line}", flush=True)


def main() -> None:
    """Print the table of sizes, the table of units, and our own limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1_000, 10_000, 100_000])
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each run")
    parser.add_argument("--methods", nargs="+", default=[*OURS, *PEERS, PYMC], choices=[*OURS, *PEERS, PYMC])
    parser.add_argument("--unit", type=float, default=1.0)
    parser.add_argument("--one", help="run a single method and print JSON")
    options = parser.parse_args()
    if options.one:
        found = run_one(method=options.one, cells=options.sizes[0], seed=options.seed, unit=options.unit)
        print(json.dumps(found))
        return
    compare_sizes(sizes=options.sizes, methods=options.methods, seed=options.seed, limit=options.limit)
    compare_units(methods=options.methods, seed=options.seed, limit=options.limit)
    # Loaded by name, because its cases are measured on the problems of this module.
    import_module("benchmarks.allocate_limits").compare_limits()


if __name__ == "__main__":
    main()
