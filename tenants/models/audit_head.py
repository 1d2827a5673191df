"""Where a tenant's audit chain ends: without it, deleting the newest rows would leave a chain that looks whole."""

from django.db import models


class AuditHead(models.Model):
    """One row per tenant's schema: the newest event's place and hash."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_one_row")]

    def __str__(self) -> str:
        return f"audit chain of {self.sequence}"
