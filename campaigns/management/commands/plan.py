"""A whole plan in one go: ``manage.py plan --tenant acme --brief "Allocate $2M …" --json``."""

from argparse import ArgumentParser
from typing import Any

from django_tenants.utils import tenant_context

from campaigns.api.serializers import PlanSerializer
from campaigns.briefs.parsing import BriefRefused
from campaigns.models import Plan
from campaigns.selectors.plans import plan_or_404
from campaigns.services.drafting import draft_plan
from campaigns.services.planning import PlanningRefused, plan_now
from tenants.command import ServiceCommand
from tenants.models import Tenant, User
from tenants.services.operation_runs import OperationProblem


class Command(ServiceCommand):
    help = "Parse a brief, fit, allocate and explain at once; prints the plan object of the API."
    refusals = (BriefRefused, PlanningRefused, OperationProblem, Tenant.DoesNotExist, User.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--brief", required=True, help="what to plan, in plain language")
        parser.add_argument("--name", default="")
        parser.add_argument("--method", choices=Plan.Method.values, default=Plan.Method.AUTO.value)
        parser.add_argument("--user", default="", help="e-mail address of whoever plans; empty: the system")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.live().get(slug=options["tenant"])
        by = User.objects.get(email=options["user"].lower()) if options["user"] else None
        with tenant_context(tenant):
            plan = draft_plan(brief=options["brief"], name=options["name"], by=by)
            plan_now(plan=plan, method=options["method"], by=by)
            return dict(PlanSerializer(plan_or_404(pk=plan.pk)).data)

    def describe(self, answer: dict[str, Any]) -> str:
        explanation = answer["explanation"] or {}
        told = explanation.get("insight") or explanation.get("infeasible") or {}
        return f"{answer['name']}: {answer['state']} (plan {answer['id']})\n{told.get('sentence', '')}"
