"""A plan: a brief, the constraints read from it, the proposed split and what supports it."""

from typing import Any, Self

from django.conf import settings
from django.db import models

from tenants.identifiers import uuid7
from tenants.models import Operation


class PlanQuerySet(models.QuerySet["Plan"]):
    """Adjectives for plans."""

    def approved(self) -> Self:
        return self.filter(state=Plan.State.APPROVED)

    def awaiting_approval(self) -> Self:
        return self.filter(state=Plan.State.PROPOSED)


class Plan(models.Model):
    """One plan over its whole life. ``version`` rises with every change and is the API's ETag.

    ``problem`` and ``result`` are the optimizer's own JSON (PROBLEM.json and the answer of ``allocate``);
    ``explanation`` is what pages show, computed once when the plan was made.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PLANNING = "planning", "Planning"
        PROPOSED = "proposed", "Proposed"
        INFEASIBLE = "infeasible", "Infeasible"
        FAILED = "failed", "Failed"
        APPROVED = "approved", "Approved"
        SUPERSEDED = "superseded", "Withdrawn"

    class Method(models.TextChoices):
        AUTO = "auto", "By prices, on the tree of rules"
        LP = "lp", "Linear programme (HiGHS)"
        CONVEX = "convex", "Convex programme (Clarabel)"
        BANDIT = "bandit", "Exploring (Thompson sampling)"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=160)
    brief = models.TextField()
    constraints = models.JSONField(default=dict)
    parsed_by = models.CharField(max_length=20, blank=True, help_text="model or rules")
    not_understood = models.JSONField(default=list, blank=True)
    questions = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True)
    version = models.PositiveIntegerField(default=1)
    currency = models.CharField(max_length=3, blank=True)
    method = models.CharField(max_length=8, choices=Method.choices, default=Method.AUTO)
    history_start = models.DateField(null=True)
    history_end = models.DateField(null=True)
    horizon_days = models.PositiveSmallIntegerField(null=True)
    is_simulated = models.BooleanField(default=False)
    problem = models.JSONField(null=True)
    result = models.JSONField(null=True)
    explanation = models.JSONField(null=True)
    operation = models.ForeignKey(Operation, null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    planned_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approved_at__isnull=False),
                name="approved_plan_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["proposed", "approved"]) | models.Q(result__isnull=False),
                name="proposed_plan_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def budget(self) -> float | None:
        """The budget of the constraints in ``currency``, or None while nobody said one."""
        return self.constraints.get("budget")

    @property
    def live_state(self) -> str:
        """The state as it is now: a planning whose operation failed or was cancelled has failed."""
        ended = {Operation.State.FAILED, Operation.State.CANCELLED}
        if self.state == self.State.PLANNING and (self.operation is None or self.operation.state in ended):
            return self.State.FAILED
        return self.state

    def get_live_state_display(self) -> str:
        return self.State(self.live_state).label

    @property
    def is_editable(self) -> bool:
        """Constraints may change until approval, and not while a worker plans."""
        return self.live_state not in {self.State.PLANNING, self.State.APPROVED, self.State.SUPERSEDED}

    @property
    def shown(self) -> dict[str, Any]:
        """The explanation; empty before there is one."""
        return self.explanation or {}

    @property
    def solved(self) -> dict[str, Any]:
        """The optimizer's answer; empty before there is one."""
        return self.result or {}

    @property
    def has_result(self) -> bool:
        return self.state in {self.State.PROPOSED, self.State.APPROVED}
