"""Reads of agents' runs."""

import re
import uuid

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from agents.models import AgentRun
from campaigns.models import Plan

PLAN_PATH = re.compile(r"/plans/([0-9a-f-]{36})/")
RATIONALES = "stored_plan"  # the step of runs that explain a stored plan


def listed_runs() -> QuerySet[AgentRun]:
    """All runs with who asked, newest first."""
    return AgentRun.objects.select_related("created_by")


def runs_about(*, path: str) -> QuerySet[AgentRun]:
    """Answers about one thing of the workspace, by its address, newest first."""
    return listed_runs().filter(about=path)[:5]


def rationale_about(*, path: str) -> AgentRun | None:
    """The newest rationale of the plan at an address."""
    return listed_runs().filter(about=path, steps__name=RATIONALES).first()


def plan_at(*, path: str) -> Plan | None:
    """The plan of this workspace whose page that is, where it has a proposal to explain."""
    found = PLAN_PATH.fullmatch(path)
    try:
        pk = uuid.UUID(found[1]) if found else None
    except ValueError:
        return None
    plan = Plan.objects.defer("problem", "result").filter(pk=pk).first() if pk else None
    return plan if plan is not None and "insight" in plan.shown else None


def run_or_404(*, pk: object) -> AgentRun:
    """One run of this workspace."""
    return get_object_or_404(AgentRun.objects.select_related("created_by"), pk=pk)
