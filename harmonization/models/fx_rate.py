"""Exchange rates a workspace converts by: one a day and pair of currencies."""

from django.db import models
from django.db.models.functions import Now


class FxRate(models.Model):
    """One unit of ``base`` was ``rate`` units of ``quote`` on ``date``."""

    date = models.DateField()
    base = models.CharField(max_length=3)
    quote = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=20, decimal_places=10)
    source = models.CharField(max_length=80)
    imported_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-date", "base", "quote")
        constraints = [
            models.UniqueConstraint(fields=["base", "quote", "date"], name="one_fx_rate_a_day"),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="fx_rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.base}/{self.quote} {self.rate} on {self.date}"
