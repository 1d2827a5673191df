"""Issue an API token, its secret shown once: ``issue_token --tenant acme --user ann@example.com --json``."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django_tenants.utils import tenant_context

from tenants.command import ServiceCommand
from tenants.models import Membership, Tenant, User
from tenants.permissions import allowed_actions
from tenants.services.tokens import TokenRefused, issue_token


class Command(ServiceCommand):
    help = "Issue a token of one person in one tenant; all scopes of the person's role unless --scope names some."
    refusals = (TokenRefused, Tenant.DoesNotExist, User.DoesNotExist, Membership.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True)
        parser.add_argument("--user", required=True, help="e-mail address")
        parser.add_argument("--name", default="command line")
        parser.add_argument("--scope", action="append", default=[])
        parser.add_argument("--days", type=int, default=30)

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.get(slug=options["tenant"])
        user = User.objects.get(email=options["user"].lower())
        role = Membership.objects.get(tenant=tenant, user=user).role
        with tenant_context(tenant):
            token, secret = issue_token(
                tenant=tenant,
                user=user,
                name=options["name"],
                scopes=options["scope"] or sorted(allowed_actions(role=role)),
                life=timedelta(days=options["days"]),
                by=user,
            )
        return {"secret": secret, "scopes": token.scopes, "expires_at": token.expires_at.isoformat()}
