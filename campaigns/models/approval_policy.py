"""The tenant's rule for who may make spend real, and when."""

from decimal import Decimal

from django.db import models


class ApprovalPolicy(models.Model):
    """One row a tenant. Empty limits allow everything; money is in the plan's currency."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    largest_budget = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    smallest_floor_probability = models.DecimalField(
        max_digits=4,
        decimal_places=3,
        default=Decimal("0"),
        help_text="A plan with a ROAS floor must reach it with at least this probability (0 to 1).",
    )
    second_person_required = models.BooleanField(default=False, help_text="Whoever made the plan may not approve it.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "approval policies"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_approval_policy"),
            models.CheckConstraint(
                condition=models.Q(smallest_floor_probability__gte=0, smallest_floor_probability__lte=1),
                name="floor_probability_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return "approval policy"

    @classmethod
    def current(cls) -> "ApprovalPolicy":
        """The tenant's policy, or the lenient default when none was set."""
        return cls.objects.filter(pk=1).first() or cls()
