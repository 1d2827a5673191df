"""What a plan takes off the starting figure of incrementality, in words."""

from collections.abc import Mapping, Sequence

import numpy as np

from campaigns.planning.cells import PlannedCell, incrementality_of
from campaigns.planning.evaluation import Incrementality
from tenants.figures import percent

SMALL = 0.005


def over_credit_notes(*, cells: Sequence[PlannedCell], beliefs: Mapping[str, Incrementality]) -> list[str]:
    """Where the starting figure is used for want of a better one: what search and views take off it."""
    shares, notes = incrementality_of(cells=cells, beliefs=beliefs), []
    for retailer, name in {cell.history.path[1]: cell.history.retailer_name for cell in cells}.items():
        own = [place for place, cell in enumerate(cells) if cell.history.path[1] == retailer]
        weights = [cells[place].history.total_revenue for place in own]
        if not beliefs[retailer].is_guess or sum(weights) <= 0:
            continue
        used, said = float(np.average(shares[own], weights=weights)), beliefs[retailer].mean
        if abs(used - said) > SMALL:
            notes.append(
                f"Nobody has set or measured {name}'s incrementality. Search and views are taken to be over-credited: "
                f"{percent(used, places=0)} of its attributed revenue counts, not the usual {percent(said, places=0)}."
            )
    return notes
