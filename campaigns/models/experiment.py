"""An experiment over its whole life: drafted, registered, running, read."""

import json
from typing import Any, Self

from django.conf import settings
from django.db import models

from tenants.identifiers import uuid7
from tenants.models import Operation


class ExperimentQuerySet(models.QuerySet["Experiment"]):
    """Adjectives for experiments."""

    def with_people(self) -> Self:
        """With those who made, registered and read them, and the latest operation."""
        return self.select_related("created_by", "registered_by", "read_by", "operation")


class Experiment(models.Model):
    """A question put to the market. Once registered, what was frozen cannot change: a trigger of the table refuses.

    ``wish`` is what a design was asked for, ``candidates`` what it may be; ``registration_text`` is the canonical JSON
    of the chosen one and ``registration_digest`` its SHA-256. ``readout`` is the JSON of ``analyze_experiment``.
    """

    class Design(models.TextChoices):
        GEO = "geo", "Geo test"
        SWITCHBACK = "switchback", "Switchback"
        HOLDOUT = "holdout", "Audience holdout"
        PACING = "pacing", "Pacing"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        REGISTERED = "registered", "Registered"
        RUNNING = "running", "Running"
        READ = "read", "Read"
        STOPPED = "stopped", "Stopped"

    class OutcomeUnit(models.TextChoices):
        REVENUE = "revenue", "Revenue"
        UNITS = "units", "Units sold"
        CONVERSIONS = "conversions", "Conversions"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=160)
    hypothesis = models.TextField()
    design = models.CharField(max_length=12, choices=Design.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True)
    retailers = models.JSONField(default=list, blank=True, help_text="Retailer ids the test spends at.")
    brand = models.CharField(max_length=120, blank=True)
    outcome_unit = models.CharField(max_length=12, choices=OutcomeUnit.choices, default=OutcomeUnit.REVENUE)
    planned_spend = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    wish = models.JSONField(default=dict, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    registration_text = models.TextField(blank=True)
    registration_digest = models.CharField(max_length=64, blank=True)
    start_on = models.DateField(null=True)
    end_on = models.DateField(null=True)
    history_name = models.CharField(max_length=200, blank=True)
    history_path = models.CharField(max_length=300, blank=True, help_text="Below the tenant's folder in DATA_DIR.")
    history_sha256 = models.CharField(max_length=64, blank=True)
    results_name = models.CharField(max_length=200, blank=True)
    results_path = models.CharField(max_length=300, blank=True)
    results_sha256 = models.CharField(max_length=64, blank=True)
    readout = models.JSONField(null=True)
    applied = models.JSONField(null=True, help_text="The assumption before and after this readout updated it.")
    stop_reason = models.CharField(max_length=300, blank=True)
    operation = models.ForeignKey(Operation, null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    registered_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = ExperimentQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["registered", "running", "read"])
                | (models.Q(registered_at__isnull=False, start_on__isnull=False) & ~models.Q(registration_digest="")),
                name="registered_experiment_is_frozen",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="read") | models.Q(readout__isnull=False, read_at__isnull=False),
                name="read_experiment_has_a_readout",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def frozen(self) -> dict[str, Any]:
        """The registered design; empty before."""
        found: dict[str, Any] = json.loads(self.registration_text) if self.registration_text else {}
        return found

    @property
    def is_working(self) -> bool:
        """Whether a worker designs or reads it now."""
        return self.operation is not None and not self.operation.is_finished

    @property
    def alpha(self) -> float:
        """Of the two-sided test, as registered or wished."""
        return float(self.frozen.get("alpha") or self.wish.get("alpha") or 0.1)

    @property
    def was_registered_late(self) -> bool:
        """Whether the design was frozen after its own start, so that it is no pre-registration."""
        return bool(self.registered_at and self.start_on and self.registered_at.date() > self.start_on)
