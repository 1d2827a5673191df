"""Ask an agent: ``manage.py ask_agent --tenant acme --role governance --text "…" --json``."""

from argparse import ArgumentParser
from typing import Any

from django_tenants.utils import tenant_context

from agents.api.runs import RunWithStepsSerializer
from agents.roles.asking import NoSuchAgent, ask_agent
from agents.roles.registry import ROLES
from agents.services.tool_calls import Caller
from tenants.command import ServiceCommand
from tenants.models import Membership, Tenant, User
from tenants.permissions import allowed_actions


class Command(ServiceCommand):
    help = "One answer with its trace, with the rights of a person of the workspace."
    refusals = (NoSuchAgent, Tenant.DoesNotExist, User.DoesNotExist, Membership.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--user", required=True, help="e-mail address of whoever asks")
        parser.add_argument("--role", required=True, choices=sorted(ROLES))
        parser.add_argument("--text", required=True, help="the question or brief")
        parser.add_argument("--retailer", default="")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.live().get(slug=options["tenant"])
        user = User.objects.get(email=options["user"].lower())
        membership = Membership.objects.get(user=user, tenant=tenant)
        caller = Caller(user=user, actions=allowed_actions(role=membership.role))
        with tenant_context(tenant):
            run = ask_agent(role=options["role"], text=options["text"], retailer=options["retailer"], caller=caller)
            return dict(RunWithStepsSerializer(run).data)

    def describe(self, answer: dict[str, Any]) -> str:
        return f"{answer['answer']}\n({answer['status']}; {answer['reason'] or answer['seconds']})"
