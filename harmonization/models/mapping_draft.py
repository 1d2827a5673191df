"""A mapping somebody is working on, beside the file it is tried on; a file of an unknown layout waits in one."""

from typing import Self

from django.conf import settings
from django.db import models

from harmonization.models.mapping_version import MappingVersion
from tenants.identifiers import uuid7


class MappingDraftQuerySet(models.QuerySet["MappingDraft"]):
    """Adjectives for drafts."""

    def open(self) -> Self:
        return self.filter(saved_as=None)


class MappingDraft(models.Model):
    """The text as edited so far, the version it started from, and the file it is shown on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=64)
    yaml = models.TextField()
    parent_number = models.PositiveIntegerField(null=True, help_text="0: the site's own mapping; null: made anew.")
    file_name = models.CharField(max_length=200, blank=True)
    stored_path = models.CharField(max_length=300, blank=True, help_text="Below the tenant's folder in DATA_DIR.")
    file_size = models.BigIntegerField(default=0)
    file_sha256 = models.CharField(max_length=64, blank=True)
    is_new_file = models.BooleanField(default=False, help_text="The file was uploaded, and waits for this mapping.")
    is_edited = models.BooleanField(default=False, help_text="A person changed the text; nothing is asked any more.")
    questions = models.JSONField(default=list, help_text="What the user confirms: key, text, options, proposed, why.")
    answers = models.JSONField(default=dict, help_text="The answers so far by key.")
    proposals = models.JSONField(default=list, help_text="Fields as proposed: see suggestion.proposed_fields.")
    saved_as = models.ForeignKey(MappingVersion, null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MappingDraftQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file_name or self.name
