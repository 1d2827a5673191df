"""What a workspace uploaded for its agents to read: playbooks, cut into passages that can be cited."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenants.identifiers import uuid7


class KnowledgeDocument(models.Model):
    """One version of a playbook; the same title again makes the next version, and the earlier stops answering."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    retailer = models.CharField(max_length=80, blank=True, help_text="Empty where it is about all.")
    sha256 = models.CharField(max_length=64)
    is_current = models.BooleanField(default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("title", "-version")
        constraints = [models.UniqueConstraint(fields=["title", "version"], name="one_knowledge_version")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class KnowledgePassage(models.Model):
    """A passage and, once a worker has read it, its embedding: 384 numbers of length one.

    Kept as an array so that a PostgreSQL without pgvector holds the table too; search casts it to ``vector``.
    """

    document = models.ForeignKey(KnowledgeDocument, on_delete=models.CASCADE, related_name="passages", null=True)
    pack = models.CharField(max_length=80, blank=True, help_text="The policy pack it is from, where it is no upload.")
    place = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    embedding = ArrayField(models.FloatField(), null=True, size=384)

    class Meta:
        ordering = ("document", "pack", "pk")
        indexes = [models.Index(fields=["pack", "sha256"], name="knowledge_passage_text")]

    def __str__(self) -> str:
        return f"{self.place}: {self.text[:60]}"
