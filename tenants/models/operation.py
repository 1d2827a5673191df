"""Long work as a row: the database is the truth, the queue only carries it."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from tenants.identifiers import uuid7


class OperationQuerySet(models.QuerySet["Operation"]):
    """Adjectives for operations."""

    def unfinished(self) -> Self:
        return self.filter(state__in=[Operation.State.QUEUED, Operation.State.RUNNING])


class Operation(models.Model):
    """One piece of long work of one tenant, from queued to done, failed or cancelled.

    ``attempt`` is the fencing token: a worker that lost its lease finishes nothing, because the attempt moved on.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=200)
    queue = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=120, default="Waiting for a worker")
    parameters = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    result_url = models.CharField(max_length=200, blank=True, help_text="Path inside the tenant, without its prefix.")
    problem = models.JSONField(null=True, help_text="RFC 9457 problem details of a failure.")
    attempt = models.PositiveIntegerField(default=0)
    lost_count = models.PositiveIntegerField(default=0, help_text="Workers lost since a person last asked for it.")
    cancel_requested = models.BooleanField(default=False)
    unique_key = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 - many rows have none
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    request_id = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = OperationQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="operation_percent_at_most_100")
        ]
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="operation_state_heartbeat")]

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELLED}

    def seconds_left(self, *, now: datetime) -> float | None:
        """Time left if it goes on as it went so far; None until five percent are done."""
        if self.state != self.State.RUNNING or self.started_at is None or self.percent < 5:
            return None
        return (now - self.started_at).total_seconds() * (100 - self.percent) / self.percent
