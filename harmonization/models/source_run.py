"""What happened each time a source was read, and what became of each file."""

from django.conf import settings
from django.db import models

from harmonization.models.data_source import DataSource
from harmonization.models.import_run import ImportRun
from tenants.identifiers import uuid7
from tenants.models import Operation

RUN_STATES = {"running": ("Running", "info"), "done": ("Done", "good"), "failed": ("Failed", "bad")}
OPERATION_STATES = {
    "queued": ("Waiting", "info"),
    "cancelled": ("Cancelled", "neutral"),
    "failed": ("Failed", "bad"),
}
FILE_STATES = {
    "settling": ("Still growing", "neutral"),
    "taken": ("Taken in", "good"),
    "unchanged": ("Nothing new", "neutral"),
    "empty": ("No rows", "neutral"),
    "failed": ("Failed", "bad"),
}


class SourceRun(models.Model):
    """One run, from its start to its end; it may give its worker back and go on hours later.

    ``kept`` is the connector's own notebook of this run (reports asked for), so that nothing is asked twice.
    """

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(DataSource, on_delete=models.CASCADE, related_name="runs")
    operation = models.ForeignKey(Operation, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    files_seen = models.PositiveIntegerField(default=0)
    files_taken = models.PositiveIntegerField(default=0)
    files_skipped = models.PositiveIntegerField(default=0)
    files_failed = models.PositiveIntegerField(default=0)
    failed_tries = models.PositiveIntegerField(default=0, help_text="Tries in a row that ended in a passing trouble.")
    kept = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)
    problem = models.JSONField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(state="running"), name="one_running_run_per_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} at {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it or will have it; a run whose operation ended otherwise is over too."""
        return self.state == self.State.RUNNING and self.operation is not None and not self.operation.is_finished

    @property
    def shown_state(self) -> tuple[str, str]:
        """The state in words and its tone, from the run and its operation together."""
        if self.state == self.State.RUNNING and self.operation is not None:
            return OPERATION_STATES.get(self.operation.state, RUN_STATES[self.state])
        if self.state == self.State.DONE and self.files_failed:
            return "Files failed", "warn"
        return RUN_STATES[self.state]

    @property
    def shown_problem(self) -> dict[str, str] | None:
        """Its own problem, or that of an operation which stopped on an unexpected error."""
        found = self.problem or (self.operation.problem if self.operation is not None else None)
        return found if isinstance(found, dict) else None


class SourceFile(models.Model):
    """One version of one file of a source, and the import it became. The source itself is never changed."""

    class State(models.TextChoices):
        SETTLING = "settling", "Still growing"
        TAKEN = "taken", "Taken in"
        UNCHANGED = "unchanged", "Nothing new"
        EMPTY = "empty", "No rows"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(DataSource, on_delete=models.CASCADE, related_name="files")
    run = models.ForeignKey(SourceRun, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=400)
    fingerprint = models.CharField(max_length=200)
    size = models.BigIntegerField(null=True)
    modified_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices)
    import_run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="source_files")
    problem = models.JSONField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["source", "name", "fingerprint"], name="one_row_per_version_of_a_file")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_state(self) -> tuple[str, str]:
        return FILE_STATES[self.state]
