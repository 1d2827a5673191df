"""Delete a tenant and everything of it: ``delete_tenant acme --confirm acme --json``."""

from argparse import ArgumentParser
from typing import Any

from tenants.command import ServiceCommand
from tenants.models import Tenant
from tenants.services.tenants import delete_tenant


class NotConfirmed(Exception):
    """The name was not repeated."""


class Command(ServiceCommand):
    help = "Remove a tenant's schema, database role, files, people's roles and tokens. This cannot be undone."
    refusals = (Tenant.DoesNotExist, NotConfirmed)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug")
        parser.add_argument("--confirm", default="", metavar="SLUG", help="the same name again")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.exclude(status=Tenant.Status.SPARE).get(slug=options["slug"])
        if options["confirm"] != tenant.slug:
            raise NotConfirmed(f"This removes everything of “{tenant.name}”. Repeat its name: --confirm {tenant.slug}")
        delete_tenant(tenant=tenant)
        return {"deleted": options["slug"]}
