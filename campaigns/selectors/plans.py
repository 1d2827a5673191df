"""Plans as pages and the API read them."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from campaigns.models import Plan, PlanCell


def listed_plans() -> QuerySet[Plan]:
    """All plans, newest first, without the large JSON that lists do not show."""
    return Plan.objects.select_related("operation", "created_by", "approved_by").defer("problem", "result", "brief")


def plan_or_404(*, pk: object) -> Plan:
    """One plan of this tenant with its operation and people; its problem, which holds every draw, only when asked."""
    found = Plan.objects.select_related("operation", "created_by", "approved_by").defer("problem")
    return get_object_or_404(found, pk=pk)


def cells_of(*, plan: Plan) -> QuerySet[PlanCell]:
    """The plan's cells, largest proposed spend first."""
    return PlanCell.objects.filter(plan=plan).order_by("position")
