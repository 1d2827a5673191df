"""Something odd in the data of a day, and what people made of it."""

from typing import Self

from django.conf import settings
from django.db import models

from harmonization.models.import_run import ImportRun
from tenants.identifiers import uuid7


class AnomalyQuerySet(models.QuerySet["Anomaly"]):
    """Adjectives for anomalies."""

    def open(self) -> Self:
        """Nobody has looked at them yet."""
        return self.filter(state=Anomaly.State.OPEN)

    def found(self) -> Self:
        """Still in the data, whatever people made of them."""
        return self.exclude(state=Anomaly.State.GONE)


class Anomaly(models.Model):
    """One finding about one source and day. Looking again updates it; what people decided stays."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        EXPLAINED = "explained", "Explained"
        GONE = "gone", "No longer found"

    class Kind(models.TextChoices):
        OUTLIER = "outlier", "Unusual value"
        GAP = "gap", "Missing day"
        REPEATED_DAY = "repeated_day", "Day repeated"
        COVERAGE_DROP = "coverage_drop", "Fewer rows than usual"
        FIELD_LOST = "field_lost", "Column lost"
        CURRENCY_SWITCH = "currency_switch", "Currency changed"
        STALE = "stale", "Late"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    retailer_id = models.CharField(max_length=80)
    event_date = models.DateField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    campaign_id = models.CharField(max_length=80, blank=True)
    metric = models.CharField(max_length=40, blank=True)
    summary = models.CharField(max_length=300)
    observed = models.CharField(max_length=60, blank=True)
    expected = models.CharField(max_length=120, blank=True)
    oddness = models.FloatField(help_text="Robust standard deviations from what was expected; 0 where there is none.")
    odds = models.CharField(max_length=120, blank=True, help_text="How odd that is, in words.")
    cause = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    state = models.CharField(max_length=14, choices=State.choices, default=State.OPEN)
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    found_at = models.DateTimeField()
    last_found_at = models.DateTimeField()
    import_run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = AnomalyQuerySet.as_manager()

    class Meta:
        ordering = ("-event_date", "retailer_id", "kind")
        indexes = [models.Index(fields=["state", "-event_date"], name="anomaly_state_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["retailer_id", "event_date", "kind", "campaign_id", "metric"], name="one_anomaly_per_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.retailer_id} {self.event_date}: {self.summary}"[:200]
