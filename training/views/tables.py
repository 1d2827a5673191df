"""Tables and the chart of training pages."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from tenants.figures import NOTHING
from training.models import TrainingDataset, TrainingRun
from training.selectors.runs import differences, score_pairs

TONES = {"queued": "neutral", "running": "info", "done": "good", "failed": "bad", "cancelled": "warn"}


def figure(value: float | None) -> str:
    """Four significant digits."""
    return NOTHING if value is None else f"{value:.4g}"


def run_table(*, runs: Iterable[TrainingRun]) -> dict[str, Any]:
    columns = [{"label": name} for name in ("Run", "State", "Recipe", "Data set", "Adapter for")]
    numbers = [{"label": name, "numeric": True} for name in ("Loss before", "Loss after", "Rows a second")]
    return {"columns": columns + numbers, "rows": [_run_row(run) for run in runs]}


def dataset_table(*, datasets: Iterable[TrainingDataset]) -> dict[str, Any]:
    columns = [{"label": name} for name in ("Data set", "For", "Rows from")]
    numbers = [{"label": name, "numeric": True} for name in ("Rows", "Held out", "Left out")]
    return {"columns": columns + numbers, "rows": [_dataset_row(one) for one in datasets]}


def score_table(*, run: TrainingRun) -> dict[str, Any]:
    return {
        "caption": "Scores on rows that were never trained on",
        "columns": [{"label": "Score"}, {"label": "Before", "numeric": True}, {"label": "After", "numeric": True}],
        "rows": [
            {
                "label": name.replace("_", " ").capitalize(),
                "cells": [{"value": figure(before), "numeric": True}, {"value": figure(after), "numeric": True}],
            }
            for name, before, after in score_pairs(run=run)
        ],
    }


def difference_table(*, runs: Sequence[TrainingRun]) -> dict[str, Any]:
    """One column a run; only rows in which they differ."""
    return {
        "caption": "Where the runs differ",
        "columns": [{"label": "Setting or score"}, *({"label": run.name} for run in runs)],
        "rows": [
            {
                "label": name.replace("_", " ").capitalize(),
                "cells": [{"value": NOTHING if value is None else str(value)} for value in values],
            }
            for name, values in differences(runs=runs)
        ],
    }


def loss_chart(*, runs: Sequence[TrainingRun]) -> dict[str, Any] | None:
    """Loss by step, a line a run; None before there is a point."""
    curves = [
        {"name": run.name, "x": [point[0] for point in run.points], "mean": [point[1] for point in run.points]}
        for run in runs
        if run.points
    ]
    if not curves:
        return None
    return {
        "id": "loss",
        "kind": "response_curves",
        "label": "Training loss by step",
        "data": {"format": "number", "x_title": "Step", "y_title": "Loss", "curves": curves},
        "table": {
            "caption": "Training loss by step, at most twenty steps a run",
            "columns": [{"label": "Run"}, {"label": "Step", "numeric": True}, {"label": "Loss", "numeric": True}],
            "rows": [
                {
                    "label": curve["name"],
                    "cells": [{"value": str(step), "numeric": True}, {"value": figure(loss), "numeric": True}],
                }
                for curve in curves
                for step, loss in _thinned(list(zip(curve["x"], curve["mean"], strict=True)))
            ],
        },
    }


def finding_table(*, dataset: TrainingDataset) -> dict[str, Any]:
    return {
        "caption": "Rows that were left out",
        "columns": [{"label": "Row"}, {"label": "Why"}, {"label": "What"}],
        "rows": [
            {"label": str(one["row"]), "cells": [{"value": one["kind"]}, {"value": one["detail"]}]}
            for one in dataset.findings
        ],
    }


def state_of(run: TrainingRun) -> str:
    return run.operation.state if run.operation else "done"


def _run_row(run: TrainingRun) -> dict[str, Any]:
    state = state_of(run)
    speed = run.dataset.train_count * run.dials["epochs"] / run.seconds if run.seconds else None
    numbers = (run.scores.get("before_loss"), run.scores.get("after_loss"), speed)
    return {
        "label": run.name,
        "url": reverse("training:run_detail", args=[run.pk]),
        "cells": [
            {"value": state.capitalize(), "badge": True, "tone": TONES[state]},
            {"value": run.get_recipe_display()},
            {"value": str(run.dataset)},
            {"value": f"{run.axis} {run.member}"},
            *({"value": figure(value), "numeric": True} for value in numbers),
        ],
    }


def _dataset_row(dataset: TrainingDataset) -> dict[str, Any]:
    counts = (dataset.train_count, dataset.held_out_count, dataset.left_out_count)
    simulated = " (simulated)" if dataset.is_simulated else ""
    return {
        "label": str(dataset),
        "url": reverse("training:dataset_detail", args=[dataset.pk]),
        "cells": [
            {"value": dataset.get_recipe_display()},
            {"value": f"{dataset.get_origin_display()}{simulated}"},
            *({"value": f"{count:,}", "numeric": True} for count in counts),
        ],
    }


def _thinned(points: list[tuple[int, float]]) -> list[tuple[int, float]]:
    every = -(-len(points) // 20) or 1
    return [point for index, point in enumerate(points) if index % every == 0 or index == len(points) - 1]
