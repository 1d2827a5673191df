"""Brands and the SKUs that retailers sell of them: the link between a retailer's ids and the trade's names."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from tenants.identifiers import uuid7


class Brand(models.Model):
    """A brand of this tenant's company."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Sku(models.Model):
    """One item as one retailer lists it. ``price`` is per unit in ``currency``; ``margin_rate`` a share of revenue."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    retailer_id = models.CharField(max_length=80)
    sku_id = models.CharField(max_length=80, help_text="The retailer's id of the item.")
    gtin = models.CharField(max_length=14, blank=True, help_text="GS1 number, the same at every retailer.")
    name = models.CharField(max_length=300, blank=True)
    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.SET_NULL, related_name="skus")
    margin_rate = models.DecimalField(
        max_digits=5, decimal_places=4, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering = ("retailer_id", "sku_id")
        constraints = [
            models.UniqueConstraint(fields=["retailer_id", "sku_id"], name="one_sku_per_retailer_and_id"),
            models.CheckConstraint(
                condition=models.Q(margin_rate__isnull=True) | models.Q(margin_rate__gte=0, margin_rate__lte=1),
                name="sku_margin_rate_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.retailer_id} {self.sku_id}"
