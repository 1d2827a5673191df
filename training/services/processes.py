"""A training or evaluating process: started, listened to, and ended with whoever started it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from training.fine_tuning.progress import Event, from_line

SECONDS_TO_SAVE = 60
RECIPES, HARNESS = "training.recipes", "training.evaluation"
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}


class TrainingProcess:
    """One process, whose events are read one by one."""

    def __init__(self, *, folder: Path, module: str = RECIPES) -> None:
        self.noise = folder / "noise.log"
        environment = os.environ | OFFLINE
        with self.noise.open("ab") as noise:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, str(folder)],
                cwd=settings.BASE_DIR,
                env=environment,
                stdin=subprocess.PIPE,  # its end is the sign to save and leave, also when this process is killed
                stdout=subprocess.PIPE,
                stderr=noise,
                text=True,
                start_new_session=True,
            )

    def events(self) -> Iterator[Event]:
        """Until it ends."""
        for line in self.process.stdout or ():
            event = from_line(line)
            if event is not None:
                yield event
        self.process.wait()

    def leave(self) -> None:
        """Ask it to save a checkpoint and end; end it where it does not."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(timeout=SECONDS_TO_SAVE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    @property
    def was_killed(self) -> bool:
        """By the system, as it does with what takes the memory of others."""
        return self.process.returncode == -9

    def last_words(self) -> str:
        """The end of what it printed beside its events."""
        return self.noise.read_bytes()[-400:].decode(errors="replace").strip().rpartition("\n")[2]


@contextmanager
def training_process(*, folder: Path, module: str = RECIPES) -> Iterator[TrainingProcess]:
    """Running inside the block; saved and ended after it, whatever happens."""
    process = TrainingProcess(folder=folder, module=module)
    try:
        yield process
    finally:
        process.leave()
