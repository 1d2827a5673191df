"""An evaluating process of its own: ``python -m training.evaluation FOLDER`` does FOLDER/job.json.

It says JSON lines (``training.fine_tuning.progress``) and keeps ``evaluations.json``, in the form that travels beside
shipped adapters, after every composition: started again, it goes on with the next. It ends when whoever started it is
gone.
"""

import contextlib
import importlib
import os
import resource
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from training.fine_tuning.evaluation_job import evaluation_job_from_json
from training.fine_tuning.progress import Event, Refused, to_line
from training.fine_tuning.refusal import TrainingRefused

OUT_OF_MEMORY = ("can't allocate memory", "out of memory", "not enough memory", "bad_alloc")
REFUSED = 3


def main() -> int:
    folder, say = Path(sys.argv[1]), _speaker()
    threading.Thread(target=_end_when_alone, daemon=True).start()
    try:
        job = evaluation_job_from_json((folder / "job.json").read_text(encoding="utf-8"))
        os.environ["OMP_NUM_THREADS"] = str(job.threads)
        if job.memory_bytes is not None:
            resource.setrlimit(resource.RLIMIT_DATA, (job.memory_bytes, job.memory_bytes))
        # by name: it loads PyTorch, and a refused job should not wait for that
        importlib.import_module("training.evaluation.measuring").measure_all(job=job, folder=folder, say=say)
    except TrainingRefused as error:
        say(Refused(**error.problem))
    except (MemoryError, RuntimeError) as error:
        if not isinstance(error, MemoryError) and not any(words in str(error).lower() for words in OUT_OF_MEMORY):
            raise
        say(Refused(title="The evaluation ran out of memory", detail="Nothing was changed.", where="memory"))
    else:
        return 0
    return REFUSED


def _end_when_alone() -> None:
    while os.read(0, 4096):
        pass
    os._exit(REFUSED)  # nothing is lost: what was measured is in its file


def _speaker() -> Callable[[Event], None]:
    """Events go where standard output went; whatever libraries print goes to standard error."""
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def say(event: Event) -> None:
        with contextlib.suppress(BrokenPipeError):
            out.write(to_line(event) + "\n")

    return say


if __name__ == "__main__":
    sys.exit(main())
