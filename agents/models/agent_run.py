"""What an agent was asked, what it did, and what it answered."""

from typing import Any

from django.conf import settings
from django.db import models

from tenants.identifiers import uuid7


class AgentRun(models.Model):
    """One question to one agent. Written once, when it ends; never changed."""

    class Status(models.TextChoices):
        ANSWERED = "answered", "Answered by the model"
        ASKED = "asked", "Asked back"
        FALLBACK = "fallback", "Answered without the model"
        REFUSED = "refused", "Refused"

    class Teller(models.TextChoices):
        RULES = "rules", "Worded by fixed rules"
        MODEL = "model", "Worded by the model, every figure checked"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    role = models.CharField(max_length=40)
    status = models.CharField(max_length=10, choices=Status)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it asked back, fell back or refused.")
    question = models.TextField()
    answer = models.TextField()
    told_by = models.CharField(
        max_length=5, choices=Teller, default=Teller.RULES, help_text="Who put the answer into words."
    )
    citations = models.JSONField(default=list, help_text="Each figure of the answer with the result it came from.")
    prompt_sha256 = models.CharField(max_length=64)
    composite = models.CharField(max_length=64, blank=True, help_text="Digest of the adapters that served.")
    adapters = models.JSONField(default=list)
    prompt_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    seconds = models.FloatField()
    about = models.CharField(max_length=120, blank=True, help_text="Address in the workspace of what it is about.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.role}: {self.question[:60]}"

    @property
    def is_by_model(self) -> bool:
        return self.status == self.Status.ANSWERED


class AgentStep(models.Model):
    """One thing an agent did: asked its model, called a tool, or checked a text."""

    class Kind(models.TextChoices):
        MODEL = "model", "Model"
        TOOL = "tool", "Tool"
        CHECK = "check", "Check"

    run = models.ForeignKey(AgentRun, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=Kind)
    name = models.CharField(max_length=80)
    status = models.CharField(max_length=20)
    asked = models.JSONField(default=dict)
    answered: Any = models.JSONField(default=dict)
    note = models.CharField(max_length=400, blank=True)
    tokens = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0.0)

    class Meta:
        ordering = ("run", "number")
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_agent_step_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.name}"
