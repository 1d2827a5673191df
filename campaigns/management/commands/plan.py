"""A whole plan in one go: ``manage.py plan --tenant acme --brief "Allocate $2M …" --json``."""

from argparse import ArgumentParser
from typing import Any

from django_tenants.utils import tenant_context

from campaigns.api.serializers import PlanSerializer
from campaigns.briefs.parsing import BriefRefused
from campaigns.models import Plan
from campaigns.selectors.plans import plan_or_404
from campaigns.selectors.what_if import CannotAsk, answer_at, ask_plan
from campaigns.services.drafting import draft_plan
from campaigns.services.planning import PlanningRefused, plan_now
from tenants.command import ServiceCommand
from tenants.models import Tenant, User
from tenants.services.operation_runs import OperationProblem


class Command(ServiceCommand):
    help = "Parse a brief, fit, allocate and explain at once; prints the plan object of the API."
    refusals = (BriefRefused, CannotAsk, PlanningRefused, OperationProblem, Tenant.DoesNotExist, User.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--brief", required=True, help="what to plan, in plain language")
        parser.add_argument("--name", default="")
        parser.add_argument("--method", choices=Plan.Method.values, default=Plan.Method.AUTO.value)
        parser.add_argument("--what-if-budget", type=float, help="also answer what this budget would bring")
        parser.add_argument("--user", default="", help="e-mail address of whoever plans; empty: the system")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.live().get(slug=options["tenant"])
        by = User.objects.get(email=options["user"].lower()) if options["user"] else None
        with tenant_context(tenant):
            plan = draft_plan(brief=options["brief"], name=options["name"], by=by)
            plan_now(plan=plan, method=options["method"], by=by)
            planned = plan_or_404(pk=plan.pk)
            answer = dict(PlanSerializer(planned).data)
            if options["what_if_budget"] is None:
                return answer
            asked = ask_plan(plan=planned)
            return answer | {"what_if": answer_at(asked=asked, plan=planned, budget=options["what_if_budget"])}

    def describe(self, answer: dict[str, Any]) -> str:
        explanation = answer["explanation"] or {}
        told = explanation.get("insight") or explanation.get("infeasible") or {}
        said = f"{answer['name']}: {answer['state']} (plan {answer['id']})\n{told.get('sentence', '')}"
        margin = answer.get("what_if", {}).get("incremental_margin")
        if margin is None:
            return said
        budget, (mean, low, high) = answer["what_if"]["budget"], (margin[name] for name in ("mean", "low", "high"))
        return f"{said}\nWith {budget:,.0f}: {mean:,.0f} incremental margin (90%: {low:,.0f} to {high:,.0f})."
