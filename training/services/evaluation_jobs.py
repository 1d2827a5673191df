"""What an evaluating process reads: the adapters' files, verified, and which of them are worn together."""

import json
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from django.conf import settings

from agents.federation.axes import ORDER, Axis
from agents.models import AdapterRow
from agents.selectors.adapters import serving_here
from agents.services.adapter_files import read_weights_file
from agents.services.registry import adapter_of
from training.fine_tuning.evaluation_job import EvaluationJob, HeldOut, Worn
from training.models import TrainingRun
from training.services.folders import dataset_folder
from training.services.publishing import CONFIGURATION, WEIGHTS

CASES = 20
MOST_COMPOSITIONS = 60
INDUSTRY = "retail_media"  # as the harness calls the one industry, which the registry leaves unnamed


def write_evaluation_job(*, adapter: AdapterRow, folder: Path, run_name: str, cases: int) -> int:
    """Files and ``job.json``; how many compositions are left out because there are too many. Raises AdapterRefused."""
    everything = list(compositions_with(adapter=adapter, serving=serving_here(base_digest=adapter.base_digest)))
    chosen = everything[:MOST_COMPOSITIONS]
    worn = {row.sha256: row for some in chosen for row in some}
    for row in worn.values():
        _write_adapter(row, folder=folder / "adapters" / _worn(row).name)
    job = EvaluationJob(
        run=run_name,
        base=Path(settings.BASE_MODEL_DIR),
        base_digest=adapter.base_digest,
        candidate=adapter.sha256,
        members=tuple(_worn(row) for row in worn.values()),
        compositions=tuple(tuple(row.sha256 for row in some) for some in chosen),
        held_out=tuple(_held_out(adapter)),
        cases=cases,
        threads=settings.TRAINING_THREADS,
        memory_bytes=settings.TRAINING_MEMORY_BYTES or None,
    )
    (folder / "job.json").write_text(job.as_json(), encoding="utf-8")
    return len(everything) - len(chosen)


def compositions_with(*, adapter: AdapterRow, serving: Sequence[AdapterRow]) -> Iterator[tuple[AdapterRow, ...]]:
    """The adapter alone, then every set it can serve in, small ones first: it stands in its own place; an industry that
    serves is in every set, as it is in every composition; retailer, brand and task may each be missing."""
    yield (adapter,)
    choices: list[list[AdapterRow | None]] = []
    for axis in ORDER:
        there: list[AdapterRow | None] = [row for row in serving if row.axis == axis]
        if axis == adapter.axis:
            choices.append([adapter])
        elif axis == Axis.INDUSTRY:
            choices.append(there or [None])
        else:
            choices.append([None, *there])
    sets = [tuple(row for row in some if row is not None) for some in product(*choices)]
    yield from (some for some in sorted(sets, key=len) if len(some) > 1)


def _worn(row: AdapterRow) -> Worn:
    return Worn(sha256=row.sha256, axis=row.axis, member=row.member or INDUSTRY)


def _write_adapter(row: AdapterRow, *, folder: Path) -> None:
    adapter_of(row=row)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS).write_bytes(read_weights_file(row=row))
    (folder / CONFIGURATION).write_text(json.dumps(row.signed_manifest().config), encoding="utf-8")


def _held_out(adapter: AdapterRow) -> Iterator[HeldOut]:
    """Rows kept back from the data set it was trained on, where that was done here."""
    run = TrainingRun.objects.select_related("dataset").filter(adapter_sha256=adapter.sha256).first()
    if run is not None:
        path = dataset_folder(dataset=run.dataset) / "held_out.jsonl"
        yield HeldOut(suite=f"held out of {run.dataset}"[:100], path=path, recipe=run.dataset.recipe)
