"""The SQL for an experiment's figures, from its registered design."""

from datetime import date, timedelta

from campaigns.measurement.readout_sql import SqlRequest, readout_sql
from campaigns.models import Experiment


def sql_of(*, experiment: Experiment) -> str:
    """For a geo test: sums by geo and day from the start of its history to its end; empty for other designs."""
    design = experiment.frozen
    if design.get("design") != Experiment.Design.GEO:
        return ""
    start = experiment.wish.get("history_start") or _before(design["start_on"], days=4 * design["periods"])
    geos = tuple(sorted((*design["treated"], *design["controls"])))
    return readout_sql(request=SqlRequest(start=start, end=design["end_on"], geos=geos))


def _before(day: str, *, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
