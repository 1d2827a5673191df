"""Why a plan is as it is: ``manage.py explain_plan --tenant acme --user ana@example.com --plan ID --json``."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django_tenants.utils import tenant_context

from agents.api.runs import RunWithStepsSerializer
from agents.services.plan_rationales import NothingToExplain, explain_plan
from agents.services.tool_calls import Caller
from campaigns.models import Plan
from tenants.command import ServiceCommand
from tenants.models import Membership, Tenant, User
from tenants.permissions import allowed_actions


class Command(ServiceCommand):
    help = "The rationale of a stored plan, with where its figures come from and who worded it."
    refusals = (
        NothingToExplain,
        Plan.DoesNotExist,
        Tenant.DoesNotExist,
        User.DoesNotExist,
        Membership.DoesNotExist,
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--user", required=True, help="e-mail address of whoever asks")
        parser.add_argument("--plan", required=True, type=UUID, help="id of the plan")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.live().get(slug=options["tenant"])
        user = User.objects.get(email=options["user"].lower())
        membership = Membership.objects.get(user=user, tenant=tenant)
        caller = Caller(user=user, actions=allowed_actions(role=membership.role))
        with tenant_context(tenant):
            run = explain_plan(plan=Plan.objects.get(pk=options["plan"]), caller=caller)
            return dict(RunWithStepsSerializer(run).data)

    def describe(self, answer: dict[str, Any]) -> str:
        return f"{answer['answer']}\n(worded by {answer['told_by']}; {answer['reason'] or answer['seconds']})"
