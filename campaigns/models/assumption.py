"""What a plan assumes until an experiment measures it."""

from decimal import Decimal

from django.conf import settings
from django.db import models

from tenants.identifiers import uuid7

ASSUMED_MEAN, ASSUMED_LOW, ASSUMED_HIGH = Decimal("0.60"), Decimal("0.40"), Decimal("0.80")
ASSUMED_SOURCE = "assumed; no experiment yet"


class IncrementalityAssumption(models.Model):
    """Share of a retailer's attributed revenue that ads caused (0 to 1), with its range and where it comes from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    retailer_id = models.CharField(max_length=80, unique=True)
    mean = models.DecimalField(max_digits=4, decimal_places=3, default=ASSUMED_MEAN)
    low = models.DecimalField(max_digits=4, decimal_places=3, default=ASSUMED_LOW)
    high = models.DecimalField(max_digits=4, decimal_places=3, default=ASSUMED_HIGH)
    source = models.CharField(max_length=200, default=ASSUMED_SOURCE)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )

    class Meta:
        ordering = ("retailer_id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(low__gte=0, low__lte=models.F("mean"), high__gte=models.F("mean"), high__lte=1),
                name="incrementality_low_mean_high_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"incrementality at {self.retailer_id}: {self.mean} ({self.low}–{self.high})"
