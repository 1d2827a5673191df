"""Harmonize a file on a Ray cluster; the worker waits, tells that it is alive, and keeps the books.

A file is one task, and many of them run side by side, as many as Celery has workers to wait for them. The rows of a
large file are read in pieces by Ray Data (:mod:`harmonization.backends.on_ray_data`). All machines see ``DATA_DIR``
under the same path and have this package installed. Loaded only where RAY_ADDRESS is set.
"""

from pathlib import Path

import ray
from django.conf import settings

from harmonization.backends.away import Job, Refusal, harmonize_away
from harmonization.backends.on_ray_data import read_rows_with_ray_data
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.reporting_currency import Reporting
from harmonization.pipeline.run import HarmonizationResult, Progress, harmonize_file
from harmonization.selectors.fx_rates import NO_RATES, every_rate

SECONDS_BETWEEN_SIGNS = 0.5
WAITING_SHARE = 0.1
LARGE_BYTES = 64 << 20


def harmonize(
    *,
    input_path: Path,
    mapping: Mapping,
    output_dir: Path,
    progress: Progress,
    reporting: Reporting | None = None,
    known_digest: str = "",
) -> HarmonizationResult:
    """As ``pipeline.run.harmonize_file``, on the cluster. A stop asked for by ``progress`` ends the work there too.

    Raises HarmonizationRefused for a file that cannot be read with this mapping.
    """
    if not ray.is_initialized():
        ray.init(address=settings.RAY_ADDRESS, log_to_driver=False)
    if input_path.stat().st_size > LARGE_BYTES:
        return harmonize_file(
            input_path=input_path.resolve(),
            mapping=mapping,
            output_dir=output_dir.resolve(),
            progress=progress,
            reporting=reporting,
            read=read_rows_with_ray_data,
            known_digest=known_digest,
        )
    return _as_one_task(
        input_path=input_path,
        mapping=mapping,
        output_dir=output_dir,
        progress=progress,
        reporting=reporting,
        known_digest=known_digest,
    )


def _as_one_task(
    *,
    input_path: Path,
    mapping: Mapping,
    output_dir: Path,
    progress: Progress,
    reporting: Reporting | None,
    known_digest: str,
) -> HarmonizationResult:
    currency = reporting.currency if reporting else ""
    job = Job(
        input_path=input_path.resolve(),
        mapping=mapping,
        output_dir=output_dir.resolve(),
        currency=currency,
        rates=every_rate() if currency else NO_RATES,
        known_digest=known_digest,
    )
    task = ray.remote(harmonize_away).remote(job)
    try:
        while not ray.wait([task], timeout=SECONDS_BETWEEN_SIGNS)[0]:
            progress(WAITING_SHARE, "Harmonizing on the cluster")
    except BaseException:
        ray.cancel(task, force=True)
        raise
    done: HarmonizationResult | Refusal = ray.get(task)
    if isinstance(done, Refusal):
        raise done.raised()
    return done
