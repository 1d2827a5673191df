"""Whether daily money is split anew every morning, over which cells, and inside which guardrails."""

from decimal import Decimal

from django.conf import settings
from django.db import models


class ReallocationSchedule(models.Model):
    """One row a tenant. A proposal is made each morning while it is on; nothing is done without an approval."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    is_on = models.BooleanField(default=False)
    retailers = models.JSONField(default=list, blank=True, help_text="Retailer ids; empty is all of one currency.")
    brand = models.CharField(max_length=120, blank=True)
    daily_budget = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    floor = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal("0.0000"))
    cap = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal("0.6000"))
    change = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal("0.2000"))
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_reallocation_schedule"),
            models.CheckConstraint(
                condition=models.Q(floor__gte=0, cap__gt=models.F("floor"), cap__lte=1, change__gt=0, change__lte=1),
                name="reallocation_guardrails_are_shares",
            ),
        ]

    def __str__(self) -> str:
        return "daily reallocation"

    @classmethod
    def current(cls) -> "ReallocationSchedule":
        """The tenant's schedule, or the one that is off when none was set."""
        return cls.objects.filter(pk=1).first() or cls()
