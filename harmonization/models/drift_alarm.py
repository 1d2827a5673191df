"""A known layout came with another header: what changed, and who has seen it."""

from typing import Self

from django.conf import settings
from django.db import models

from harmonization.models.import_run import ImportRun
from harmonization.models.mapping_draft import MappingDraft
from tenants.identifiers import uuid7


class DriftAlarmQuerySet(models.QuerySet["DriftAlarm"]):
    """Adjectives for alarms."""

    def raised(self) -> Self:
        """Nobody has acknowledged them yet."""
        return self.filter(acknowledged_at=None)


class DriftAlarm(models.Model):
    """The change of one file's header against the last file of the same layout."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mapping_name = models.CharField(max_length=64)
    mapping_number = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=200)
    import_run = models.ForeignKey(ImportRun, null=True, on_delete=models.CASCADE, related_name="drift_alarms")
    draft = models.ForeignKey(MappingDraft, null=True, on_delete=models.CASCADE, related_name="drift_alarms")
    changes = models.JSONField(help_text="Lines: kind, column, was, meaning, suggestion.")
    is_refused = models.BooleanField(default=False, help_text="A required column is missing: nothing was imported.")
    created_at = models.DateTimeField(auto_now_add=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )

    objects = DriftAlarmQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.mapping_name}: {self.file_name}"
