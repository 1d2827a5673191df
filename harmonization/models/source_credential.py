"""The secrets of a source, sealed: they go in and are never shown again."""

from django.conf import settings
from django.db import models

from harmonization.models.data_source import DataSource


class SourceCredential(models.Model):
    """One sealed JSON object of secrets, and what may be shown of it: its last four characters, when and by whom."""

    source = models.OneToOneField(DataSource, primary_key=True, on_delete=models.CASCADE, related_name="credential")
    sealed = models.TextField()
    last_four = models.CharField(max_length=4)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )

    def __str__(self) -> str:
        return f"credential of {self.source_id}"
