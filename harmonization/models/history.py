"""Histories of products, rolled up: what was sold each day, and where it stood in stores each week.

The rows themselves, store by store, are Parquet files below the tenant's ``rmis`` folder.
"""

from typing import Self

from django.db import models
from django.db.models.functions import Lower

from harmonization.models.import_run import ImportRun


class HistoryQuerySet(models.QuerySet[models.Model]):
    """Adjectives for rolled-up histories."""

    def current(self) -> Self:
        """Without what a later file restated."""
        return self.filter(superseded_by=None)


class DemandDay(models.Model):
    """What was sold of an item on a day, over all stores. Null where the source does not say."""

    import_run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="+")
    superseded_by = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")
    retailer_id = models.CharField(max_length=80)
    sku_id = models.CharField(max_length=80, help_text="The retailer's item id, or the tenant's own SKU.")
    event_date = models.DateField()
    currency = models.CharField(max_length=3, blank=True)
    units = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    revenue = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    discount = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    price = models.DecimalField(max_digits=18, decimal_places=6, null=True, help_text="As stated, averaged over rows.")
    promoted_rows = models.BigIntegerField()
    stores = models.BigIntegerField()
    rows = models.BigIntegerField()

    objects = HistoryQuerySet.as_manager()

    class Meta:
        ordering = ("event_date", "id")
        indexes = [models.Index(Lower("sku_id"), "retailer_id", name="demand_item")]
        constraints = [
            models.UniqueConstraint(
                fields=["retailer_id", "sku_id", "event_date", "currency"],
                condition=models.Q(superseded_by__isnull=True),
                name="one_current_demand_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_date} {self.retailer_id} {self.sku_id}"


class InStorePlacement(models.Model):
    """In how many stores an item stood at a place of the store or mailer in a week."""

    import_run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="+")
    superseded_by = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")
    retailer_id = models.CharField(max_length=80)
    sku_id = models.CharField(max_length=80, help_text="The retailer's item id, or the tenant's own SKU.")
    week_start = models.DateField()
    display_location = models.CharField(max_length=80, blank=True)
    mailer_location = models.CharField(max_length=80, blank=True)
    stores = models.BigIntegerField()

    objects = HistoryQuerySet.as_manager()

    class Meta:
        ordering = ("week_start", "id")
        indexes = [models.Index(Lower("sku_id"), "retailer_id", name="placement_item")]
        constraints = [
            models.UniqueConstraint(
                fields=["retailer_id", "sku_id", "week_start", "display_location", "mailer_location"],
                condition=models.Q(superseded_by__isnull=True),
                name="one_current_placement",
            )
        ]

    def __str__(self) -> str:
        return f"{self.week_start} {self.retailer_id} {self.sku_id}"
