"""Operations of kind ``train``: run the process, show how far it is, and publish what it made."""

import json
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tenants.services.operation_runs import Effect, OperationProblem, OperationRun, Outcome, Pace
from training.fine_tuning.memory import Shape, advice, needed_bytes
from training.fine_tuning.progress import Curve, Finished, Refused, Started, Step, seconds_left
from training.fine_tuning.specification import Job, Recipe, dials_from
from training.models import TrainingRun
from training.services.folders import dataset_folder, run_folder
from training.services.processes import TrainingProcess, training_process
from training.services.publishing import adapter_folder_of, publish_adapter

SECONDS_BETWEEN_POINTS = 0.5


def perform_training(run: OperationRun) -> Effect:
    """Train, going on from the last checkpoint where an attempt before this one left one."""
    row = TrainingRun.objects.select_related("dataset").get(operation=run.operation)
    folder = run_folder(run=row)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "job.json").write_text(_job(row, folder=folder).as_json(), encoding="utf-8")
    _refuse_what_does_not_fit(row)
    run.progress(0, "Loading the base model")
    with training_process(folder=folder) as process:
        finished = _follow(run=run, row=row, process=process)
    return partial(_finish, run_id=str(row.pk), finished=finished)


def _refuse_what_does_not_fit(row: TrainingRun) -> None:
    """Before anything is loaded: what the estimate says needs more memory than this worker may take."""
    limit, dials, shape = settings.TRAINING_MEMORY_BYTES, dials_from(row.dials), shape_of_base()
    needed = needed_bytes(shape=shape, dials=dials, recipe=row.recipe)
    if limit and needed > limit:
        raise OperationProblem(
            title="It would run out of memory",
            detail=f"About {needed / 1e9:.1f} GB are needed and {limit / 1e9:.1f} GB allowed. Nothing was started.",
            where="batch_size, max_tokens",
            fix=advice(shape=shape, dials=dials, recipe=row.recipe, limit=limit),
        )


def shape_of_base() -> Shape:
    """Counts from the base's own configuration."""
    kept = json.loads((Path(settings.BASE_MODEL_DIR) / "config.json").read_text(encoding="utf-8"))
    hidden, layers, width = kept["hidden_size"], kept["num_hidden_layers"], kept["intermediate_size"]
    attention = 4 * hidden * hidden
    weights = kept["vocab_size"] * hidden + layers * (attention + 3 * hidden * width)
    return Shape(
        parameters=weights,
        hidden=hidden,
        layers=layers,
        intermediate=width,
        vocabulary=kept["vocab_size"],
        heads=kept["num_attention_heads"],
    )


def _job(row: TrainingRun, *, folder: Path) -> Job:
    parts = dataset_folder(dataset=row.dataset)
    return Job(
        recipe=Recipe(row.recipe),
        base=Path(settings.BASE_MODEL_DIR),
        base_digest=row.base_digest,
        dataset=parts / "train.jsonl",
        held_out=parts / "held_out.jsonl",
        seed=row.seed,
        start_from=adapter_folder_of(sha256=row.start_from, into=folder) if row.start_from else None,
        memory_bytes=settings.TRAINING_MEMORY_BYTES or None,
        threads=settings.TRAINING_THREADS,
        dials=dials_from(row.dials),
    )


def _follow(*, run: OperationRun, row: TrainingRun, process: TrainingProcess) -> Finished:
    """Until it says that it has finished. Raises OperationProblem otherwise; OperationStopped when cancelled."""
    curve = Curve(points=dict(row.points))
    pace = Pace(seconds=SECONDS_BETWEEN_POINTS)
    finished: Finished | None = None
    refused: Refused | None = None
    for event in process.events():
        if isinstance(event, Started):
            row.started, row.resumed_at_step = vars(event) | {}, event.resumed_from
            row.save(update_fields=["started", "resumed_at_step"])
        elif isinstance(event, Step):
            curve.add(event)
            run.progress(99 * event.share, _step_in_words(event, resumed_from=row.resumed_at_step))
            if pace.is_due() or event.step == event.of:
                _show(row, curve=curve, step=event)
        elif isinstance(event, Finished):
            finished = event
        elif isinstance(event, Refused):
            refused = event
    if finished is None:
        raise _problem(row=row, process=process, refused=refused)
    return finished


def _show(row: TrainingRun, *, curve: Curve, step: Step) -> None:
    row.points = [list(point) for point in curve.thinned()]
    row.last_step, row.step_count = step.step, step.of
    row.tokens_per_second = step.tokens / step.seconds if step.tokens and step.seconds else None
    row.save(update_fields=["points", "last_step", "step_count", "tokens_per_second"])


def _step_in_words(step: Step, *, resumed_from: int) -> str:
    left = seconds_left(step, resumed_from=resumed_from)
    eta = f", about {_in_words(left)} left" if left is not None else ""
    return f"Step {step.step} of {step.of}, loss {step.loss:.3f}{eta}"


def _in_words(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _problem(*, row: TrainingRun, process: TrainingProcess, refused: Refused | None) -> OperationProblem:
    hint = advice(
        shape=shape_of_base(),
        dials=dials_from(row.dials),
        recipe=row.recipe,
        limit=settings.TRAINING_MEMORY_BYTES or None,
    )
    if refused is not None:
        fix = hint if refused.where == "memory" else refused.fix
        return OperationProblem(title=refused.title, detail=refused.detail, where=refused.where, fix=fix)
    if process.was_killed:
        return OperationProblem(
            title="The training process was killed",
            detail="The system ends a process that takes more memory than there is. Its last checkpoint is kept.",
            fix=hint,
        )
    return OperationProblem(
        title="The training process ended before it was done",
        detail=process.last_words() or f"Exit status {process.process.returncode}.",
        fix="Resume it; it goes on from its last checkpoint.",
    )


def _finish(*, run_id: str, finished: Finished) -> Outcome:
    """The one effect: scores, and the adapter as a candidate of the registry."""
    row = TrainingRun.objects.select_related("dataset", "created_by").get(pk=run_id)
    row.scores, row.seconds, row.peak_bytes = finished.scores, finished.seconds, finished.peak_bytes
    row.device, row.finished_at = finished.device, timezone.now()
    row.last_step = row.step_count = finished.steps
    if row.makes_adapter:
        adapter = publish_adapter(run=row)
        row.adapter_name, row.adapter_version, row.adapter_sha256 = adapter.name, adapter.version, adapter.sha256
    row.save()
    result = {"run": run_id, "scores": row.scores, "adapter": row.adapter_name, "version": row.adapter_version}
    return Outcome(result=result, result_url=f"/training/runs/{row.pk}/")
