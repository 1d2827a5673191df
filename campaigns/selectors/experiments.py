"""Experiments as pages and the API read them, and how a running one keeps pace."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.shortcuts import get_object_or_404

from campaigns.models import Experiment
from harmonization.models import DailyFact


@dataclass(frozen=True, kw_only=True)
class Pacing:
    """Days and money so far; spend is None where no fact of the test's retailer and days is held.

    Attributes:
        spend: of the retailer on the test's days, in all geos: imported facts do not tell geos apart.
        above: how much of it is more than at the daily pace of as many days before the start; None without those.
        due: of the planned spend, what the days done should have taken: a pacing test's by schedule, others' evenly;
            None without a plan.
    """

    days: int
    days_done: int
    spend: Decimal | None
    above: Decimal | None
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
    planned = _planned(experiment)
    spend, seen = _spend(experiment, first=experiment.start_on, last=experiment.end_on)
    before, days_before = _spend(
        experiment, first=experiment.start_on - timedelta(days=days), last=experiment.start_on - timedelta(days=1)
    )
    return Pacing(
        days=days,
        days_done=done,
        spend=spend,
        above=spend - before / days_before * seen if spend is not None and before is not None else None,
        planned=planned,
        due=_due(experiment, done=done, days=days),
    )


def _planned(experiment: Experiment) -> Decimal | None:
    if experiment.design == Experiment.Design.PACING:
        return Decimal(str(round(sum(experiment.frozen["spend"]), 2)))
    return experiment.planned_spend


def _due(experiment: Experiment, *, done: int, days: int) -> Decimal | None:
    if experiment.design == Experiment.Design.PACING:
        return Decimal(str(round(sum(experiment.frozen["spend"][:done]), 2)))
    return experiment.planned_spend * done / days if experiment.planned_spend is not None else None


def _spend(experiment: Experiment, *, first: date, last: date) -> tuple[Decimal | None, int]:
    """Spend of the experiment's retailers in the period, and on how many days there are facts."""
    if not experiment.retailers:
        return None, 0
    facts = DailyFact.objects.current().filter(
        retailer_id__in=experiment.retailers, event_date__range=(first, last), currency=experiment.currency
    )
    if experiment.brand:
        facts = facts.filter(brand__iexact=experiment.brand)
    found = facts.aggregate(spend=Sum("cost"), days=Count("event_date", distinct=True))
    return found["spend"], found["days"]
