"""A tenant: one company, one PostgreSQL schema."""

from typing import Self

from django.db import models
from django_tenants.models import DomainMixin, TenantMixin

from tenants.identifiers import uuid7


class TenantQuerySet(models.QuerySet["Tenant"]):
    """Adjectives for tenants."""

    def live(self) -> Self:
        return self.filter(status=Tenant.Status.LIVE)

    def spare(self) -> Self:
        return self.filter(status=Tenant.Status.SPARE)


class Tenant(TenantMixin):
    """A company's workspace. Spare rows own a ready, migrated schema that the next tenant takes over by renaming."""

    class Kind(models.TextChoices):
        MANUFACTURER = "manufacturer", "Manufacturer"
        RETAILER = "retailer", "Retailer"

    class Status(models.TextChoices):
        SPARE = "spare", "Spare schema"
        LIVE = "live", "Live"
        SUSPENDED = "suspended", "Suspended"

    auto_create_schema = False
    auto_drop_schema = True

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=40, unique=True, help_text="Lower-case name in web addresses.")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.MANUFACTURER)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.LIVE)
    currency = models.CharField(max_length=3, default="USD", help_text="ISO 4217 code in which plans are made.")
    timezone = models.CharField(max_length=60, default="UTC", help_text="IANA name; days are cut in this zone.")
    is_demo = models.BooleanField(default=False, help_text="Everything in it is simulated and says so.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def portal_path(self) -> str:
        """Where its portal starts on the shared host; a host name of its own needs no path."""
        return f"/t/{self.slug}/"

    @property
    def database_role(self) -> str:
        """The PostgreSQL role under which this tenant's requests run; it can read no other tenant's schema."""
        return f"rmn_{self.schema_name}"


class Domain(DomainMixin):
    """A host name that leads to one tenant."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
