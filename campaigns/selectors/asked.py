"""Long work that pages and the API show as a thing of its own: an uplift study, a reallocation."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from tenants.models import Operation


def asked_or_404(*, pk: UUID, kind: str) -> Operation:
    """The operation of this tenant, if it is of that kind."""
    return get_object_or_404(Operation, pk=pk, kind=kind)
