"""What an Idempotency-Key was used for, so that a repeated POST has one effect."""

from django.db import models

from tenants.identifiers import uuid7


class IdempotencyRecord(models.Model):
    """The claim of a key by one caller: unique, with the answer once there is one (tenant's schema)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    caller = models.CharField(max_length=60, help_text="User or token that sent the key.")
    key = models.CharField(max_length=255)
    request_digest = models.CharField(max_length=64, help_text="SHA-256 of method, path and body.")
    status_code = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="idempotency_key_claimed_once")]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"
