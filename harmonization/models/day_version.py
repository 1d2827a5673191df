"""What a retailer's day was known to be, each time that changed."""

from django.conf import settings
from django.db import models

from harmonization.models.import_run import ImportRun


class DayVersion(models.Model):
    """The totals of one retailer's day after one import wrote to it. Versions are added, never changed."""

    retailer_id = models.CharField(max_length=80)
    event_date = models.DateField()
    number = models.PositiveIntegerField(help_text="Counted from 1 for each retailer and day.")
    import_run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="day_versions")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    is_final = models.BooleanField(
        null=True,
        help_text="Whether the source no longer changes a day read that late; null where its rule is unknown.",
    )
    figures = models.JSONField(
        help_text="By currency: currency, facts, impressions, clicks and, as text, cost, revenue, orders, units."
    )

    class Meta:
        ordering = ("retailer_id", "event_date", "number")
        constraints = [
            models.UniqueConstraint(fields=["retailer_id", "event_date", "number"], name="one_day_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.retailer_id} {self.event_date} version {self.number}"
