"""Measure one adapter, alone and in every composition it can serve in, on the suites of those who are present."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from training.evaluation.bench import Bench
from training.evaluation.runner import Runner
from training.fine_tuning.evaluation_job import EvaluationJob
from training.fine_tuning.progress import Event, Measured
from training.fine_tuning.refusal import TrainingRefused

EVALUATIONS = "evaluations.json"


def measure_all(*, job: EvaluationJob, folder: Path, say: Callable[[Event], None]) -> None:
    """Every composition of the job that was not measured before. Raises TrainingRefused where nothing can be."""
    torch.set_num_threads(job.threads)
    runner = Runner(base=job.base, adapters=folder / "adapters")
    if runner.digest != job.base_digest:
        raise TrainingRefused("The base model has changed", "The adapters are for another one.", "base")
    bench = Bench(runner=runner, job=job)
    kept = _kept(job=job, folder=folder)
    done = {tuple(one["members"]) for one in kept["results"]}
    for number, composition in enumerate(job.compositions, start=1):
        worn = [one for one in job.members if one.sha256 in composition]
        if composition not in done:
            kept["results"] += bench.results(worn, composition=composition)
            _write(folder / EVALUATIONS, json.dumps(kept, indent=1))
        if composition == (job.candidate,) and not any(one["members"] == [job.candidate] for one in kept["results"]):
            detail = "No suite knows what it is for, and no data set of its training is kept here."
            raise TrainingRefused(
                "There is nothing to measure it on", detail, "adapter", "Train it on a data set here."
            )
        label = ", ".join(one.name for one in worn)
        say(Measured(done=number, of=len(job.compositions), label=label))


def _kept(*, job: EvaluationJob, folder: Path) -> dict[str, Any]:
    """What an attempt before this one measured for the same job."""
    fresh: dict[str, Any] = {"base_digest": job.base_digest, "run": job.run, "results": []}
    try:
        found: dict[str, Any] = json.loads((folder / EVALUATIONS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return fresh
    is_same = all(found.get(key) == fresh[key] for key in ("base_digest", "run"))
    return found if is_same else fresh


def _write(path: Path, text: str) -> None:
    half = path.with_suffix(".half")
    half.write_text(text, encoding="utf-8")
    os.replace(half, path)
