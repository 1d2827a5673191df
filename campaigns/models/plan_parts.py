"""Rows under a plan: its cells, and the earlier versions of its constraints."""

from django.conf import settings
from django.db import models

from campaigns.models.plan import Plan
from tenants.identifiers import uuid7


class PlanCell(models.Model):
    """One leaf that takes money: channel → retailer → placement → brand. Money per horizon in the plan's currency."""

    class Status(models.TextChoices):
        FITTED = "fitted", "Fitted"
        INSUFFICIENT = "insufficient", "Insufficient data"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="cells")
    position = models.PositiveIntegerField(help_text="Order within the plan: largest proposed spend first.")
    cell_key = models.CharField(max_length=400, help_text="The cell's id in the problem.")
    channel = models.CharField(max_length=20)
    retailer_id = models.CharField(max_length=80)
    retailer_name = models.CharField(max_length=120)
    placement = models.CharField(max_length=40)
    brand = models.CharField(max_length=120)
    status = models.CharField(max_length=12, choices=Status.choices)
    reason = models.CharField(max_length=300, blank=True, help_text="Why no curve could be fitted.")
    current_spend = models.DecimalField(max_digits=18, decimal_places=2)
    proposed_spend = models.DecimalField(max_digits=18, decimal_places=2)
    expected = models.JSONField(
        default=dict, help_text="revenue, incremental_revenue, incremental_margin: {mean, low, high}; and of current."
    )
    marginal_roas = models.FloatField(null=True, help_text="Attributed revenue of one more unit of money.")
    margin_rate = models.FloatField()
    curve = models.JSONField(null=True, help_text="beta, k per horizon, with a 90% interval and points to draw.")
    limited_by = models.CharField(max_length=300, blank=True, help_text="The rules that cap, floor or fix this cell.")

    class Meta:
        ordering = ("plan", "position")
        constraints = [models.UniqueConstraint(fields=["plan", "cell_key"], name="one_row_per_plan_and_cell")]

    def __str__(self) -> str:
        return f"{self.retailer_name} · {self.placement.replace('_', ' ')} · {self.brand}"


class PlanVersion(models.Model):
    """The constraints as they stood in one version, kept so that an edit can be undone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    constraints = models.JSONField()
    reason = models.CharField(max_length=200, help_text="What made this version, in words.")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )

    class Meta:
        ordering = ("plan", "-version")
        constraints = [models.UniqueConstraint(fields=["plan", "version"], name="one_row_per_plan_and_version")]

    def __str__(self) -> str:
        return f"{self.plan} v{self.version}"
