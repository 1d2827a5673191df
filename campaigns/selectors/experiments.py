"""Experiments as pages and the API read them, and how a running one keeps pace."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.shortcuts import get_object_or_404

from campaigns.models import Experiment
from harmonization.models import DailyFact


@dataclass(frozen=True, kw_only=True)
class Pacing:
    """Days and money so far; spend is None where no fact of the test's retailer and days is held.

    Attributes:
        due: of the planned spend, the part that the days done would take evenly; None without a plan.
    """

    days: int
    days_done: int
    spend: Decimal | None
    planned: Decimal | None
    due: Decimal | None


def listed_experiments() -> QuerySet[Experiment]:
    """All experiments, newest first."""
    return Experiment.objects.with_people()


def experiment_or_404(*, pk: object) -> Experiment:
    """One experiment of this tenant with its people and operation."""
    return get_object_or_404(Experiment.objects.with_people(), pk=pk)


def pacing_of(*, experiment: Experiment, today: date) -> Pacing | None:
    """How far a registered experiment has come; None before it is registered."""
    if experiment.start_on is None or experiment.end_on is None:
        return None
    days = (experiment.end_on - experiment.start_on).days + 1
    done = min(max((today - experiment.start_on).days, 0), days)
    planned = experiment.planned_spend
    return Pacing(
        days=days,
        days_done=done,
        spend=_spend(experiment),
        planned=planned,
        due=planned * done / days if planned is not None else None,
    )


def _spend(experiment: Experiment) -> Decimal | None:
    if not experiment.retailers:
        return None
    facts = DailyFact.objects.current().filter(
        retailer_id__in=experiment.retailers,
        event_date__range=(experiment.start_on, experiment.end_on),
        currency=experiment.currency,
    )
    if experiment.brand:
        facts = facts.filter(brand__iexact=experiment.brand)
    found: Decimal | None = facts.aggregate(spend=Sum("cost"))["spend"]
    return found
