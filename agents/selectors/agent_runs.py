"""Reads of agents' runs."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from agents.models import AgentRun


def listed_runs() -> QuerySet[AgentRun]:
    """All runs with who asked, newest first."""
    return AgentRun.objects.select_related("created_by")


def runs_about(*, path: str) -> QuerySet[AgentRun]:
    """Answers about one thing of the workspace, by its address, newest first."""
    return listed_runs().filter(about=path)[:5]


def run_or_404(*, pk: object) -> AgentRun:
    """One run of this workspace."""
    return get_object_or_404(AgentRun.objects.select_related("created_by"), pk=pk)
