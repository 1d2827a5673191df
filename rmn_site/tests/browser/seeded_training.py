"""A data set with rows left out, and training runs as they stand while waiting, after failing and at their end.

No run is trained here: what the pages show of one is written down. Tests of runs train for real.
"""

import json

from django.utils import timezone

from tenants.models import Operation, User
from tenants.services.operations import start_operation
from training.fine_tuning.specification import Dials, Recipe
from training.models import TrainingDataset, TrainingRun
from training.services.datasets import upload_dataset

VERBS, NOUNS = ("raise", "cut", "keep", "move"), ("cap", "floor", "bid", "goal", "flight")
PROBLEM = {
    "title": "The training ran out of memory",
    "detail": "Nothing was changed.",
    "fix": "Choose smaller batches.",
}


def seed_training(*, by: User) -> dict[str, str]:
    """Ids by the names that addresses of pages use."""
    rows = [{"prompt": f"{verb} the {noun}", "completion": f"{verb}"} for verb in VERBS for noun in NOUNS]
    rows += [rows[0], {"prompt": "Write to jo@example.com", "completion": "No."}]
    content = "\n".join(json.dumps(row) for row in rows).encode()
    dataset = upload_dataset(
        name="Rules in words", recipe=Recipe.SFT, content=content, held_out=None, is_simulated=True, by=by
    )
    done = _run("Rank 16", dataset=dataset, rank=16, state="done", by=by)
    other = _run("Rank 8", dataset=dataset, rank=8, state="done", by=by)
    return {
        "dataset": str(dataset.pk),
        "training_done": str(done.pk),
        "training_other": str(other.pk),
        "training_failed": str(_run("Too large", dataset=dataset, rank=64, state="failed", by=by).pk),
        "training_waiting": str(_run("Next", dataset=dataset, rank=4, state="queued", by=by).pk),
    }


def _run(name: str, *, dataset: TrainingDataset, rank: int, state: str, by: User) -> TrainingRun:
    operation = start_operation(kind="train", title=f"Train {name}", by=by, parameters={})
    run = TrainingRun(
        name=name,
        recipe=dataset.recipe,
        dataset=dataset,
        axis="task",
        member="planning",
        dials=vars(Dials(rank=rank)) | {},
        seed=7,
        base_digest="b" * 64,
        operation=operation,
        created_by=by,
    )
    if state == "done":
        run.points = [[step, 5.0 / step + rank / 100] for step in range(1, 25)]
        run.last_step = run.step_count = 24
        run.scores = {"before_loss": 5.1, "after_loss": 0.4 + rank / 100}
        run.seconds, run.peak_bytes, run.device = 12.5, 620_000_000, "cpu"
        run.finished_at = timezone.now()
    run.save(force_insert=True)
    Operation.objects.filter(pk=operation.pk).update(state=state, problem=PROBLEM if state == "failed" else None)
    return run
