"""Known answers of experiment readouts, coverage and false alarms over 1 000 simulated tests, and screening speed.

    python -m benchmarks.experiments [--worlds 1000]

Every simulated world has no effect or a known one (the generator of the tests); coverage is of the true average effect.
"""

import argparse
import csv
import json
import time
from pathlib import Path

import numpy as np

from campaigns.measurement.analysis import analyze
from campaigns.measurement.design.markets import History, Wish, screen_markets
from campaigns.measurement.design.power import count_per_group, t_test_power, two_sample_power
from campaigns.measurement.panel import Panel, panel_of_rows
from campaigns.measurement.readout import Readout
from campaigns.measurement.trimmed_match import PairDifferences, trimmed_match
from campaigns.tests.measurement.worlds import random_world

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases" / "decisions"
CONFIDENCE = 0.9
WORLDS = {"did": 1, "tbr": 1, "sdid": 1, "sc": 1, "ascm": 1, "bsts": 0.2}


def _row(name: str, found: float, expected: float, tolerance: float) -> None:
    verdict = "ok" if abs(found - expected) <= tolerance else "OFF"
    print(f"  {name:42} {found:14.6f} {expected:14.6f} ± {tolerance:g}  {verdict}")


def _read(panel: Panel, method: str, confidence: float = CONFIDENCE) -> Readout:
    return analyze(panel=panel, method=method, confidence=confidence, rng=np.random.default_rng(0))


def _proposition_99() -> None:
    with (CASES / "prop99_sdid" / "california_prop99_long.csv").open() as lines:
        rows = [(row["state"], row["year"], float(row["packs_per_capita"]), None) for row in csv.DictReader(lines)]
    panel = panel_of_rows(rows=rows, times=sorted({row[1] for row in rows}), treated=["California"], start="1989")
    for method, expected, tolerance in (("did", -27.349, 0.01), ("sdid", -15.604, 0.05), ("sc", -19.6, 0.25)):
        _row(f"Proposition 99, {method}", _read(panel, method).att, expected, tolerance)


def _sales_and_cost() -> None:
    folder = CASES / "tbr_salesandcost"
    with (folder / "geoassignment.csv").open() as lines:
        treated = [row["geo"] for row in csv.DictReader(lines) if row["geo.group"] == "2"]
    with (folder / "salesandcost.csv").open() as lines:
        rows = [
            (row["geo"], row["date"], float(row["sales"]), float(row["cost"]))
            for row in csv.DictReader(lines)
            if row["date"] <= "2015-03-15"
        ]
    panel = panel_of_rows(
        rows=rows, times=sorted({row[1] for row in rows}), treated=treated, start="2015-02-16", absent_is_zero=True
    )
    found = _read(panel, "tbr")
    _row("TBR sales and cost, iROAS", found.iroas or 0, 2.946742, 1e-5)
    _row("TBR sales and cost, incremental", found.incremental, 147337.122, 0.01)
    _row("TBR sales and cost, lift", found.lift, 0.173998, 1e-4)
    _row("TBR sales and cost, low end (90 %)", found.interval[0], 2.79135, 0.002)
    _row("TBR sales and cost, high end (90 %)", found.interval[1], 3.102936, 0.002)
    _row("TBR sales and cost, low end (one tail)", _read(panel, "tbr", 0.8).interval[0], 2.826194, 1e-5)


def _power() -> None:
    rows = json.loads((CASES / "power_pwr_r" / "pwr_reference.json").read_text())["rows"]
    worst = 0.0
    for row in rows:
        size = (row.get("n1", row.get("n")), row.get("n2", row.get("n")))
        if row["test"] == "one-sample t":
            found = t_test_power(effect=row["d"], count=size[0], alpha=row["alpha"], side=row["alt"])
        else:
            found = two_sample_power(
                effect=row["d"], count=size[0], other_count=size[1], alpha=row["alpha"], side=row["alt"]
            )
        worst = max(worst, abs(found - row["power"]))
    _row(f"R pwr, worst of {len(rows)} powers", worst, 0, 1e-6)
    for effect, expected in ((0.2, 394), (0.5, 64), (0.8, 26)):
        _row(f"Cohen, n per group at d {effect}", count_per_group(effect=effect, power=0.8, alpha=0.05), expected, 0)


