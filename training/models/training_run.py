"""One run of a recipe: what it was asked, how far it is, and what came of it."""

from typing import Any, Self

from django.conf import settings
from django.db import models

from tenants.identifiers import uuid7
from tenants.models import Operation
from training.models.dataset import TrainingDataset


class TrainingRunQuerySet(models.QuerySet["TrainingRun"]):
    """Adjectives for runs."""

    def finished(self) -> Self:
        return self.exclude(finished_at=None)


class TrainingRun(models.Model):
    """The operation is the truth about whether it runs; ``points`` is the loss curve over all attempts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    recipe = models.CharField(max_length=10, choices=TrainingDataset.recipe_choices)
    dataset = models.ForeignKey(TrainingDataset, on_delete=models.PROTECT, related_name="runs")
    axis = models.CharField(max_length=10, help_text="Which axis the adapter stands on.")
    member = models.CharField(max_length=100, help_text="Which retailer, brand or task it is for.")
    start_from = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the adapter it goes on from.")
    dials = models.JSONField()
    seed = models.PositiveIntegerField()
    base_digest = models.CharField(max_length=64)
    operation = models.ForeignKey(Operation, null=True, on_delete=models.SET_NULL, related_name="+")
    started = models.JSONField(null=True, help_text="Parameters, trainable ones, rows; step it was resumed from.")
    points = models.JSONField(default=list, help_text="[step, loss], thinned.")
    last_step = models.PositiveIntegerField(default=0)
    step_count = models.PositiveIntegerField(default=0)
    tokens_per_second = models.FloatField(null=True)
    resumed_at_step = models.PositiveIntegerField(default=0, help_text="Of the checkpoint of the last attempt.")
    scores = models.JSONField(default=dict, help_text="On held-out rows: before_… and after_….")
    seconds = models.FloatField(null=True, help_text="Of the last attempt.")
    peak_bytes = models.PositiveBigIntegerField(null=True)
    device = models.CharField(max_length=20, blank=True)
    adapter_name = models.CharField(max_length=100, blank=True)
    adapter_version = models.PositiveIntegerField(null=True)
    adapter_sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )

    objects = TrainingRunQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name

    @property
    def makes_adapter(self) -> bool:
        """A reward model judges; it is not composed into what answers."""
        return self.recipe != "reward"

    def settings_shown(self) -> dict[str, Any]:
        """All that was chosen, by name, for comparing runs."""
        return {
            "recipe": self.get_recipe_display(),
            "data": str(self.dataset),
            "axis": self.axis,
            "member": self.member,
            "seed": self.seed,
            "base": self.base_digest[:12],
            "start_from": self.start_from[:12] or "fresh",
            **self.dials,
        }
