"""When each source's next data is due, from the rhythm of its imports."""

from collections import defaultdict
from datetime import date

from harmonization.models import ImportRun
from harmonization.monitoring.lateness import Arrival, Rhythm, rhythm

NEWEST_IMPORTS = 500


def rhythms(*, today: date) -> dict[str, Rhythm]:
    """The rhythm of each source by retailer, from the newest imports of the workspace; one query."""
    done = ImportRun.objects.done().exclude(period_end=None).order_by("-finished_at")
    arrivals: dict[str, list[Arrival]] = defaultdict(list)
    for retailers, finished_at, end in done.values_list("retailers", "finished_at", "period_end")[:NEWEST_IMPORTS]:
        if finished_at is None or end is None:
            continue
        for retailer_id in retailers:
            arrivals[retailer_id].append(Arrival(on=finished_at.date(), last_event_date=end))
    return {retailer_id: rhythm(arrivals=own, today=today) for retailer_id, own in arrivals.items()}
