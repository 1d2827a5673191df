"""Where a tenant's data sets and runs lie, below its folder of files."""

from pathlib import Path

from harmonization.services.uploads import tenant_folder
from tenants.models import Operation
from training.models import TrainingDataset, TrainingRun


def dataset_folder(*, dataset: TrainingDataset) -> Path:
    return tenant_folder() / "training" / "datasets" / dataset.fingerprint


def run_folder(*, run: TrainingRun) -> Path:
    return tenant_folder() / "training" / "runs" / str(run.pk)


def evaluation_folder(*, operation: Operation) -> Path:
    """Made where it is not there; what an attempt before this one measured lies in it."""
    folder = tenant_folder() / "training" / "evaluations" / str(operation.pk)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
