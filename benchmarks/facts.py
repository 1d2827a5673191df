"""What dashboards wait for with a million daily facts: rollups beside the facts themselves and beside Polars in memory.

Run: ``python -m rmn_site.embedded run --ephemeral -- python -m benchmarks.facts [--facts 1000000]``. The facts are
SIMULATED and loaded by the product's own service into a schema that is dropped at the end. The limit is Polars summing
the same rows from memory: no database, nothing kept. Also timed: what rollups, versions and watching add to an import.
"""

import argparse
import os
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from harmonization.models import ImportRun

START, DAYS, RETAILERS, CAMPAIGNS = date(2026, 1, 5), 90, 6, 40
ROUNDS = 15


@contextmanager
def ephemeral_schema() -> Iterator[None]:
    """A schema with the tables that facts need."""
    from django.db import connection

    from harmonization import models
    from tenants.models import Operation

    name = f"bench_facts_{os.getpid()}"
    tables = (Operation, models.DataSource, models.ImportRun, models.DailyFact, models.DayRollup, models.DayVersion)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {name}")
    try:
        connection.set_schema(name)
        with connection.schema_editor() as editor:
            for model in (*tables, models.HeldDay, models.Anomaly):
                editor.create_model(model)
        yield
    finally:
        connection.set_schema_to_public()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {name} CASCADE")


def simulated_facts(*, facts: int, retailer: int) -> "pl.DataFrame":
    """One retailer's share of the facts, as the pipeline hands them over."""
    import numpy as np
    import polars as pl

    from harmonization.services.daily_facts import facts_to_write

    rng = np.random.default_rng(retailer)
    count = facts // RETAILERS
    number = np.arange(count)
    day, item = number % DAYS, number // DAYS
    clicks = rng.poisson(30, count)
    frame = pl.DataFrame(
        {
            "event_date": pl.Series([START + timedelta(days=offset) for offset in range(DAYS)]).gather(day),
            "sku_id": pl.Series(item // CAMPAIGNS).cast(pl.String),
            "campaign_id": pl.Series(item % CAMPAIGNS).cast(pl.String),
            "impressions": rng.poisson(1500, count),
            "clicks": clicks,
            "cost": (pl.Series(clicks * 0.83).round(2)).cast(pl.Decimal(18, 6)),
        }
    )
    texts = {"advertiser_id": "", "channel": "onsite", "placement_type": "search", "currency": "USD"}
    names = {"retailer_id": f"r{retailer}", "retailer_name": f"Retailer {retailer}", "campaign_name": "Campaign"}
    rest = {"product_name": "Item", "brand": "Brand", "touch": "click", "scope": "total"}
    return facts_to_write(
        daily=frame.with_columns(
            *(pl.lit(value).alias(name) for name, value in {**texts, **names, **rest}.items()),
            *(pl.col("cost").alias(name) for name in ("revenue", "ntb_revenue")),
            *(pl.col("clicks").alias(name) for name in ("orders", "units")),
            pl.lit(14).alias("attribution_window_days"),
        )
    )


def seconds(work: Callable[[], object], *, rounds: int = 1) -> float:
    """Median wall seconds."""
    spent = []
    for _ in range(rounds):
        started = perf_counter()
        work()
        spent.append(perf_counter() - started)
    return statistics.median(spent)


def new_import(retailer: int, number: int) -> "ImportRun":
    from django.utils import timezone

    from harmonization.models import ImportRun

    return ImportRun.objects.create(
        file_name=f"simulated-r{retailer}-{number}.csv",
        file_size=1,
        file_sha256=f"{retailer:032d}{number:032d}",
        mapping_name="alpha",
        state="done",
        finished_at=timezone.now(),
        retailers=[f"r{retailer}"],
        period_end=START + timedelta(days=DAYS - 1),
    )


def measure(*, facts: int) -> None:
    import polars as pl
    from django.db import connection, transaction
    from django.db.models import Sum

    from harmonization.models import DailyFact
    from harmonization.selectors.facts import daily_series, kpis
    from harmonization.services.daily_facts import write_facts
    from harmonization.services.rollups import RetailerDayKey, check_rollups, record_versions, refresh_rollups

    parts = [simulated_facts(facts=facts, retailer=retailer) for retailer in range(RETAILERS)]

    def write(part: pl.DataFrame, *, retailer: int, number: int) -> None:
        with transaction.atomic():
            write_facts(facts=part, import_run=new_import(retailer, number))

    load = sum(seconds(lambda n=n, part=part: write(part, retailer=n, number=1)) for n, part in enumerate(parts))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE harmonization_dailyfact")
    period = {"start": START, "end": START + timedelta(days=DAYS - 1)}
    everything = pl.concat(parts)
    sums = [pl.col(name).sum() for name in ("impressions", "clicks", "cost", "revenue")]
    from_facts = (
        DailyFact.objects.current().between(**period).order_by().values("event_date", "retailer_id", "currency")
    )
    measures = {name: Sum(name) for name in ("impressions", "clicks", "cost", "revenue")}
    limit = seconds(lambda: everything.group_by("event_date", "retailer_id", "currency").agg(sums), rounds=ROUNDS)
    before = seconds(lambda: list(from_facts.annotate(**{f"s_{k}": v for k, v in measures.items()})), rounds=5)
    kpi = seconds(lambda: kpis(**period), rounds=ROUNDS)
    series = seconds(lambda: daily_series(**period), rounds=ROUNDS)
    print(f"{facts:,} facts, {DAYS} days, {RETAILERS} retailers; loaded in {load:.1f} s")
    print(f"limit: Polars, in memory     {1000 * limit:8.1f} ms")
    print(f"summed from the facts        {1000 * before:8.1f} ms  {before / limit:6.2f} of the limit")
    print(f"kpis() from rollups          {1000 * kpi:8.1f} ms  {kpi / limit:6.2f} of the limit")
    print(f"daily_series() from rollups  {1000 * series:8.1f} ms  {series / limit:6.2f} of the limit")

    last = parts[0].filter(pl.col("event_date") == period["end"])
    for label, part, number in (("one day", last, 2), (f"{DAYS} days", parts[0], 3)):
        total = seconds(lambda part=part, number=number: write(part, retailer=0, number=number))
        days = [RetailerDayKey(retailer_id="r0", event_date=day) for day in part["event_date"].unique()]
        run = new_import(0, number + 10)

        started = perf_counter()
        refresh_rollups(days=days)
        record_versions(days=days, import_run=run, at=run.finished_at, by=None, read_on=START)
        kept = perf_counter() - started
        print(
            f"import of {label:8} {part.height:9,} facts: {1000 * total:8.1f} ms, of it rollups and versions", end=" "
        )
        print(f"{1000 * kept:.1f} ms ({kept / total:.0%})")
    print(f"watching a source, 30 campaigns{1000 * seconds(_watch_one, rounds=3):8.1f} ms")
    check = perf_counter()
    print(f"verify_rollups: {check_rollups().differing} differ; {1000 * (perf_counter() - check):.1f} ms")


def _watch_one() -> None:
    from django.utils import timezone

    from harmonization.services import anomalies

    anomalies._watch_source(retailer_id="r0", now=timezone.now(), import_run=None)


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rmn_site.settings.test")
    django.setup()
    with ephemeral_schema():
        measure(facts=asked.facts)


if __name__ == "__main__":
    main()
