"""Load retailers' policy packs into a workspace: ``load_policies --tenant acme --pack amazon --json``."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django_tenants.utils import tenant_context

from campaigns.creative.library import UnknownPack
from campaigns.services.policy_dimension import load_packs
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Policy packs become documents of the workspace's policy dimension; the same again changes nothing."
    refusals = (UnknownPack, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument(
            "--pack", action="append", default=[], help="such as amazon; several are given; default all"
        )

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            return {"loaded": [asdict(one) for one in load_packs(names=options["pack"], by=None)]}

    def describe(self, answer: dict[str, Any]) -> str:
        return "\n".join(
            f"{one['pack']} {one['version']}: {one['rows']} rows, {one['added']} added, {one['changed']} changed, "
            f"{one['removed']} removed"
            for one in answer["loaded"]
        )
