"""Plans side by side, only what differs: ``manage.py compare_plans ID ID:VERSION --tenant acme --json``."""

from argparse import ArgumentParser
from typing import Any

from django_tenants.utils import tenant_context

from campaigns.planning.side_by_side import NotComparable
from campaigns.selectors.side_by_side import plans_side_by_side
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Rules, retailers and cells in which two to four plans or versions differ, and what each brings."
    refusals = (NotComparable, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("plans", nargs="+", metavar="ID", help="a plan's id; id:version for an earlier version")
        parser.add_argument("--tenant", required=True, help="slug")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            return plans_side_by_side(keys=options["plans"])
