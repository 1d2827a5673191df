"""What plans assume about incrementality at each retailer, and changing it."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from campaigns.models import IncrementalityAssumption
from campaigns.models.assumption import ASSUMED_HIGH, ASSUMED_LOW, ASSUMED_MEAN, ASSUMED_SOURCE
from tenants.models import User
from tenants.services.audit import record_event


class AssumptionRefused(Exception):
    """The range is not a range within 0 to 1 around its mean, or its source is missing."""


@dataclass(frozen=True, kw_only=True)
class NewAssumption:
    """Incrementality at one retailer: shares from 0 to 1, low ≤ mean ≤ high, and where they come from."""

    retailer_id: str
    mean: Decimal
    low: Decimal
    high: Decimal
    source: str


def assumption_for(*, retailer_id: str) -> IncrementalityAssumption:
    """The tenant's assumption, or the unsaved default, which says that it is assumed."""
    found = IncrementalityAssumption.objects.filter(retailer_id=retailer_id).first()
    return found or IncrementalityAssumption(retailer_id=retailer_id)


@transaction.atomic
def set_assumption(*, new: NewAssumption, by: User | None) -> IncrementalityAssumption:
    """Replace a retailer's incrementality; plans made before keep the figures they were made with."""
    if not 0 <= new.low <= new.mean <= new.high <= 1:
        raise AssumptionRefused("Give shares from 0 to 1 with low ≤ mean ≤ high, for example 0.40, 0.60 and 0.80.")
    if not new.source.strip():
        raise AssumptionRefused("Say where the figures come from, for example “geo test, June 2026”.")
    assumption = assumption_for(retailer_id=new.retailer_id)
    before = _figures(assumption)
    assumption.mean, assumption.low, assumption.high = new.mean, new.low, new.high
    assumption.source, assumption.updated_by = new.source.strip()[:200], by
    assumption.save()
    record_event(kind="assumption.changed", about=assumption, by=by, before=before, after=_figures(assumption))
    return assumption


def is_default(assumption: IncrementalityAssumption) -> bool:
    """Whether these are the figures we start from rather than ones somebody gave."""
    figures = (assumption.mean, assumption.low, assumption.high, assumption.source)
    return figures == (ASSUMED_MEAN, ASSUMED_LOW, ASSUMED_HIGH, ASSUMED_SOURCE)


def _figures(assumption: IncrementalityAssumption) -> dict[str, str]:
    return {name: str(getattr(assumption, name)) for name in ("mean", "low", "high", "source")}