def _trimmed_match() -> None:
    pairs = PairDifferences(response=np.array([1.0, 10, 3, 8]), cost=np.array([1.0, 5, 2, 5]))
    found = trimmed_match(pairs=pairs, confidence=CONFIDENCE, trimmed_per_side=0)
    _row("google/trimmed_match, untrimmed iROAS", found.iroas, 1.692, 1e-3)
    _row("google/trimmed_match, high end", found.interval[1], 1.905, 1e-3)


def _coverage(method: str, *, worlds: int) -> None:
    """Half of the worlds have no effect; the others one of 5 % of the mean, so that power shows too."""
    rng = np.random.default_rng(2026)
    covered = alarms = found = disagree = nulls = 0
    started = time.process_time()
    for world in range(worlds):
        panel, truth = random_world(rng=rng, effect=0.05 * (world % 2))
        readout = analyze(panel=panel, method=method, confidence=CONFIDENCE, rng=rng)
        low, high = readout.att_interval
        is_found = readout.p_value < 1 - CONFIDENCE
        covered += low <= truth <= high
        disagree += is_found == (low <= 0 <= high)
        nulls += truth == 0
        alarms += is_found and truth == 0
        found += is_found and truth != 0
    error = 1.96 * np.sqrt(CONFIDENCE * (1 - CONFIDENCE) / worlds)
    print(
        f"  {method:14} {worlds:6} worlds   coverage {covered / worlds:.3f} ± {error:.3f} (0.88–0.92)"
        f"   false alarms {alarms / nulls:.3f} (0.08–0.12)   found {found / (worlds - nulls):.2f}"
        f"   p and interval agree in {1 - disagree / worlds:.0%}"
        f"   {(time.process_time() - started) / worlds * 1000:.1f} ms each"
    )


def _trimmed_coverage(*, worlds: int) -> None:
    rng = np.random.default_rng(2026)
    covered = alarms = disagree = 0
    for _ in range(worlds):
        size = rng.lognormal(0, 1, 50)
        cost = size * 100 * rng.uniform(0.8, 1.2, 50)
        noise = rng.standard_t(3, 50) * size * 60
        found = trimmed_match(pairs=PairDifferences(response=noise, cost=cost), confidence=CONFIDENCE)
        covered += found.interval[0] <= 0 <= found.interval[1]
        alarms += found.p_value < 1 - CONFIDENCE
        disagree += (found.p_value < 1 - CONFIDENCE) == (found.interval[0] <= 0 <= found.interval[1])
    print(
        f"  trimmed_match  {worlds:6} worlds   coverage {covered / worlds:.3f} (50 pairs)"
        f"   false alarms {alarms / worlds:.3f}   p and interval disagree {disagree}"
    )


def _screening() -> None:
    rng = np.random.default_rng(0)
    outcome = rng.lognormal(3, 0.4, 200)[:, None] * (1 + rng.normal(0, 0.05, (200, 365)))
    started = time.process_time()
    found = screen_markets(
        history=History(units=tuple(map(str, range(200))), outcome=outcome),
        wish=Wish(sizes=(5, 10, 20), periods=28),
        candidates=1000,
        rng=rng,
    )
    seconds = time.process_time() - started
    print(
        f"  {len(found)} sets of 200 markets over 365 days: {seconds:.3f} CPU s, {seconds / 10:.4f} of the limit (10 s)"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=1000)
    worlds = parser.parse_args().worlds
    print("Known answers: found, expected")
    _trimmed_match()
    if CASES.exists():
        _proposition_99()
        _sales_and_cost()
        _power()
    else:
        print("  (the published cases are not here)")
    print(f"Simulated tests, {CONFIDENCE:.0%} intervals")
    for method, share in WORLDS.items():
        _coverage(method, worlds=max(50, int(worlds * share)))
    _trimmed_coverage(worlds=max(50, worlds // 4))
    print("Screening of markets")
    _screening()


if __name__ == "__main__":
    main()
