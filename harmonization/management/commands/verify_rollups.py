"""Hold day rollups against the facts: ``manage.py verify_rollups --tenant acme --json``; ``--rebuild`` mends them."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django_tenants.utils import tenant_context

from harmonization.services.rollups import RollupsDiffer, check_rollups, rebuild_rollups
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Check that what dashboards read adds up to the daily facts."
    refusals = (RollupsDiffer, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug of the workspace")
        parser.add_argument("--rebuild", action="store_true", help="sum every day anew first")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])), transaction.atomic():
            if options["rebuild"]:
                rebuild_rollups()
            check = check_rollups()
        if check.differing:
            raise RollupsDiffer(check=check)
        return asdict(check)
