"""Read a brief into constraints, without a database: ``manage.py parse_brief "Spend 50k on Amazon" --json``."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.parsing import BriefRefused
from campaigns.briefs.rules import RulesParser
from tenants.command import ServiceCommand

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
    refusals = (BriefRefused,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("text", help="the brief, in plain language")
        parser.add_argument("--brand", action="append", default=[], help="a brand the brief may name; repeatable")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        catalogue = Catalogue(retailers=KNOWN_NETWORKS, placements=PLACEMENTS, brands=tuple(options["brand"]))
        parsed = RulesParser().parse(text=options["text"], catalogue=catalogue, today=timezone.localdate())
        return parsed.as_json()
