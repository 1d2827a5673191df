"""Incrementality of every retailer a plan may use."""

from campaigns.models import IncrementalityAssumption
from campaigns.models.assumption import ASSUMED_SOURCE
from campaigns.planning.evaluation import Incrementality
from campaigns.selectors.history import retailer_names


def assumptions_of_retailers() -> tuple[IncrementalityAssumption, ...]:
    """One for each retailer with data or with an assumption; the unsaved default where nobody set one."""
    stored = {row.retailer_id: row for row in IncrementalityAssumption.objects.all()}
    wanted = sorted(stored.keys() | retailer_names().keys())
    return tuple(stored.get(retailer_id) or IncrementalityAssumption(retailer_id=retailer_id) for retailer_id in wanted)


def current_beliefs() -> dict[str, Incrementality]:
    """What is believed of each retailer now, by id."""
    return {
        row.retailer_id: Incrementality(
            mean=float(row.mean),
            low=float(row.low),
            high=float(row.high),
            source=row.source,
            is_guess=row.source == ASSUMED_SOURCE,
        )
        for row in assumptions_of_retailers()
    }
