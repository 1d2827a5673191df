"""Runs as pages and the API show them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from training.models import TrainingDataset, TrainingRun

SIGNIFICANT = 4


def listed_runs() -> QuerySet[TrainingRun]:
    """Newest first, with what a table shows."""
    return TrainingRun.objects.select_related("dataset", "operation", "created_by")


def run_or_404(*, pk: UUID) -> TrainingRun:
    run = listed_runs().filter(pk=pk).first()
    if run is None:
        raise Http404("There is no such training run.")
    return run


def dataset_or_404(*, pk: UUID) -> TrainingDataset:
    dataset = TrainingDataset.objects.select_related("created_by").filter(pk=pk).first()
    if dataset is None:
        raise Http404("There is no such data set.")
    return dataset


def differences(*, runs: Sequence[TrainingRun]) -> list[tuple[str, list[Any]]]:
    """Settings and scores in which the runs differ: (name, value per run). What is equal is not said."""
    described = [run.settings_shown() | _results(run) for run in runs]
    names = list(dict.fromkeys(name for one in described for name in one))
    values = [(name, [one.get(name) for one in described]) for name in names]
    return [(name, found) for name, found in values if len({repr(value) for value in found}) > 1]


def score_pairs(*, run: TrainingRun) -> list[tuple[str, float | None, float]]:
    """Each score on held-out rows before and after; before is missing where the run was resumed."""
    after = {name.removeprefix("after_"): value for name, value in run.scores.items() if name.startswith("after_")}
    return [(name, run.scores.get(f"before_{name}"), value) for name, value in after.items()]


def _results(run: TrainingRun) -> dict[str, Any]:
    scores = {name.replace("_", " "): _rounded(after) for name, _, after in score_pairs(run=run)}
    return scores | {"steps": run.step_count, "seconds": _rounded(run.seconds)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{SIGNIFICANT}g}")
