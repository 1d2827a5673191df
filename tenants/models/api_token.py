"""Tokens of API consumers: hashed at rest, bound to one tenant, scoped, expiring."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenants.identifiers import uuid7
from tenants.models.tenant import Tenant
from tenants.permissions import Action


class ApiToken(models.Model):
    """The trace of a secret that was shown once. Only its SHA-256 digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="api_tokens")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80, help_text="What will use this token.")
    prefix = models.CharField(max_length=12, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = ArrayField(models.CharField(max_length=40, choices=[(a.value, a.value) for a in Action]))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.name} (rmn_{self.prefix}…)"

    def is_usable(self, *, now: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > now
