"""A training process of its own: ``python -m training.recipes FOLDER`` does FOLDER/job.json and says how far it is.

It says JSON lines (``training.fine_tuning.progress``). SIGTERM, or the end of its standard input (whoever started it is
gone), ends it at the next step with a checkpoint, from which the same command goes on.
"""

import contextlib
import fcntl
import importlib
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from training.fine_tuning.progress import Event, Refused, to_line
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.rows import read_rows
from training.fine_tuning.specification import Job, Recipe, job_from_json

# by name: each loads PyTorch, and a refused job should not wait for that
MODULES = {Recipe.SFT: "supervised", Recipe.DPO: "preference", Recipe.KTO: "labelled", Recipe.REWARD: "reward"}
OUT_OF_MEMORY = ("can't allocate memory", "out of memory", "not enough memory", "bad_alloc")
REFUSED, STOPPED = 3, 4


def main() -> int:
    folder = Path(sys.argv[1])
    say = _speaker()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # an attempt before this one may still be writing its last checkpoint
        try:
            return _perform(folder=folder, say=say)
        except TrainingRefused as error:
            say(Refused(**error.problem))
        except (MemoryError, RuntimeError) as error:
            if not isinstance(error, MemoryError) and not any(words in str(error).lower() for words in OUT_OF_MEMORY):
                raise
            say(Refused(title="The training ran out of memory", detail="Nothing was changed.", where="memory"))
        return REFUSED


def _perform(*, folder: Path, say: Callable[[Event], None]) -> int:
    job = job_from_json((folder / "job.json").read_text())
    with job.dataset.open() as train, job.held_out.open() as held_out:
        rows = read_rows(train, recipe=job.recipe, where=job.dataset.name)
        kept_back = read_rows(held_out, recipe=job.recipe, where=job.held_out.name)
    _limit(job)
    reporting = importlib.import_module("training.recipes.reporting")
    conversation = reporting.Conversation(say=say)
    _listen(conversation.stop)
    recipe = importlib.import_module(f"training.recipes.{MODULES[job.recipe]}")
    end = recipe.train(job=job, folder=folder, rows=rows, held_out=kept_back, conversation=conversation)
    say(end)
    return STOPPED if conversation.stop.is_set() and type(end).__name__ == "Stopped" else 0


def _limit(job: Job) -> None:
    os.environ["OMP_NUM_THREADS"] = str(job.threads)
    if job.memory_bytes is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (job.memory_bytes, job.memory_bytes))


def _listen(stop: threading.Event) -> None:
    signal.signal(signal.SIGTERM, lambda *_: stop.set())

    def until_alone() -> None:
        while os.read(0, 4096):  # not sys.stdin: its lock would be held while the interpreter ends
            pass
        stop.set()

    threading.Thread(target=until_alone, daemon=True).start()


def _speaker() -> Callable[[Event], None]:
    """Events go where standard output went; whatever libraries print goes to standard error."""
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def say(event: Event) -> None:
        with contextlib.suppress(BrokenPipeError):  # nobody listens any more; standard input has ended too
            out.write(to_line(event) + "\n")

    return say


if __name__ == "__main__":
    sys.exit(main())
