"""Data sets and training runs of a tenant."""

from training.models.dataset import TrainingDataset
from training.models.training_run import TrainingRun

__all__ = ["TrainingDataset", "TrainingRun"]
