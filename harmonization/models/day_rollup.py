"""Daily facts added up: what dashboards read instead of the facts themselves."""

from datetime import date
from typing import Self

from django.db import models


class DayRollupQuerySet(models.QuerySet["DayRollup"]):
    """Adjectives for rollups."""

    def between(self, start: date, end: date) -> Self:
        """Of the days from ``start`` to ``end``, both included."""
        return self.filter(event_date__range=(start, end))


class DayRollup(models.Model):
    """The current facts of one day, retailer, currency and attribution window, summed.

    Written by ``services.rollups`` in the transaction that changes the facts; ``verify_rollups`` checks it.
    """

    event_date = models.DateField()
    retailer_id = models.CharField(max_length=80)
    retailer_name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    attribution_window_days = models.PositiveSmallIntegerField(null=True)
    touch = models.CharField(max_length=12, blank=True)
    scope = models.CharField(max_length=20, blank=True)
    facts = models.PositiveIntegerField()
    odd_facts = models.PositiveIntegerField(
        help_text="Facts with an odd count of impressions or clicks; none of many means the day was counted twice."
    )
    campaigns = models.PositiveIntegerField()
    impressions = models.BigIntegerField()
    clicks = models.BigIntegerField()
    cost = models.DecimalField(max_digits=20, decimal_places=6)
    revenue = models.DecimalField(max_digits=20, decimal_places=6)
    orders = models.DecimalField(max_digits=20, decimal_places=6)
    units = models.DecimalField(max_digits=20, decimal_places=6)
    ntb_revenue = models.DecimalField(max_digits=20, decimal_places=6)

    objects = DayRollupQuerySet.as_manager()

    class Meta:
        ordering = ("event_date", "retailer_id", "currency")
        indexes = [models.Index(fields=["retailer_id", "event_date"], name="rollup_retailer_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["event_date", "retailer_id", "currency", "attribution_window_days", "touch", "scope"],
                nulls_distinct=False,
                name="one_rollup_per_day_and_window",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_date} {self.retailer_id} {self.currency}"
