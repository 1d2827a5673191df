"""Embed what agents read, at once: ``manage.py index_knowledge --tenant acme [--add FILE --title T] --json``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django_tenants.utils import tenant_context

from agents.federation.generation import BackendUnavailable
from agents.services.knowledge import PlaybookRefused, add_playbook, index_now
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Add a playbook if one is named, then embed every passage that has no vector yet."
    refusals = (BackendUnavailable, PlaybookRefused, OSError, UnicodeDecodeError, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--add", type=Path, metavar="FILE", help="plain text or Markdown")
        parser.add_argument("--title", default="", help="of the playbook; empty: the file's name")
        parser.add_argument("--retailer", default="")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            if options["add"]:
                text = options["add"].read_text(encoding="utf-8")
                title = options["title"] or options["add"].stem
                add_playbook(title=title, text=text, retailer=options["retailer"], by=None)
            return index_now(progress=lambda percent, step: None)
