"""What pages show: one day of one SKU in one placement of one campaign."""

from datetime import date, datetime
from typing import Self

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now

from harmonization.models.import_run import ImportRun
from harmonization.rmis.enums import ReportPart


class DailyFactQuerySet(models.QuerySet["DailyFact"]):
    """Adjectives for daily facts."""

    def current(self) -> Self:
        """Without the rows that a later file restated."""
        return self.filter(superseded_by=None)

    def known_at(self, moment: datetime) -> Self:
        """As they were known at ``moment``: written by then, and not restated yet."""
        is_current = models.Q(known_until=None) | models.Q(known_until__gt=moment)
        return self.filter(is_current, known_from__lte=moment)

    def between(self, start: date, end: date) -> Self:
        """Of the days from ``start`` to ``end``, both included."""
        return self.filter(event_date__range=(start, end))


class DailyFact(models.Model):
    """Delivery, cost and headline outcomes of a day. Money in ``currency``, with six decimals.

    A restated day keeps its old rows, marked with the import that superseded them. The database does not look up the
    import of each row again: ``docs/decisions/facts-name-their-import-unchecked.md`` says why. Indexes are few, as
    ``docs/decisions/facts-have-three-indexes.md`` says.
    """

    import_run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="facts", db_constraint=False, db_index=False
    )
    superseded_by = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    known_from = models.DateTimeField(db_default=Now())
    known_until = models.DateTimeField(null=True)
    event_date = models.DateField()
    retailer_id = models.CharField(max_length=80)
    retailer_name = models.CharField(max_length=120)
    advertiser_id = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=20)
    campaign_id = models.CharField(max_length=80, blank=True)
    campaign_name = models.CharField(max_length=250, blank=True)
    placement_type = models.CharField(max_length=40)
    sku_id = models.CharField(max_length=80, blank=True)
    product_name = models.CharField(max_length=300, blank=True)
    brand = models.CharField(max_length=120, blank=True)
    currency = models.CharField(max_length=3)
    impressions = models.BigIntegerField()
    clicks = models.BigIntegerField()
    cost = models.DecimalField(max_digits=18, decimal_places=6)
    revenue = models.DecimalField(max_digits=18, decimal_places=6)
    orders = models.DecimalField(max_digits=18, decimal_places=6)
    units = models.DecimalField(max_digits=18, decimal_places=6)
    ntb_revenue = models.DecimalField(max_digits=18, decimal_places=6)
    part = models.CharField(
        max_length=8,
        default=ReportPart.WHOLE,
        db_default=ReportPart.WHOLE.value,
        help_text="Which figures the report states: whole, delivery, or outcomes; the others are zero here.",
    )
    attribution_window_days = models.PositiveSmallIntegerField(null=True)
    touch = models.CharField(max_length=12, blank=True)
    scope = models.CharField(max_length=20, blank=True)

    objects = DailyFactQuerySet.as_manager()

    class Meta:
        ordering = ("event_date", "id")
        indexes = [  # few and small: an import writes each of them 9,000 times; the key below serves current days
            BrinIndex(
                fields=["import_run", "event_date"],
                name="fact_import_and_day",
                pages_per_range=16,
                autosummarize=True,
            ),
            models.Index(
                fields=["superseded_by"],
                name="fact_superseded_by",
                condition=models.Q(superseded_by__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "event_date",
                    "retailer_id",
                    "advertiser_id",
                    "campaign_id",
                    "channel",
                    "placement_type",
                    "sku_id",
                    "currency",
                    "part",
                ],
                condition=models.Q(superseded_by__isnull=True),
                name="one_current_fact_per_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_date} {self.retailer_id} {self.placement_type} {self.sku_id}"
