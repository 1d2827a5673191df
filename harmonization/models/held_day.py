"""A day that waits for a person, because the new file holds far less of it than is known already."""

from django.conf import settings
from django.db import models

from harmonization.models.import_run import ImportRun
from tenants.identifiers import uuid7


class HeldDay(models.Model):
    """One retailer's day of one import that was not written: its facts, and why it was held."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    import_run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="held_days")
    retailer_id = models.CharField(max_length=80)
    event_date = models.DateField()
    held_at = models.DateTimeField()
    reason = models.TextField(help_text="What shrinks, in a sentence.")
    facts_before = models.PositiveIntegerField(help_text="Facts that would be replaced.")
    facts_after = models.PositiveIntegerField(help_text="Facts that would replace them.")
    cost_before = models.DecimalField(max_digits=20, decimal_places=6)
    cost_after = models.DecimalField(max_digits=20, decimal_places=6)
    currency = models.CharField(max_length=3, help_text="Of both costs; empty where the day mixes currencies.")
    content = models.BinaryField(help_text="The day's facts as Parquet.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )

    class Meta:
        ordering = ("-event_date", "retailer_id")
        constraints = [
            models.UniqueConstraint(fields=["import_run", "retailer_id", "event_date"], name="one_held_day_per_import")
        ]

    def __str__(self) -> str:
        return f"{self.retailer_id} {self.event_date}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING
