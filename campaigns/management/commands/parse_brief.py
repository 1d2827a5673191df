"""Read a brief into constraints: ``manage.py parse_brief "Spend 50k on Amazon" --json``.

By rules it needs no database; ``--tenant acme --by both`` reads as that workspace does.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django_tenants.utils import tenant_context

from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.parsing import BriefRefused, ParsedBrief
from campaigns.briefs.rules import RulesParser
from campaigns.services.briefs import parse_tenant_brief
from tenants.command import ServiceCommand
from tenants.models import Tenant

KNOWN_NETWORKS = {
    "amazon": "Amazon",
    "walmart": "Walmart",
    "criteo": "Criteo",
    "instacart": "Instacart",
    "alpha": "Alpha",
    "beta": "Beta",
}
PLACEMENTS = ("search", "browse", "product_detail", "home", "checkout", "offsite", "in_store", "other")


class Command(ServiceCommand):
    help = "Constraints read from a brief, what was not understood, and what to ask back."
    refusals = (BriefRefused, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("text", help="the brief, in plain language")
        parser.add_argument("--brand", action="append", default=[], help="a brand the brief may name; repeatable")
        parser.add_argument("--tenant", default="", help="slug of the workspace whose names are known")
        parser.add_argument(
            "--by", choices=["both", "model", "rules"], default="", help="who reads; a model needs --tenant"
        )

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        if options["tenant"]:
            with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
                return parse_tenant_brief(text=options["text"], by=options["by"]).as_json()
        if options["by"] in {"both", "model"}:
            raise CommandError("A model reads in a workspace: say which with --tenant.", returncode=2)
        return self._by_rules(options).as_json()

    def _by_rules(self, options: dict[str, Any]) -> ParsedBrief:
        catalogue = Catalogue(retailers=KNOWN_NETWORKS, placements=PLACEMENTS, brands=tuple(options["brand"]))
        return RulesParser().parse(text=options["text"], catalogue=catalogue, today=timezone.localdate())
