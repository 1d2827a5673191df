"""Rows per CPU second and peak memory of harmonization beside Polars' own CSV → Parquet and DuckDB, in one run.

Run: ``python -m benchmarks.harmonize [--rows 10000 1000000 10000000] [--repeat 3]``. All read the same simulated
Alpha export and write Parquet; each run is a process of its own, so that CPU seconds (user + system) and peak memory
are its own; of repeated runs the one with the least CPU counts. The limit is Polars without any transform on the
columns the mapping reads. DuckDB does the same work by SQL made from the mapping: typed fields partitioned by month,
and the daily facts; it checks, rejects and reconciles nothing.
``converted`` is the pipeline's conversion to stored rows without evidence.
``harmonized`` is everything the worker does with a file: byte checks, quality counts, daily facts and both sides of
the reconciliation. The file's hash is known from its upload there; ``with hash`` adds it up as well. ``one bad row`` is
``harmonized`` of a file whose last row cannot be read: the piece that holds it is read row by row.
``peak MB`` is all resident memory, ``own MB`` the process's own without mapped files, sampled.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from threading import Thread

import duckdb
import polars as pl

from campaigns.simulation import build_world, write_exports
from harmonization.grouping import keep_groups_at_hand
from harmonization.mapping.library import load_mapping
from harmonization.mapping.refusal import DEFAULT_LIMITS
from harmonization.mapping.spec import FieldMapping, Mapping, OutcomeMapping
from harmonization.pipeline.event_rows import event_rows
from harmonization.pipeline.plan import lay_plan
from harmonization.pipeline.quick_columns import quick_columns
from harmonization.pipeline.quick_pass import lay_pass
from harmonization.pipeline.run import harmonize_file
from harmonization.pipeline.source_audit import source_reader
from harmonization.pipeline.staging import stage
from harmonization.pipeline.writing import dataset_sink
from harmonization.rmis.registry import FIELDS, FieldType

START, DAYS, SEED = date(2026, 1, 5), 90, 7
SIZES = (10_000, 1_000_000)
LARGE = 10_000_000
LIMITS = replace(DEFAULT_LIMITS, file_bytes=1 << 32, rows=LARGE)
SAMPLED_EVERY = 0.02  # seconds
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


@cache
def alpha() -> Mapping:
    """The mapping all runs share."""
    return load_mapping("alpha")


def harmonized(*, source: Path, folder: Path) -> None:
    """The pipeline as the worker runs it; no hash is looked up again."""
    harmonize_file(input_path=source, mapping=alpha(), output_dir=folder, limits=LIMITS, known_digest="0" * 64)


def with_hash(*, source: Path, folder: Path) -> None:
    """The same with the hash of a file that nobody has stored before."""
    harmonize_file(input_path=source, mapping=alpha(), output_dir=folder, limits=LIMITS)


def converted(*, source: Path, folder: Path) -> None:
    """The conversion alone: the rows that harmonizing stores, without any evidence."""
    table = stage(path=source, mapping=alpha(), folder=folder, limits=LIMITS)
    plan = lay_plan(mapping=alpha(), names=table.header.names)
    reader = source_reader(mapping=alpha(), plan=plan, table=table)
    columns = quick_columns(table=table, plan=plan, reader=reader)
    way = lay_pass(table, mapping=alpha(), plan=plan, reader=reader, columns=columns)
    rows = event_rows(kept=way.kept, mapping=alpha(), plan=plan, source_file_id="0" * 64)
    dataset_sink(rows=rows, folder=folder / "converted", name="rows").collect(engine="streaming")


RUNS = {
    "plain": plain,
    "converted": converted,
    "harmonized": harmonized,
    "with hash": with_hash,
    "one bad row": harmonized,
    "duckdb": by_duckdb,
}
LARGE_RUNS = ("plain", "converted", "harmonized", "duckdb")


def spoil(source: Path) -> Path:
    """A copy of an export with one more row, whose clicks are no number."""
    copy = source.with_name("simulated-alpha-bad-row.csv")
    shutil.copyfile(source, copy)
    with copy.open("a", encoding="utf-8") as file:
        cells = source.open(encoding="utf-8").readlines(4096)[1].split(",")
        file.write(",".join([*cells[:11], "many", *cells[12:]]))
    return copy


class OwnMemory(Thread):
    """Samples the peak of the process's own memory, in MB."""

    peak = 0.0

    def run(self) -> None:
        while True:
            status = Path("/proc/self/status").read_text(encoding="ascii")
            own = next(line for line in status.splitlines() if line.startswith("RssAnon"))
            self.peak = max(self.peak, int(own.split()[1]) / 1024)
            time.sleep(SAMPLED_EVERY)


def measured(*, name: str, source: Path, folder: Path) -> dict[str, float]:
    """CPU and wall seconds and peak memory (MB) of one run in a fresh process; neither imports nor mapping."""
    source = spoil(source) if name == "one bad row" else source
    command = [sys.executable, "-m", "benchmarks.harmonize", "--run", name, str(source), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def run_one(*, name: str, source: Path, folder: Path) -> None:
    alpha()
    keep_groups_at_hand()  # as the product does; the limit has no groups
    memory = OwnMemory(daemon=True)
    memory.start()
    cpu, wall = time.process_time(), time.perf_counter()
    RUNS[name](source=source, folder=folder)
    used = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**used, "memory": peak, "own": memory.peak}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[*SIZES, LARGE])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--run", nargs=3, metavar=("NAME", "SOURCE", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        name, source, folder = options.run
        run_one(name=name, source=Path(source), folder=Path(folder))
        return
    print(f"Aimed at: share of the limit {LEAST_SHARE} at 1 000 000 rows; {MOST_MEMORY} MB at 10 000 000.")
    print(f"{'rows':>10}  {'what':<12}{'CPU s':>8}{'wall s':>8}{'rows/CPU s':>12}{'peak MB':>9}{'own MB':>8}   share")
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "simulated-alpha-bench.csv"
            write_export(path=source, rows=rows)
            compare(rows=rows, source=source, repeat=1 if rows >= LARGE else options.repeat)


def compare(*, rows: int, source: Path, repeat: int) -> None:
    """A line for each run; the limit is the first."""
    limit = None
    for name in LARGE_RUNS if rows >= LARGE else RUNS:
        times = 1 if name == "one bad row" else repeat
        runs = [measured(name=name, source=source, folder=source.parent) for _ in range(times)]
        seen = min(runs, key=lambda one: one["cpu"])
        limit = limit or seen["cpu"]
        print(
            f"{rows:>10,}  {name:<12}{seen['cpu']:>8.2f}{seen['wall']:>8.2f}{rows / seen['cpu']:>12,.0f}"
            f"{seen['memory']:>9.0f}{seen['own']:>8.0f}   {limit / seen['cpu']:.2f}"
            + verdict(name=name, rows=rows, share=limit / seen["cpu"], memory=seen["memory"]),
            flush=True,
        )


def verdict(*, name: str, rows: int, share: float, memory: float) -> str:
    """Whether a run meets what is aimed at, where something is."""
    if name not in {"converted", "harmonized"} or rows < SIZES[-1]:
        return ""
    said = f"  share {'pass' if share >= LEAST_SHARE else 'FAIL'}"
    return said + (f", memory {'pass' if memory <= MOST_MEMORY else 'FAIL'}" if rows >= LARGE else "")


if __name__ == "__main__":
    main()
