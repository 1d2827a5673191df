"""Create a tenant from a ready schema: ``create_tenant acme --name "Acme" --owner ann@example.com --json``."""

import time
from argparse import ArgumentParser
from typing import Any

from tenants.command import ServiceCommand
from tenants.models import Tenant, User
from tenants.services.tenants import NewTenant, TenantRefused, create_tenant


class Command(ServiceCommand):
    help = "Create a tenant; the owner must have an account already, or be left out."
    refusals = (TenantRefused, User.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug")
        parser.add_argument("--name", default="")
        parser.add_argument("--kind", choices=Tenant.Kind.values, default=Tenant.Kind.MANUFACTURER)
        parser.add_argument("--currency", default="USD")
        parser.add_argument("--timezone", default="UTC")
        parser.add_argument("--domain", default="")
        parser.add_argument("--owner", help="e-mail address of its first owner")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        started, had_spare = time.perf_counter(), Tenant.objects.spare().exists()
        owner = User.objects.get(email=options["owner"].lower()) if options["owner"] else None
        new = NewTenant(
            slug=options["slug"],
            name=options["name"],
            kind=options["kind"],
            currency=options["currency"],
            timezone=options["timezone"],
            domain=options["domain"],
        )
        tenant = create_tenant(new=new, owner=owner, by=None)
        return {
            "id": str(tenant.pk),
            "slug": tenant.slug,
            "schema": tenant.schema_name,
            "from_spare": had_spare,
            "seconds": round(time.perf_counter() - started, 4),
        }
