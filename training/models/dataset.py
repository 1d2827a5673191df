"""A data set adapters are trained on: rows in files of the tenant's folder, never changed once written."""

from typing import Any, Self

from django.conf import settings
from django.db import models

from tenants.identifiers import uuid7
from training.fine_tuning.specification import Recipe


class TrainingDatasetQuerySet(models.QuerySet["TrainingDataset"]):
    """Adjectives for data sets."""

    def fit_for(self, recipe: str) -> Self:
        return self.filter(recipe=recipe)


class TrainingDataset(models.Model):
    """One version of one data set. ``findings`` name the rows that were left out, and why."""

    class Origin(models.TextChoices):
        UPLOADED = "uploaded", "Uploaded file"
        PLANS = "plans", "Briefs and constraints of plans"
        MAPPINGS = "mappings", "Confirmed mappings"
        FEEDBACK = "feedback", "Thumbs on answers"
        POLICY = "policy", "Policy fixes"

    recipe_choices = [(one.value, one.value.upper()) for one in Recipe]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    recipe = models.CharField(max_length=10, choices=recipe_choices)
    origin = models.CharField(max_length=10, choices=Origin)
    train_count = models.PositiveIntegerField()
    held_out_count = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 over both files' bytes.")
    findings = models.JSONField(default=list, help_text="Rows left out: {row, kind, detail}.")
    left_out_count = models.PositiveIntegerField(default=0)
    is_simulated = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )

    objects = TrainingDatasetQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_row_per_data_set_and_version"),
            models.CheckConstraint(
                condition=models.Q(train_count__gt=0, held_out_count__gt=0), name="data_set_has_both_parts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} version {self.version}"

    def described(self) -> dict[str, Any]:
        """What a manifest and a model card say of it."""
        return {
            "name": self.name,
            "version": self.version,
            "rows": self.train_count,
            "held_out": self.held_out_count,
            "fingerprint": self.fingerprint,
            "origin": self.get_origin_display(),
            "is_simulated": self.is_simulated,
        }
