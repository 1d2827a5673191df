"""Operations by state and kind."""

from django.db.models import QuerySet

from tenants.models import Operation


def operations_matching(*, state: str = "", kind: str = "") -> QuerySet[Operation]:
    """Newest first, each with the person who started it; an empty filter matches all."""
    found = Operation.objects.select_related("created_by")
    if state:
        found = found.filter(state=state)
    return found.filter(kind=kind) if kind else found
