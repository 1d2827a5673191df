"""A thumb on an agent's answer."""

from django.conf import settings
from django.db import models

from agents.models import AgentRun
from tenants.identifiers import uuid7


class Feedback(models.Model):
    """One person's judgement of one answer; judging again replaces it, and the audit log keeps both."""

    class Thumb(models.TextChoices):
        UP = "up", "Helpful"
        DOWN = "down", "Not helpful"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(AgentRun, on_delete=models.CASCADE, related_name="feedback")
    thumb = models.CharField(max_length=4, choices=Thumb)
    comment = models.CharField(max_length=1_000, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["run", "created_by"], name="one_thumb_per_person_and_answer")]

    def __str__(self) -> str:
        return f"{self.thumb} on {self.run}"
