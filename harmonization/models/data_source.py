"""Where exports come from by themselves: a folder, a bucket, a network's reporting interface."""

from typing import Self

from django.conf import settings
from django.db import models

from harmonization.timing.schedule import Schedule
from tenants.identifiers import uuid7


class DataSourceQuerySet(models.QuerySet["DataSource"]):
    """Adjectives for sources."""

    def enabled(self) -> Self:
        return self.filter(is_enabled=True)


class DataSource(models.Model):
    """One source: its kind's options, when it runs, and how the last runs ended. Its secrets are in SourceCredential.

    ``cursor`` is the connector's own mark of how far it came; only a run that ended well moves it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=40, help_text="A key of settings.SOURCE_CONNECTORS.")
    retailer = models.CharField(max_length=80, blank=True, help_text="Whose exports these are, for people.")
    mapping_name = models.CharField(max_length=80, blank=True, help_text="Empty: detected from each file's header.")
    options = models.JSONField(default=dict)
    every_minutes = models.PositiveIntegerField(null=True)
    daily_at = models.TimeField(null=True)
    timezone = models.CharField(max_length=64, default="UTC")
    is_enabled = models.BooleanField(default=True)
    next_run_at = models.DateTimeField(null=True)
    last_run_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    last_error = models.JSONField(null=True, help_text="The problem of the last run; null when it ended well.")
    cursor = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DataSourceQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(every_minutes__isnull=True) | models.Q(daily_at__isnull=True),
                name="source_interval_or_time_of_day",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def schedule(self) -> Schedule:
        return Schedule(every_minutes=self.every_minutes, daily_at=self.daily_at, timezone=self.timezone)
