"""From "upload done" to "import done, facts visible" through a real Celery worker, in milliseconds, step by step.

Run: ``python -m rmn_site.embedded run --ephemeral -- python -m benchmarks.import_job [--rows 10000] [--runs 15]``. Each
run uploads another simulated Alpha export (days that were not there before) to a workspace in a database of its own.
The worker is the product's own, with clocks around its steps. Wall time is the machine's: the load is printed beside,
and CPU milliseconds of the worker, which other work on the machine changes least.
"""

import argparse
import importlib
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rmn_site.tests.real_site import RealSite

LIMIT_MS, WARM_UP, DAYS = 200, 3, 90
START = date(2020, 1, 6)
CLOCKS = "IMPORT_JOB_CLOCKS"
STEPS = {
    "claim": ("tenants.services.operation_runs._claim",),
    "open, mapping, rates": (
        "harmonization.services.import_runs.mapping_of_run",
        "harmonization.services.import_runs.reporting_of_workspace",
    ),
    "harmonize": ("harmonization.pipeline.run.harmonize_file",),
    "check facts": ("harmonization.services.import_runs.facts_to_write",),
    "progress": ("tenants.services.operation_runs.OperationRun.progress",),
    "shrunken days": ("harmonization.services.import_runs.hold_shrunken_days",),
    "write facts": ("harmonization.services.daily_facts._copy",),
    "supersede": (
        "harmonization.services.daily_facts._supersede",
        "harmonization.services.daily_facts._supersede_same_file",
    ),
    "rollups": ("harmonization.services.daily_facts.refresh_rollups",),
    "versions": ("harmonization.services.daily_facts.record_versions",),
    "header drift": ("harmonization.services.import_runs.watch_header",),
    "report JSON": ("harmonization.services.import_runs._fill",),
    "queue the look": ("harmonization.services.import_runs.watch_soon",),
    "audit": (
        "harmonization.services.import_runs.record_event",
        "tenants.services.operation_runs.record_event",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Timed:
    """One import: milliseconds from upload to done, of each step, and of CPU in the worker."""

    total: float
    steps: Mapping[str, float]
    cpu: float


def start_worker_with_clocks() -> None:
    """The worker's process: the product's Celery worker, its steps timed into the file of ``IMPORT_JOB_CLOCKS``."""
    import django

    django.setup()
    from rmn_site.celery import app
    from tenants.services import operation_runs

    spent: dict[str, float] = {}
    for step, paths in STEPS.items():
        for path in paths:
            _put_clock(path=path, step=step, spent=spent)
    run_operation = operation_runs.run_operation

    def timed_run(*, operation_id: str) -> str:
        spent.clear()
        picked_up, started, cpu = time.time(), time.perf_counter(), time.process_time()
        state = run_operation(operation_id=operation_id)
        told = {"picked_up": picked_up, "whole": 1000 * (time.perf_counter() - started), "steps": dict(spent)}
        line = {"operation": operation_id, "cpu": 1000 * (time.process_time() - cpu), **told}
        with Path(os.environ[CLOCKS]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        return state

    importlib.import_module("tenants.tasks").run_operation = timed_run
    options = ["-Q", "web,harmonize,optimize", "--concurrency", "1", "--prefetch-multiplier", "1"]
    app.worker_main(["worker", *options, "--loglevel", "WARNING", "--without-gossip", "--without-mingle"])


def _put_clock(*, path: str, step: str, spent: dict[str, float]) -> None:
    owner_path, name = path.rsplit(".", 1)
    try:
        owner: Any = importlib.import_module(owner_path)
    except ModuleNotFoundError:
        module, owner_name = owner_path.rsplit(".", 1)
        owner = getattr(importlib.import_module(module), owner_name)
    timed = getattr(owner, name, None)
    if timed is None:
        return

    def clocked(*args: Any, **kwargs: Any) -> Any:
        started = time.perf_counter()
        try:
            return timed(*args, **kwargs)
        finally:
            spent[step] = spent.get(step, 0.0) + 1000 * (time.perf_counter() - started)

    setattr(owner, name, clocked)


def write_export(*, path: Path, rows: int, number: int) -> None:
    """An Alpha export of ``rows`` clean rows over days of its own."""
    from campaigns.simulation import build_world, write_exports

    world = build_world(seed=number, start=START + timedelta(days=DAYS * number), days=DAYS, manufacturer="acme")
    [export] = write_exports(world=world, directory=path.parent, retailer_ids=("alpha",))
    header, *lines = export.path.read_text(encoding="utf-8").splitlines()
    with path.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        for row in range(rows):
            file.write(f"r{row}-{lines[row % len(lines)]}\n")


@contextmanager
def real_site(*, folder: Path) -> Iterator["RealSite"]:
    """A site of committed rows with a broker of its own, and its worker under clocks."""
    from django.conf import settings
    from django_tenants.utils import tenant_context

    import conftest
    from rmn_site.tests.databases import cloned_database, ensure_template, own_broker, using_database
    from rmn_site.tests.real_site import RealSite, stopping
    from tenants.models import Tenant

    ensure_template(build=conftest._build_template)
    settings.DATA_DIR, name = folder, f"rmn_bench_{os.getpid()}"
    with cloned_database(name=name) as url, using_database(name=name):
        site = RealSite(database_url=url, redis_url=own_broker(), data_dir=folder)
        settings.CELERY_BROKER_URL = site.redis_url
        os.environ[CLOCKS] = str(folder / "clocks.jsonl")
        with stopping(site), tenant_context(Tenant.objects.get(slug="acme")):
            site._start("-m", "benchmarks.import_job", "--worker")
            yield site


def time_import(*, path: Path) -> Timed:
    """Upload one export and wait until its operation is done and its facts can be read."""
    from django.core.files import File

    from harmonization.models import DailyFact
    from harmonization.services.uploads import receive_upload
    from tenants.models import Operation, User

    with path.open("rb") as file:
        owner = User.objects.get(email="owner@example.com")
        run, operation = receive_upload(file=File(file), file_name=path.name, mapping_name=None, by=owner)
    assert operation is not None
    uploaded, clock = time.time(), time.perf_counter()
    states = Operation.objects.filter(pk=operation.pk).values_list("state", flat=True)
    while (state := states.get()) in {"queued", "running"}:
        if time.perf_counter() - clock > 120:
            raise TimeoutError("the worker did not take the import")
        time.sleep(0.002)
    facts = DailyFact.objects.filter(import_run=run).count()
    total = 1000 * (time.perf_counter() - clock)
    assert state == "done", state
    assert facts, "no facts"
    while Operation.objects.unfinished().exists():  # the look at the source comes after, and is not what is timed
        time.sleep(0.02)
    told = _told(operation=str(operation.pk))
    steps = dict(told["steps"])
    inside = sum(steps.values())
    return Timed(
        total=total,
        steps={
            "hand-over, pick-up": 1000 * (told["picked_up"] - uploaded),
            **steps,
            "rest of the worker": told["whole"] - inside,
        },
        cpu=told["cpu"],
    )


def _told(*, operation: str) -> dict[str, Any]:
    """What the worker's clocks say of one operation; it writes after the operation is done."""
    for _ in range(200):
        for line in Path(os.environ[CLOCKS]).read_text(encoding="utf-8").splitlines():
            if (told := json.loads(line))["operation"] == operation:
                return told
        time.sleep(0.01)
    raise TimeoutError("the worker's clocks say nothing of this import")


def report(*, timed: list[Timed], rows: int) -> None:
    """Medians and 95th percentiles."""
    print(
        f"{rows:,} rows, {len(timed)} runs after {WARM_UP} to warm up; load average {os.getloadavg()[0]:.1f}", end=" "
    )
    print(f"on {len(os.sched_getaffinity(0))} CPUs")
    print(f"{'milliseconds':<24}{'median':>9}{'p95':>9}")
    names = dict.fromkeys(name for one in timed for name in one.steps)
    lines: dict[str, Callable[[Timed], float]] = {
        **{name: lambda one, name=name: one.steps.get(name, 0.0) for name in names},
        "CPU of the worker": lambda one: one.cpu,
        "upload done to visible": lambda one: one.total,
    }
    for name, of in lines.items():
        values = [of(one) for one in timed]
        middle, late = statistics.median(values), statistics.quantiles(values, n=20, method="inclusive")[-1]
        print(f"{name:<24}{middle:>9.1f}{late:>9.1f}")
    print(f"{'limit':<24}{LIMIT_MS:>9}")


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        start_worker_with_clocks()
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rmn_site.settings.test")
    django.setup()
    with tempfile.TemporaryDirectory() as folder, real_site(folder=Path(folder)):
        timed = []
        for number in range(WARM_UP + asked.runs):
            path = Path(folder) / f"simulated-alpha-{number}.csv"
            write_export(path=path, rows=asked.rows, number=number)
            timed.append(time_import(path=path))
    report(timed=timed[WARM_UP:], rows=asked.rows)


if __name__ == "__main__":
    sys.exit(main())
