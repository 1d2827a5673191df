"""The curves a plan was made from, kept so that its rules can change without fitting anew."""

from django.db import models

from campaigns.models.plan import Plan


class PlanCurves(models.Model):
    """Fitted cells of one plan, with what they were fitted to; replaced whenever the plan is fitted anew."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, primary_key=True, related_name="curves")
    scope = models.JSONField(help_text="Retailers, brand and days of the horizon the curves are for.")
    cells = models.JSONField(help_text="Daily history and draws of every cell.")
    health = models.JSONField(default=dict, help_text="How far the curves can be trusted; empty where never checked.")
    currency = models.CharField(max_length=3)
    attribution_windows = models.JSONField(default=list)
    history_start = models.DateField()
    history_end = models.DateField()
    is_simulated = models.BooleanField(default=False)
    fitted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"curves of {self.plan_id}, history to {self.history_end}"

    @property
    def history_days(self) -> int:
        """Days of the history, both ends included."""
        return (self.history_end - self.history_start).days + 1
