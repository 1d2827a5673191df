"""Rows per CPU second and peak memory of harmonization beside Polars' own CSV → Parquet with no transform.

Run: ``python -m benchmarks.harmonize [--rows 10000 1000000]``. Both read the same simulated Alpha export and write
Parquet; each run is a process of its own so that CPU seconds and peak memory are its own. The ratio is the share of the
no-transform limit that harmonization reaches, in CPU seconds; it includes mapping, checks, rejects, the attribution
table, daily facts and the independent reconciliation.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

START, DAYS, SEED = date(2026, 1, 5), 90, 7
SIZES = (10_000, 1_000_000)


def write_export(*, path: Path, rows: int) -> None:
    """An Alpha export of ``rows`` rows: a simulated one, its rows repeated under new event ids."""
    from campaigns.simulation import build_world, write_exports

    world = build_world(seed=SEED, start=START, days=DAYS, manufacturer="acme")
    [export] = write_exports(world=world, directory=path.parent, retailer_ids=("alpha",))
    header, *lines = export.path.read_text(encoding="utf-8").splitlines()
    with path.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        for number in range(rows):
            file.write(f"r{number}-{lines[number % len(lines)]}\n")


def plain(*, source: Path, folder: Path) -> None:
    """The limit: Polars reads the CSV as it guesses it and writes Parquet."""
    import polars as pl

    pl.scan_csv(source).sink_parquet(folder / "plain.parquet")


def harmonized(*, source: Path, folder: Path) -> None:
    """The product's own function, as the worker calls it."""
    from harmonization.mapping.library import load_mapping
    from harmonization.pipeline.run import harmonize_file

    harmonize_file(input_path=source, mapping=load_mapping("alpha"), output_dir=folder)


RUNS = {"plain": plain, "harmonized": harmonized}


def measured(*, name: str, source: Path, folder: Path) -> dict[str, float]:
    """CPU and wall seconds and peak memory (MB) of one run in a fresh process; imports are not counted."""
    command = [sys.executable, "-m", "benchmarks.harmonize", "--run", name, str(source), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def run_one(*, name: str, source: Path, folder: Path) -> None:
    import harmonization.pipeline.run  # noqa: F401 - loaded before the clock starts

    cpu, wall = time.process_time(), time.perf_counter()
    RUNS[name](source=source, folder=folder)
    used = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps({**used, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--run", nargs=3, metavar=("NAME", "SOURCE", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        name, source, folder = options.run
        run_one(name=name, source=Path(source), folder=Path(folder))
        return
    print(f"{'rows':>10}  {'what':<11}{'CPU s':>8}{'wall s':>8}{'rows/CPU s':>12}{'peak MB':>9}   share of the limit")
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "simulated-alpha-bench.csv"
            write_export(path=source, rows=rows)
            limit = None
            for name in RUNS:
                seen = measured(name=name, source=source, folder=Path(folder))
                limit = limit or seen["cpu"]
                print(
                    f"{rows:>10,}  {name:<11}{seen['cpu']:>8.2f}{seen['wall']:>8.2f}{rows / seen['cpu']:>12,.0f}"
                    f"{seen['memory']:>9.0f}   {limit / seen['cpu']:.2f}"
                )


if __name__ == "__main__":
    main()
