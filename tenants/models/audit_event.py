"""The tenant's audit log: append-only, each row holding the hash of the row before it."""

from typing import Any

from django.db import models

from tenants.identifiers import uuid7


class AuditEvent(models.Model):
    """One act. Lives in the tenant's schema; the tenant's database role may insert and read, never change."""

    sequence = models.BigIntegerField(primary_key=True)
    id = models.UUIDField(default=uuid7, editable=False, unique=True)
    occurred_at = models.DateTimeField(db_index=True)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=254)
    kind = models.CharField(max_length=80, db_index=True)
    about_type = models.CharField(max_length=80)
    about_id = models.CharField(max_length=80, db_index=True)
    about_label = models.CharField(max_length=200)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    request_id = models.CharField(max_length=40, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("-sequence",)

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.about_label}"

    def hashed_content(self) -> dict[str, Any]:
        """The part of the row that its hash covers."""
        return {
            "sequence": self.sequence,
            "id": str(self.id),
            "occurred_at": self.occurred_at.isoformat(),
            "actor_id": str(self.actor_id) if self.actor_id else None,
            "actor_label": self.actor_label,
            "kind": self.kind,
            "about": [self.about_type, self.about_id, self.about_label],
            "before": self.before,
            "after": self.after,
            "request_id": self.request_id,
        }
