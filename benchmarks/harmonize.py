"""Rows per CPU second and peak memory of harmonization beside Polars' own CSV → Parquet and DuckDB, in one run.

Run: ``python -m benchmarks.harmonize [--rows 10000 1000000] [--repeat 3]``. All read the same simulated Alpha export
and write Parquet; each run is a process of its own, so that CPU seconds (user + system) and peak memory are its own; of
repeated runs the one with the least CPU counts. The limit is Polars without any transform on the columns the mapping
reads. DuckDB does the same work by SQL made from the mapping: typed fields partitioned by month, and the daily facts;
it checks, rejects and reconciles nothing. Harmonization includes everything, the hash of the file too.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from campaigns.simulation import build_world, write_exports
from harmonization.mapping.library import load_mapping
from harmonization.mapping.spec import FieldMapping, Mapping, OutcomeMapping
from harmonization.pipeline.run import harmonize_file
from harmonization.rmis.registry import FIELDS, FieldType

START, DAYS, SEED = date(2026, 1, 5), 90, 7
SIZES = (10_000, 1_000_000)
AMOUNTS = {FieldType.MONEY, FieldType.QUANTITY, FieldType.RATIO}
LEAST_SHARE, MOST_MEMORY = 0.8, 2048


def write_export(*, path: Path, rows: int) -> None:
    """An Alpha export of ``rows`` rows: a simulated one, its rows repeated under new event ids."""
    world = build_world(seed=SEED, start=START, days=DAYS, manufacturer="acme")
    [export] = write_exports(world=world, directory=path.parent, retailer_ids=("alpha",))
    header, *lines = export.path.read_text(encoding="utf-8").splitlines()
    with path.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        for number in range(rows):
            file.write(f"r{number}-{lines[number % len(lines)]}\n")


def plain(*, source: Path, folder: Path) -> None:
    """The limit: Polars reads the columns of the mapping as it guesses them and writes Parquet."""
    columns = [*(one.columns[0] for one in alpha().fields), *(one.columns[0] for one in alpha().outcomes)]
    pl.scan_csv(source).select(columns).sink_parquet(folder / "plain.parquet")


def by_duckdb(*, source: Path, folder: Path) -> None:
    """The rows and the daily facts of the mapping by SQL."""
    fields = ", ".join([*(_field_sql(one) for one in alpha().fields), *(_outcome_sql(one) for one in alpha().outcomes)])
    connection = duckdb.connect()
    connection.execute("SET threads = ?", [len(os.sched_getaffinity(0))])
    connection.execute(
        f"CREATE TABLE rows AS SELECT row_number() OVER () + 1 AS source_row_no, {fields},"
        f" 'alpha' AS retailer_id, 'USD' AS currency FROM read_csv('{source}', header = true, all_varchar = true)"
    )
    connection.execute(
        "COPY (SELECT *, strftime(event_date, '%Y-%m') AS month FROM rows)"
        f" TO '{folder / 'duckdb'}' (FORMAT parquet, PARTITION_BY (month), COMPRESSION zstd, OVERWRITE)"
    )
    connection.execute(
        "SELECT event_date, retailer_id, campaign_id, placement_type, sku_id, currency, min(campaign_name),"
        " min(product_name), min(brand), sum(impressions), sum(clicks), sum(cost), sum(orders), sum(revenue)"
        " FROM rows GROUP BY ALL ORDER BY ALL"
    ).fetchall()


def _field_sql(field: FieldMapping) -> str:
    column, kind = field.columns[0], FIELDS[field.name].type
    if kind is FieldType.DATE:
        return f"strptime({column}, '{field.formats[0]}')::DATE AS {field.name}"
    if kind is FieldType.ENUM:
        cases = " ".join(f"WHEN '{word}' THEN '{value}'" for word, value in field.values.items())
        return f"CASE lower({column}) {cases} ELSE '{field.otherwise}' END AS {field.name}, {column} AS placement_raw"
    if kind is FieldType.COUNT:
        return f"{column}::BIGINT AS {field.name}"
    return f"{column}::DECIMAL(18, 6) AS {field.name}" if kind in AMOUNTS else f"{column} AS {field.name}"


def _outcome_sql(outcome: OutcomeMapping) -> str:
    return f"{outcome.columns[0]}::DECIMAL(18, 6) AS {outcome.metric}"


def alpha() -> Mapping:
    """The mapping all runs share."""
    return load_mapping("alpha")


def harmonized(*, source: Path, folder: Path) -> None:
    """The product's own function, as the worker calls it."""
    harmonize_file(input_path=source, mapping=alpha(), output_dir=folder)


RUNS = {"plain": plain, "duckdb": by_duckdb, "harmonized": harmonized}


def measured(*, name: str, source: Path, folder: Path) -> dict[str, float]:
    """CPU and wall seconds and peak memory (MB) of one run in a fresh process; imports are not counted."""
    command = [sys.executable, "-m", "benchmarks.harmonize", "--run", name, str(source), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def run_one(*, name: str, source: Path, folder: Path) -> None:
    cpu, wall = time.process_time(), time.perf_counter()
    RUNS[name](source=source, folder=folder)
    used = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps({**used, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--run", nargs=3, metavar=("NAME", "SOURCE", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        name, source, folder = options.run
        run_one(name=name, source=Path(source), folder=Path(folder))
        return
    print(f"Aimed at: share of the limit {LEAST_SHARE} at 1 000 000 rows; {MOST_MEMORY} MB at 10 000 000.")
    print(f"{'rows':>10}  {'what':<11}{'CPU s':>8}{'wall s':>8}{'rows/CPU s':>12}{'peak MB':>9}   share of the limit")
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "simulated-alpha-bench.csv"
            write_export(path=source, rows=rows)
            limit = None
            for name in RUNS:
                runs = [measured(name=name, source=source, folder=Path(folder)) for _ in range(options.repeat)]
                seen = min(runs, key=lambda one: one["cpu"])
                limit = limit or seen["cpu"]
                print(
                    f"{rows:>10,}  {name:<11}{seen['cpu']:>8.2f}{seen['wall']:>8.2f}{rows / seen['cpu']:>12,.0f}"
                    f"{seen['memory']:>9.0f}   {limit / seen['cpu']:.2f}"
                )


if __name__ == "__main__":
    main()
