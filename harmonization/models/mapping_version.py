"""A workspace's own mapping, version by version: a version is written once and never changed."""

from typing import Self

from django.conf import settings
from django.db import models

from tenants.identifiers import uuid7


class MappingVersionQuerySet(models.QuerySet["MappingVersion"]):
    """Adjectives for versions."""

    def current(self) -> Self:
        """The newest version of each name."""
        return self.order_by("name", "-number").distinct("name")


class MappingVersion(models.Model):
    """One version of one mapping. Version 0 of a name is the mapping that comes with the site and has no row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=400)
    yaml = models.TextField(help_text="The mapping file as it was saved.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the text, hexadecimal.")
    note = models.CharField(max_length=500, blank=True)
    proposals = models.JSONField(default=list, help_text="Fields as proposed: see suggestion.proposed_fields.")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    parent_number = models.PositiveIntegerField(null=True, help_text="0: the site's own mapping; null: made anew.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MappingVersionQuerySet.as_manager()

    class Meta:
        ordering = ("name", "-number")
        constraints = [
            models.UniqueConstraint(fields=["name", "number"], name="one_mapping_version_per_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="mapping_versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.name} version {self.number}"
