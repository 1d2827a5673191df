"""Search policies: ``manage.py search_policies "alcohol" --retailer amazon --tenant acme --json``."""

from argparse import ArgumentParser
from typing import Any

from django_tenants.utils import tenant_context

from agents.services.knowledge_search import search_knowledge
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Passages of policy packs and of a workspace's playbooks, with their sources."
    refusals = (Tenant.DoesNotExist,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("query")
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--retailer", default="")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            found = search_knowledge(query=options["query"][:400], retailer=options["retailer"])
        passages = [passage.as_json() for passage in found.passages]
        return {"method": found.method, "notice": found.notice, "passages": passages}

    def describe(self, answer: dict[str, Any]) -> str:
        lines = [f"{one['text']}\n  {one['title']}, {one['place']}. {one['source']}" for one in answer["passages"]]
        return "\n".join(lines) or "No passage answers that."
