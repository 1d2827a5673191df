"""What must reach the broker: written with the operation in one transaction, sent by the relay after it."""

from django.db import models

from tenants.identifiers import uuid7


class OutboxMessage(models.Model):
    """One delivery of one operation to a queue. Lives in the public schema, so that one query finds all that wait."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    schema_name = models.CharField(max_length=63)
    operation_id = models.UUIDField(db_index=True)
    queue = models.CharField(max_length=20)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="outbox_unsent", condition=models.Q(sent_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.schema_name}/{self.operation_id} to {self.queue}"
