"""A worker and its training process killed with SIGKILL: the next worker goes on from the checkpoint, once."""

import os
import signal
from pathlib import Path

import pytest

from agents.models import OwnAdapter
from rmn_site.tests.real_site import wait_until
from rmn_site.tests.reliability.evidence import assert_done_once, state_of
from tenants.models import AuditEvent
from training.fine_tuning.specification import Recipe
from training.models import TrainingRun
from training.services.datasets import upload_dataset
from training.services.folders import run_folder
from training.services.runs import start_run
from training.tests.conftest import rows_of

EVERY, STEPS = 4, 60
SECONDS = 600  # PyTorch is loaded twice, on a machine that may be busy

pytestmark = pytest.mark.worker


@pytest.fixture
def run(site, owner) -> TrainingRun:
    """A fine-tune of the embedded base: thirty rows, some sixty steps, a checkpoint every fourth."""
    dataset = upload_dataset(
        name="Caps and floors",
        recipe=Recipe.SFT,
        content=rows_of(Recipe.SFT),
        held_out=None,
        is_simulated=True,
        by=owner,
    )
    dials = {"epochs": -(-STEPS // dataset.train_count), "batch_size": 1, "rank": 4, "checkpoint_steps": EVERY}
    wish = {"axis": "task", "member": "planning", "dials": dials, "seed": 3, "start_from": None}
    return start_run(name="Interrupted", dataset=dataset, by=owner, **wish)


def test_training_goes_on_from_its_checkpoint_after_worker_and_process_were_killed(site, run):
    site.start_relay()
    worker = site.start_worker()
    wait_until(lambda: len(_checkpoints(run)) >= 2, seconds=SECONDS, every=0.02)

    site.kill_dead(worker)
    (trainer,) = _processes_of(run)
    os.kill(trainer, signal.SIGKILL)

    wait_until(lambda: not _processes_of(run), seconds=10)
    kept = max(_checkpoints(run))
    assert state_of(run.operation) == "running"
    assert kept < STEPS
    assert not OwnAdapter.objects.exists()

    site.start_worker()
    wait_until(lambda: state_of(run.operation) in {"done", "failed"}, seconds=SECONDS, every=0.2)
    assert_done_once(run.operation)
    assert (run.operation.attempt, run.operation.lost_count) == (2, 1)
    run.refresh_from_db()
    assert 0 < run.resumed_at_step <= kept
    assert run.last_step == run.step_count >= STEPS
    learnt = [step for step, _ in run.points if step > run.resumed_at_step]
    assert learnt == list(range(run.resumed_at_step + 1, run.step_count + 1))
    adapter = OwnAdapter.objects.get()
    assert (adapter.sha256, adapter.version, adapter.state) == (run.adapter_sha256, 1, "candidate")
    assert AuditEvent.objects.filter(kind="adapter.registered").count() == 1


def _checkpoints(run: TrainingRun) -> list[int]:
    """Steps of the checkpoints that were written to their end."""
    whole = run_folder(run=run).glob("checkpoints/checkpoint-*/trainer_state.json")
    return [int(path.parent.name.rpartition("-")[2]) for path in whole]


def _processes_of(run: TrainingRun) -> list[int]:
    """Ids of the live processes that train this run."""
    folder = str(run_folder(run=run)).encode()
    lines = {path.parent.name: _read(path) for path in Path("/proc").glob("[0-9]*/cmdline")}
    return [int(pid) for pid, words in lines.items() if b"training.recipes" in words and folder in words]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
