"""Stock as people count it, for items whose exports do not tell."""

from django.conf import settings
from django.db import models

from tenants.identifiers import uuid7


class StockCount(models.Model):
    """Units of one item at one retailer at the end of a day; the latest day told counts, exports' levels included."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    retailer_id = models.CharField(max_length=80)
    sku_id = models.CharField(max_length=80, help_text="The retailer's id of the item, as the facts have it.")
    units = models.DecimalField(max_digits=14, decimal_places=2)
    counted_on = models.DateField()
    source = models.CharField(max_length=200, help_text="The file's name, or “entered by hand”.")
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )

    class Meta:
        ordering = ("retailer_id", "sku_id", "-counted_on")
        constraints = [
            models.UniqueConstraint(fields=["retailer_id", "sku_id", "counted_on"], name="one_stock_count_per_day"),
            models.CheckConstraint(condition=models.Q(units__gte=0), name="stock_count_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.units} of {self.sku_id} at {self.retailer_id} on {self.counted_on}"
