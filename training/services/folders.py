"""Where a tenant's data sets and runs lie, below its folder of files."""

from pathlib import Path

from harmonization.services.uploads import tenant_folder
from training.models import TrainingDataset, TrainingRun


def dataset_folder(*, dataset: TrainingDataset) -> Path:
    return tenant_folder() / "training" / "datasets" / dataset.fingerprint


def run_folder(*, run: TrainingRun) -> Path:
    return tenant_folder() / "training" / "runs" / str(run.pk)
