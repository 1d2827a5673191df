"""When to look at something again: one row for each thing of a tenant that waits for its time."""

from django.db import models

from tenants.identifiers import uuid7


class WakeUp(models.Model):
    """A time at which a subject of a tenant wants attention. Lives in the public schema, beside the outbox.

    One index range over all tenants tells what is due: the cost of a tick does not grow with their number.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    schema_name = models.CharField(max_length=63)
    kind = models.CharField(max_length=40, help_text="A key of settings.WAKE_UP_KINDS.")
    subject_id = models.UUIDField()
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="wake_up_due")]
        constraints = [
            models.UniqueConstraint(fields=["schema_name", "kind", "subject_id"], name="one_wake_up_per_subject")
        ]

    def __str__(self) -> str:
        return f"{self.schema_name}/{self.kind}/{self.subject_id}"
