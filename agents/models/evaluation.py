"""What evaluation suites found about adapters and about composites of them; the gate reads it."""

from typing import Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from agents.federation.promotion import SuiteScore
from tenants.identifiers import uuid7

RowT = TypeVar("RowT", bound="EvaluationRow")


class EvaluationQuerySet(models.QuerySet[RowT]):
    """Adjectives for evaluations."""

    def newest(self) -> Self:
        """The last result of each suite on each composite."""
        return self.order_by("digest", "suite", "-evaluated_at", "-id").distinct("digest", "suite")


class EvaluationRow(models.Model):
    """One suite's result on one composite (or one adapter: a composite of one), named by its digest."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, db_index=True)
    members = ArrayField(models.CharField(max_length=64), help_text="Digests of the adapters in it.")
    suite = models.CharField(max_length=100)
    case_count = models.PositiveIntegerField()
    score = models.FloatField(help_text="Share of cases, 0 to 1.")
    low = models.FloatField()
    high = models.FloatField()
    passed = models.BooleanField()
    evaluated_at = models.DateTimeField()
    run_name = models.CharField(max_length=100, help_text="Which run of the harness measured it.")

    class Meta:
        abstract = True
        ordering = ("suite", "-evaluated_at")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(low__gte=0, low__lte=models.F("score"), high__gte=models.F("score"), high__lte=1),
                name="%(class)s_score_in_interval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suite}: {self.score:.3f}"

    def as_score(self) -> SuiteScore:
        return SuiteScore(suite=self.suite, score=self.score, low=self.low, high=self.high, passed=self.passed)


class SharedEvaluation(EvaluationRow):
    """Of composites that hold shared adapters only (public schema)."""

    objects = EvaluationQuerySet["SharedEvaluation"].as_manager()


class OwnEvaluation(EvaluationRow):
    """Of composites with an adapter of this tenant."""

    objects = EvaluationQuerySet["OwnEvaluation"].as_manager()
