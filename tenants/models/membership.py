"""Who belongs to which tenant, and in which role."""

from django.conf import settings
from django.db import models

from tenants.identifiers import uuid7
from tenants.models.tenant import Tenant
from tenants.permissions import Role


class Membership(models.Model):
    """One person's role in one tenant."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.name.title()) for role in Role])
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "tenant"], name="one_role_per_person_and_tenant")]
        ordering = ("tenant__name",)

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.tenant}"
